import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { callLog } from '../../api/callLogs';
import { fail } from '../../api/errors';
import { eventOfCallLog } from '../../voicefox/callLog';
import { givingWay } from '../../voicefox/fields';
import { toLinkedItems, type Operation } from '../operation';
import { collectionOf, sessionIdOf, sessionIdParameter, timeZoneOf, timeZoneParameter } from '../parameters';
import { callFormOf, callRecords, formParameters, issuesText } from './forms';
import { transcriptOf } from './transcript';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Include Transcript',
			name: 'includeTranscript',
			type: 'boolean',
			default: false,
			description:
				"Whether to add the conversation as text, in the field 'transcript'. Asks VoiceFox a second time.",
		},
		{
			...timeZoneParameter,
			displayOptions: { hide: { '/fields': ['asSent'] } },
			description:
				"The zone of the times that VoiceFox sends. With it, 'start_at' and the other times get its offset, e.g. 2026-11-20T10:15:02.000+09:00. Empty leaves them as sent.",
		},
	],
};

/** The call log, with the conversation as a field of it when the user wants that. */
async function logOf(
	context: IExecuteFunctions,
	sessionId: string,
	{ includeTranscript }: IDataObject,
): Promise<IDataObject> {
	const log = await callLog(context, sessionId);
	if (includeTranscript !== true) return log;

	const added = { transcript: await transcriptOf(context, sessionId) };
	return { ...givingWay(log, added, 'voicefox_'), ...added };
}

/** One call: times, numbers, answers and the recording, from the call log. */
export const getCall: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get call',
		description: "Get one call's times, numbers, answers and recording by its session ID",
	},
	toolDescription:
		"Get one VoiceFox phone call by its session ID. Use it when the session ID is known, to learn a call's times, numbers, direction, who hung up, and what the person answered to each of the assistant's questions; set Include Transcript for what was said. Gives one flat object: session_id, start_at, direction, caller_number, callee_number, billsec (seconds talked), answers_total, answers_hit, then one field per question with the answer as its value.",
	description: [sessionIdParameter, ...formParameters, options],
	async execute(context, itemIndex) {
		const sessionId = sessionIdOf(context, itemIndex);
		const added = collectionOf(context, 'options', itemIndex);
		const form = callFormOf(context, itemIndex, timeZoneOf(added));
		const log = await logOf(context, sessionId, added);

		const { records, unreadable } = callRecords([log], form, eventOfCallLog);
		if (unreadable[0]) {
			fail(
				"VoiceFox's call log is not in the form that is documented. Set 'Fields' to 'As VoiceFox Sends Them' to get it as it is",
				issuesText(unreadable[0]),
			);
		}
		return toLinkedItems(records, itemIndex);
	},
};
