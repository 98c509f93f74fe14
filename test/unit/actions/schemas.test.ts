import assistant from '../../fixtures/rest/assistant.json';
import callLogs from '../../fixtures/rest/call-logs.json';
import conversation from '../../fixtures/rest/conversation.json';
import task from '../../fixtures/rest/task.json';
import { turn } from '../../../nodes/VoiceFox/actions/call/getConversation';
import { withoutSecrets } from '../../../nodes/VoiceFox/api/privacy';
import { withUsableNames } from '../../../nodes/VoiceFox/voicefox/phoneNumbers';
import assistantSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/assistant/get.json';
import callSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/call/get.json';
import turnSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/call/getConversation.json';
import taskSchema from '../../../nodes/VoiceFox/__schema__/v1.0.0/task/get.json';

const names = { assistant: 'Assistant', customer: 'Customer' };

it.each([
	['a call', callSchema, withUsableNames(callLogs[0]!)],
	['a turn', turnSchema, turn(conversation[1]!, 'asked-for', names)],
	['a task', taskSchema, withoutSecrets(task)],
])("the editor's preview of %s has the fields that the node gives", (_what, schema, output) => {
	expect(Object.keys(schema.properties)).toEqual(Object.keys(output));
});

it("the editor's preview of an assistant has only fields that VoiceFox documents", () => {
	const given = Object.keys(withoutSecrets(assistant));
	expect(Object.keys(assistantSchema.properties).filter((name) => !given.includes(name))).toEqual([]);
});

it.each([taskSchema, assistantSchema])('no preview promises what stays inside the node', (schema) => {
	expect(withoutSecrets(schema)).toEqual(schema);
	expect(JSON.stringify(schema)).not.toContain('email');
});
