/** VoiceFox's API may send anything, even what JavaScript cannot make a text or a number of. Nothing throws on it. */
import type { IDataObject } from 'n8n-workflow';

import { simplifiedAssistant } from '../../nodes/VoiceFox/actions/assistant/get';
import { callFormOf, callRecords } from '../../nodes/VoiceFox/actions/call/callForm';
import { transcript, turn, SPEAKERS } from '../../nodes/VoiceFox/actions/call/transcript';
import { simplifiedTask } from '../../nodes/VoiceFox/actions/task/get';
import { takenBody } from '../../nodes/VoiceFox/actions/trigger/explanations';
import { ProblemError, statusProblem } from '../../nodes/VoiceFox/api/errors';
import { withoutSecrets } from '../../nodes/VoiceFox/api/privacy';
import { startOf, hasEnded, inLocalTime, isMissed } from '../../nodes/VoiceFox/callLog/listing';
import { recordingName } from '../../nodes/VoiceFox/recording/fileName';
import { eventOfCallLog, eventOfListedCall } from '../../nodes/VoiceFox/voicefox/callLog';
import assistant from '../fixtures/rest/assistant.json';
import callLogs from '../fixtures/rest/call-logs.json';
import conversation from '../fixtures/rest/conversation.json';
import task from '../fixtures/rest/task.json';

const ODD: unknown[] = [{ toString: 1, valueOf: 1 }, [{ toString: 1, valueOf: 1 }], null, true, '', [], {}];

/** Every copy of a JSON value with another one in one of its places. */
function* withOdd(value: unknown, odd: unknown): Generator<unknown> {
	yield odd;
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		for (const other of withOdd(inner, odd)) {
			yield Object.assign(Array.isArray(value) ? [...(value as unknown[])] : { ...value }, { [key]: other });
		}
	}
}

const objects = (values: Iterable<unknown>) =>
	[...values].filter((value): value is IDataObject => typeof value === 'object' && value !== null);

const rows = callFormOf({ fields: 'row', columns: [] }, 'Asia/Tokyo');
const list = { ...callLogs[0], assistant: [{ id: 318, vid: 2045 }], assistantVids: [2045, 2046] };

const KINDS: Array<[what: string, sent: object, use: (value: IDataObject) => unknown]> = [
	['the log of a call', callLogs[0]!, (log) => callRecords([log], rows, eventOfCallLog)],
	['the log of a call without a direction', { ...callLogs[1]!, direction: '' }, eventOfCallLog],
	['a call of the list', list, (call) => callRecords([call], rows, eventOfListedCall)],
	[
		'its time',
		list,
		(call) => [startOf(call), hasEnded(call), isMissed(call), inLocalTime(call, 'Asia/Tokyo')],
	],
	['a recording', callLogs[0]!, (log) => recordingName(log, '', 'mp3')],
	['a turn', conversation[1]!, (entry) => transcript([turn(entry, '', SPEAKERS)])],
	['an event of a conversation', conversation[0]!, (entry) => transcript([turn(entry, '', SPEAKERS)])],
	['a task', task, (sent) => simplifiedTask(withoutSecrets(sent))],
	[
		'an assistant',
		{ ...assistant, websocketUrl: 'wss://x/?t=1', websocketToken: 'token' },
		(sent) => simplifiedAssistant(withoutSecrets(sent)),
	],
	['an error', { message: 'wrong', msg: '', error: '' }, (body) => statusProblem(400, body, 'call', [])],
	[
		"a trigger's refusal",
		{ error: 'Invalid payload', issues: [{ path: 'a', message: 'b' }] },
		(body) => expect(() => takenBody({ statusCode: 400, body, headers: {} })).toThrow(ProblemError),
	],
];

describe.each(KINDS)('%s', (_, sent, use) => {
	it.each(ODD.map((odd) => ({ odd })))('with $odd anywhere', ({ odd }) => {
		for (const value of objects(withOdd(sent, odd))) expect(() => use(value)).not.toThrow();
	});
});
