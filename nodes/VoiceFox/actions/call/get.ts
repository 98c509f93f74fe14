import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { callLog } from '../../api/callLogs';
import { fail } from '../../api/errors';
import { collection, flag, shownAs } from '../../settings/define';
import { timeZone } from '../../settings/timeZone';
import { eventOfCallLog } from '../../voicefox/callLog';
import { givingWay } from '../../voicefox/fields';
import { operation } from '../operation';
import { sessionId, usableZone } from '../settings';
import { callFormOf, callRecords, CALL_FORM_SETTINGS, issuesText } from './callForm';
import { transcriptOf } from './transcript';

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	flag({
		displayName: 'Include Transcript',
		name: 'includeTranscript',
		default: false,
		description:
			"Whether to add the conversation as text, in the field 'transcript'. This takes one more API request.",
	}),
	shownAs(timeZone, { displayOptions: { hide: { '/fields': ['asSent'] } } }),
] as const);

/** The call log with the conversation as a field of it. */
async function withTranscript(context: IExecuteFunctions, id: string, log: IDataObject) {
	const added = { transcript: await transcriptOf(context, id) };
	return { ...givingWay(log, added, 'voicefox_'), ...added };
}

/** One call: times, numbers, answers and the recording, from the call log. */
export const getCall = operation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get call',
		description: "Get one call's times, numbers, answers and recording by its session ID",
	},
	toolDescription:
		"Get one VoiceFox phone call by its session ID. Use it when the session ID is known, to learn a call's times, numbers, direction, who hung up, and what the person answered to each of the assistant's questions; set Include Transcript for what was said. Gives one flat object: session_id, start_at, direction, caller_number, callee_number, billsec (seconds talked), answers_total, answers_hit, then one field per question with the answer as its value.",
	settings: [sessionId, ...CALL_FORM_SETTINGS, options] as const,
	async run(context, set) {
		const form = callFormOf(set, usableZone(set.options));
		const log = await callLog(context, set.sessionId);
		const whole = set.options.includeTranscript ? await withTranscript(context, set.sessionId, log) : log;

		const { records, unreadable } = callRecords([whole], form, eventOfCallLog);
		if (unreadable[0]) {
			fail(
				"VoiceFox's call log is not in the form that is documented. Set 'Fields' to 'As VoiceFox Sends Them' to get it as it is",
				issuesText(unreadable[0]),
			);
		}
		return records;
	},
});
