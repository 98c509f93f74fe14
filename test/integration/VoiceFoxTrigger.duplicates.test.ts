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

describe('a copy of an accepted event', () => {
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
			expect.stringMatching(/^info VoiceFox Trigger .* ignored an event: .*copy/),
		]);
	});

	it('may have another link to the recording', async () => {
		const copy = withData(inbound, { record_url: 'https://recordings.example.com/?sign=2' });
		expect((await sendTo({}, inbound, copy)).started).toEqual([true, false]);
	});

	it('is no copy when its content changed, or for another trigger', async () => {
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

	it('starts the workflow without an ID to tell it by', async () => {
		const any = { parameters: { triggerOn: ['other'] } };
		const nameless = { event_name: 'account.low', event_data: { balance: 1 } };
		expect((await sendTo(any, nameless, nameless)).started).toEqual([true, true]);
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
		const copy = deliver({ body: callEnded }, trigger);
		await jest.advanceTimersByTimeAsync(10_000);

		expect(first.items).not.toBeNull();
		expect(await copy).toMatchObject({
			status: 503,
			headers: { 'Retry-After': '5' },
			body: { error: 'Unavailable' },
			items: null,
			log: [expect.stringMatching(/^warn .*503.*not stored/)],
		});
	});
});
