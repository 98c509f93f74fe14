import { callEnded, inbound } from '../support/events';
import { deliver, type TriggerNode } from './support/trigger';

const ask = { body: { event_name: 'n8n.status' } };

const once = (reason: string) => ({ reason, count: 1, last: expect.stringMatching(/^\d{4}-/) as string });

const NOTHING = {
	since: expect.stringMatching(/^\d{4}-/) as string,
	accepted: 0,
	refused: [],
	ignored: [],
	warnings: [],
	url: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\/webhook-\w+\/webhook$/) as string,
	problem: null,
};

const status = async (trigger: TriggerNode) => await deliver(ask, trigger);

describe('Get Status', () => {
	it.each([false, true])('is answered with nothing but what is known (test run: %j)', async (testRun) => {
		expect(await status({ testRun })).toMatchObject({
			status: 200,
			body: NOTHING,
			items: null,
			error: null,
			log: [],
		});
	});

	it('tells what became of the requests that came before', async () => {
		const trigger = { workflowId: 'status-1', parameters: { filters: { questions: ['No such?'] } } };
		await deliver({ body: inbound }, trigger);
		await deliver({ body: inbound }, trigger);
		await deliver({ body: callEnded }, trigger);
		await deliver({ body: inbound, authorization: 'Bearer a wrong value' }, trigger);
		await deliver({ body: {} }, trigger);
		await deliver({ body: inbound }, { ...trigger, testRun: true });
		const warning = `an entry in 'Only These Questions' matches no question of a call: "No such?"`;
		expect((await status(trigger)).body).toEqual({
			...NOTHING,
			accepted: 1,
			refused: [
				once('the payload is not what VoiceFox sends'),
				once('the Authorization value is not the one in the credential'),
			],
			ignored: [
				once(`the event "Call Ended (Inbound)" is not selected in 'Trigger On'`),
				once('the event is a duplicate'),
			],
			warnings: [{ ...once(warning), count: 2 }],
			url: expect.any(String) as string,
		});
	});

	it.each<[string, TriggerNode, RegExp]>([
		[
			'a setting that cannot be read',
			{ parameters: { output: 'x' } },
			/^The setting 'Output' cannot be read\./,
		],
		[
			'a token that can be used by nobody',
			{ credential: { authorizationToken: 'an example token', previousAuthorizationToken: 'old' } },
			/^'Previous Authorization Token' is too short/,
		],
		['an address inside the network', { webhookUrl: 'http://localhost:5678' }, /^VoiceFox can't reach http:/],
	])('names %s', async (_, trigger, problem) => {
		expect((await status(trigger)).body).toMatchObject({
			problem: expect.stringMatching(problem) as string,
		});
	});

	it('is for who is authorized only', async () => {
		const outcome = await deliver({ ...ask, authorization: 'Bearer a wrong value' });
		expect(outcome).toMatchObject({ status: 401, body: { error: 'Unauthorized' } });
	});
});

describe('a sample in production', () => {
	const sample = { ...callEnded, event_data: { ...callEnded.event_data, session_id: 'sample-7' } };

	it('is told why it starts nothing', async () => {
		expect(await deliver({ body: sample })).toMatchObject({
			status: 200,
			body: { ignored: 'The event "Call Ended (Inbound)" is not selected in \'Trigger On\'' },
			items: null,
		});
		const filters = { answered: 'missed' };
		expect(
			(await deliver({ body: sample }, { parameters: { triggerOn: ['callin.hangup'], filters } })).body,
		).toEqual({ ignored: expect.stringMatching(/does not pass the filter Answered or Missed/) as string });
	});

	it('starts the workflow like every other event, and is told when it is a duplicate', async () => {
		const trigger = { workflowId: 'sample-1', parameters: { triggerOn: ['callin.hangup'] } };
		expect(await deliver({ body: sample }, trigger)).toMatchObject({ body: {}, items: [[{}]] });
		expect(await deliver({ body: sample }, trigger)).toMatchObject({
			body: { ignored: expect.stringMatching(/is a duplicate/) as string },
			items: null,
		});
	});
});
