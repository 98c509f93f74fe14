import { callEnded, inbound, withData } from '../support/events';
import { deliver, type TriggerNode } from './support/trigger';

let names = 0;

/** Sends bodies one after another to one trigger; `started` tells which of them started its workflow. */
async function sendTo(trigger: TriggerNode, ...bodies: object[]) {
	const workflowId = `duplicates-${++names}`;
	const outcomes = [];
	for (const body of bodies) outcomes.push(await deliver({ body }, { ...trigger, workflowId }));
	return { outcomes, started: outcomes.map(({ items }) => items !== null) };
}

describe('a duplicate of an accepted event', () => {
	afterEach(() => void jest.useRealTimers());

	it('is answered 200 {}, starts nothing and is one line in the log', async () => {
		const { outcomes } = await sendTo({}, inbound, inbound);
		expect(outcomes[0]).toMatchObject({
			status: 200,
			body: {},
			items: expect.any(Array) as unknown[],
			log: [],
		});
		expect(outcomes[1]).toMatchObject({ status: 200, body: {}, items: null });
		expect(outcomes[1]?.log).toEqual([
			expect.stringMatching(/^info VoiceFox Trigger .* ignored an event: .*duplicate/),
		]);
	});

	it('may have another link to the recording', async () => {
		const at = (record_url: string) => withData(inbound, { record_url });
		const recording = 'https://recordings.example.com/call-1.mp3';
		const [first, again] = [at(`${recording}?sign=1`), at(`${recording}?sign=2#later`)];
		const another = at('https://recordings.example.com/call-2.mp3?sign=1');
		expect((await sendTo({}, first, again, another)).started).toEqual([true, false, true]);
	});

	it('is none with another field beside event_data', async () => {
		const [one, two] = [1, 2].map((attempt) => ({ ...inbound, attempt }));
		expect((await sendTo({}, inbound, one!, two!, one!)).started).toEqual([true, true, true, false]);
	});

	it('is none when VoiceFox does not document the event: a state may come back', async () => {
		const any = { parameters: { triggerOn: ['other', 'callin.transfer'] } };
		const states = ['paused', 'running', 'paused'].map((state) => ({
			event_name: 'task.state',
			event_data: { task_id: 7, state },
		}));
		const transfer = { event_name: 'callin.transfer', event_data: { session_id: 's' } };
		expect((await sendTo(any, ...states, transfer, transfer)).started).toEqual([
			true,
			true,
			true,
			true,
			true,
		]);
	});

	it('is none when its content changed, or for another trigger', async () => {
		const changed = withData(inbound, { billsec: 153 });
		expect((await sendTo({}, inbound, changed, inbound, changed)).started).toEqual([
			true,
			true,
			false,
			false,
		]);
		expect((await sendTo({}, inbound)).started).toEqual([true]);
	});

	it("starts the workflow when 'Ignore Duplicates' is off", async () => {
		const off = { parameters: { options: { ignoreDuplicates: false } } };
		expect((await sendTo(off, inbound, inbound)).started).toEqual([true, true]);
	});

	it('is neither dropped nor counted in test runs', async () => {
		const workflowId = 'duplicates-test-runs';
		const started = async (testRun: boolean) =>
			(await deliver({ body: inbound }, { workflowId, testRun })).items !== null;
		expect([await started(true), await started(true)]).toEqual([true, true]);
		expect([await started(false), await started(true), await started(false)]).toEqual([true, true, false]);
	});

	it('is not told from the first when that one was refused or filtered out', async () => {
		const workflowId = 'duplicates-refused';
		const filtered = { workflowId, parameters: { filters: { direction: 'outbound' } } };
		const unselected = { workflowId, parameters: { triggerOn: ['task.end'] } };
		expect((await deliver({ body: inbound }, filtered)).items).toBeNull();
		expect((await deliver({ body: inbound }, unselected)).items).toBeNull();
		expect((await deliver({ body: inbound, authorization: 'wrong' }, { workflowId })).items).toBeNull();
		expect((await deliver({ body: inbound }, { workflowId })).items).not.toBeNull();
	});

	it('gets 503 when the first one is not stored after 10 seconds', async () => {
		jest.useFakeTimers();
		const trigger = { workflowId: 'duplicates-in-flight', parameters: { triggerOn: ['callin.hangup'] } };
		const first = await deliver({ body: callEnded }, { ...trigger, notStoredYet: true });
		const duplicate = deliver({ body: callEnded }, trigger);
		await jest.advanceTimersByTimeAsync(10_000);

		expect(first.items).not.toBeNull();
		expect(await duplicate).toMatchObject({
			status: 503,
			headers: { 'Retry-After': '5' },
			body: { error: 'Unavailable' },
			items: null,
			log: [expect.stringMatching(/^warn .*503.*not stored/)],
		});
	});
});
