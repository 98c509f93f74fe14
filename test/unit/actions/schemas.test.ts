import assistant from '../../fixtures/rest/assistant.json';
import callLogs from '../../fixtures/rest/call-logs.json';
import conversation from '../../fixtures/rest/conversation.json';
import task from '../../fixtures/rest/task.json';
import { simplifiedAssistant } from '../../../nodes/VoiceFox/actions/assistant/get';
import { callRecords, type CallForm } from '../../../nodes/VoiceFox/actions/call/callForm';
import { turn } from '../../../nodes/VoiceFox/actions/call/transcript';
import { simplifiedTask } from '../../../nodes/VoiceFox/actions/task/get';
import { readSettings } from '../../../nodes/VoiceFox/settings/define';
import { ITEM_SETTINGS } from '../../../nodes/VoiceFox/items/settings';
import { eventOfCallLog, eventOfListedCall } from '../../../nodes/VoiceFox/voicefox/callLog';
import assistantSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/assistant/get.json';
import callSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/call/get.json';
import callsSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/call/getAll.json';
import turnSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/call/getConversation.json';
import taskSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/task/get.json';

const names = { assistant: 'Assistant', customer: 'Customer' };

function row(call: object, eventOf: typeof eventOfListedCall) {
	const read = readSettings(ITEM_SETTINGS, (name) => (name === 'output' ? 'row' : undefined));
	if (!read.readable) throw new Error(read.label);
	const form: CallForm = { asSent: false, settings: { ...read.value, options: { timeZone: '' } } };
	return callRecords([{ ...call }], form, eventOf).records[0]!;
}

const { sessionId, taskId, startAt, answerAt, endAt, callee, caller, direction, duration } = callLogs[1]!;
const { billsec, recordFile } = callLogs[1]!;
const times = { startAt, answerAt, endAt };
const listed = { sessionId, taskId, ...times, callee, caller, direction, duration, billsec, recordFile };
const assistants = { assistant: [{ id: 402, vid: 2117 }] };

it.each([
	['a call', callSchema, row(callLogs[1]!, eventOfCallLog)],
	['a call of the list', callsSchema, row({ ...listed, ...assistants }, eventOfListedCall)],
	['a turn', turnSchema, turn(conversation[1]!, 'asked-for', names)],
	['a task', taskSchema, simplifiedTask(task)],
	['an assistant', assistantSchema, simplifiedAssistant(assistant)],
])("the editor's preview of %s has the fields that the node gives", (_what, schema, output) => {
	expect(Object.keys(schema.properties)).toEqual(Object.keys(output));
});
