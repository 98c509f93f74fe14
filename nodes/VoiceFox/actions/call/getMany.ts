import type { IDataObject } from 'n8n-workflow';

import { callPages } from '../../api/callLogs';
import { fail } from '../../api/errors';
import { queryRange, rangeOf, type QueryRange, type UnusableRange } from '../../api/queryTimes';
import { DIRECTIONS } from '../../items/filters';
import {
	choice,
	collection,
	flag,
	number,
	text,
	time,
	shownAs,
	type Setting,
	type ValuesOf,
} from '../../settings/define';
import { timeZone } from '../../settings/timeZone';
import { eventOfCallLog, eventOfListedCall } from '../../voicefox/callLog';
import { hintAtLeftOut, hintAtMissing, hintAtToday, hintAtUnanswered } from '../hints';
import { operation } from '../operation';
import { idList, usableZone } from '../settings';
import { Answers } from './answers';
import { callFormOf, callRecords, CALL_FORM_SETTINGS, type CallForm } from './callForm';

/** VoiceFox's own limit. */
const MAX_TASK_IDS = 10;

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = number(
	{
		displayName: 'Limit',
		name: 'limit',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	1,
);

const timeRange = choice({
	displayName: 'Time Range',
	name: 'timeRange',
	options: [
		{
			name: 'Today',
			value: 'today',
			description: "What VoiceFox returns by itself, in the account's time zone",
		},
		{ name: 'Yesterday', value: 'yesterday', description: 'The whole day before today' },
		{ name: 'Last 7 Days', value: 'last7Days', description: 'Today and the 7 days before it' },
		{ name: 'Last 30 Days', value: 'last30Days', description: 'Today and the 30 days before it' },
		{ name: 'Custom', value: 'custom', description: "From 'Start Time' to 'End Time'" },
	],
	description: "When the calls started. Days are those of VoiceFox's time zone (see Options).",
});

const forCustomRange = { show: { timeRange: ['custom'] } };

const startTime = time({
	displayName: 'Start Time',
	name: 'startTime',
	displayOptions: forCustomRange,
	description: 'The start of the time range. Left empty, it is the start of today.',
});

const endTime = time({
	displayName: 'End Time',
	name: 'endTime',
	displayOptions: forCustomRange,
	description:
		'The end of the time range; a date alone means the whole day. Left empty, it is the end of today.',
});

const includeAnswers = flag({
	displayName: 'Include Answers',
	name: 'includeAnswers',
	default: false,
	description: "Whether to add each call's answers. This takes one more API request per call.",
});

/** A filter that the user has not added filters nothing, whatever the editor offers first. */
const onlyIfAdded = <const Name extends string, T>(
	filter: Setting<Name, T>,
): Setting<Name, T | undefined> => ({
	...filter,
	unset: undefined,
});

const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	idList(
		{
			displayName: 'Assistant IDs',
			name: 'assistantIds',
			placeholder: 'e.g. 318, 402',
			description: 'Only calls of these assistants: one from the list, or several, comma-separated',
		},
		'searchAssistants',
	),
	onlyIfAdded(
		choice({
			displayName: 'Call Type',
			name: 'callType',
			options: [
				{ name: 'Phone Call', value: 'phone' },
				{ name: 'Debug Call', value: 'privateTest' },
			],
			description: 'Whether real calls or debug calls are returned',
		}),
	),
	onlyIfAdded(
		choice({
			displayName: 'Direction',
			name: 'direction',
			options: DIRECTIONS,
			description: 'Who called whom',
		}),
	),
	text({
		displayName: 'Phone Number',
		name: 'phone',
		placeholder: 'e.g. +12025550143',
		description: "The caller's or the called number",
	}),
	idList(
		{
			displayName: 'Task IDs',
			name: 'taskIds',
			placeholder: 'e.g. 9021, 9022',
			description: `Only calls of these outbound tasks: one from the list, or several, comma-separated, at most ${MAX_TASK_IDS}`,
		},
		'searchTasks',
		MAX_TASK_IDS,
	),
] as const);

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	shownAs(timeZone, {
		description: `${timeZone.property.description} It also decides when a day begins, and in which zone 'Start Time' and 'End Time' are sent (empty: the workflow's).`,
	}),
] as const);

/** Everything that the user sets. */
export const getManySettings = [
	timeRange,
	startTime,
	endTime,
	returnAll,
	limit,
	includeAnswers,
	...CALL_FORM_SETTINGS,
	filters,
	options,
] as const;

type Set = ValuesOf<typeof getManySettings>;

function failRange({ unusable }: UnusableRange, zone: string): never {
	const sentences: Record<UnusableRange['unusable'], string> = {
		timeZone: `The workflow's time zone "${zone.slice(0, 60)}" is not known. Set '${timeZone.property.displayName}' in the options`,
		startTime: "'Start Time' is not a time that can be read. Use a form such as 2026-11-20 09:00:00",
		endTime: "'End Time' is not a time that can be read. Use a form such as 2026-11-20 09:00:00",
		order: "'Start Time' is after 'End Time'. Swap them",
	};
	return fail(sentences[unusable]);
}

/**
 * The query of GET /openapi/calllog for what the user set; what is not set is left out.
 *
 * @param zone the IANA zone that VoiceFox's times are in
 * @param now in ms
 * @throws ProblemError when the time range cannot be used
 */
export function callQuery(
	set: Pick<Set, 'timeRange' | 'startTime' | 'endTime' | 'filters'>,
	zone: string,
	now: number,
): IDataObject & QueryRange {
	const { direction, phone, callType, taskIds, assistantIds } = set.filters;
	const range = set.timeRange === 'custom' ? queryRange(set, zone) : rangeOf(set.timeRange, zone, now);
	if ('unusable' in range) failRange(range, zone);

	return {
		...range,
		...(direction && { direction }),
		...(phone !== '' && { phone }),
		// Typed as an integer in VoiceFox's documents, but described as a comma list.
		...(taskIds.length > 0 && { taskId: taskIds.join(',') }),
		...(assistantIds.length > 0 && { assistantIds }),
		...(callType && { description: callType }),
	};
}

/** A call as the user wants it: with its answers where there are some, else as the list has it. */
function recordsOf(listed: IDataObject, whole: IDataObject | null, form: CallForm): IDataObject[] {
	const withAnswers = whole === null ? [] : callRecords([whole], form, eventOfCallLog).records;
	return withAnswers.length > 0 ? withAnswers : callRecords([listed], form, eventOfListedCall).records;
}

/** Many calls by time, number, task or assistant. */
export const getManyCalls = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many calls',
		description: 'Get many calls by time, number, task or assistant',
	},
	toolDescription:
		'Find VoiceFox phone calls by time, phone number, direction, outbound task or assistant. Use it when no session ID is known, or to count or list calls. Time Range is today unless set to yesterday, last7Days, last30Days or custom (with Start Time and End Time). Gives one flat object per call: event_name, session_id, start_at, direction, caller_number, callee_number, billsec (seconds talked, 0 for a missed call), task_id, record_url, assistant_ids. With Include Answers also answers_total, answers_hit and one field per question with the answer as its value. Transcripts are not in it: use Get conversation of call with the session_id.',
	settings: getManySettings,
	async run(context, set) {
		const zone = usableZone(set.options);
		const form = callFormOf(set, zone);
		const query = callQuery(set, zone || context.getTimezone(), Date.now());
		const answers = set.includeAnswers ? new Answers(context) : null;
		const given: IDataObject[] = [];
		let leftOut = 0;
		const most = set.returnAll ? Infinity : Math.floor(set.limit);
		for await (const { calls, ...page } of callPages(context, query, most)) {
			leftOut += page.leftOut;
			for (const call of calls) {
				const records = recordsOf(call, answers && (await answers.of(call)), form);
				if (records.length === 0) leftOut += 1;
				given.push(...records);
			}
			hintAtMissing(context, page.missing);
		}
		hintAtLeftOut(context, leftOut, 'call');
		if (answers) hintAtUnanswered(context, answers.missing, answers.problem);
		if (!('startTime' in query || 'endTime' in query)) hintAtToday(context);
		return given;
	},
});
