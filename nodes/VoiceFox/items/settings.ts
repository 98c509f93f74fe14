import { choice, forEvents, shownAs, type ValuesOf } from '../settings/define';
import { showTimesIn, timeZone } from '../settings/timeZone';
import { ANALYSIS_EVENTS } from '../voicefox/events';
import { columnsSetting } from './columns';
import { filters } from './filters';
import { FORMS, type OutputForm } from './forms';
import { hitStatus } from './parts';

const output = choice({
	displayName: 'Output',
	name: 'output',
	description: 'How the parts of a call leave this node',
	builderHint: {
		propertyHint:
			"separate: three outputs, index 0 Call (one item), 1 Answers (one item per question: question, hit, result, message), 2 Analysis (one item per topic: title, result); items of 1 and 2 also carry the call's fields (session_id, caller_number, callee_number, direction, billsec, record_url, extra). row: one output, one flat item per call with a column per question and per topic; use it for spreadsheets, databases and Data Tables, with automatic mapping. perCall: one output, one nested item with the call's fields, answers (object: question text to result), analysis (object: title to result), collect_targets and conversation_analysis. list: one output, all items, field type is call, collect_target or conversation_analysis.",
	},
	options: FORMS.map(({ option }): { name: string; value: OutputForm; description: string } => option),
});

/** What every node that gives calls lets the user set. */
export const ITEM_SETTINGS = [
	output,
	columnsSetting({ show: { output: ['row'] } }),
	forEvents(ANALYSIS_EVENTS, hitStatus),
	filters,
] as const;

/** The values of these settings. */
export type ItemSettings = ValuesOf<typeof ITEM_SETTINGS>;

/**
 * The options of every node that gives calls.
 *
 * @param more what the time zone does in this node besides
 */
export const itemOptions = (more = '') =>
	[shownAs(timeZone, { description: `${timeZone.property.description}${more}` }), showTimesIn] as const;
