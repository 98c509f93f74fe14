import type { EventShape } from './events';

/** What VoiceFox documents that a field holds. An object with free names and values is `variables`. */
export type FieldType =
	| 'sessionId'
	| 'taskId'
	| 'text'
	| 'integer'
	| 'flag'
	| 'variables'
	| { words: readonly [string, ...string[]] }
	| { list: DocumentedFields }
	| { group: DocumentedFields };

export interface DocumentedFields {
	readonly [name: string]: FieldType;
}

const CALL = {
	session_id: 'sessionId',
	task_id: 'integer',
	task_item_id: 'integer',
	callee: 'text',
	caller: 'text',
	start_at: 'text',
	answer_at: 'text',
	end_at: 'text',
	duration: 'integer',
	billsec: 'integer',
	direction: { words: ['inbound', 'outbound'] },
	ring_time: 'integer',
	hangup_side: { words: ['caller', 'callee'] },
	hangup_reason: 'text',
	record_url: 'text',
	assistant_infos: { list: { assistant_id: 'integer', assistant_vid: 'integer' } },
	extra: 'variables',
} as const satisfies DocumentedFields;

const ANALYSIS = {
	collect_targets: {
		list: { question: 'text', hit: 'flag', result: 'text', message: 'text', question_uuid: 'text' },
	},
	conversation_analysis: { list: { title: 'text', result: 'text' } },
	...CALL,
} as const satisfies DocumentedFields;

const TASK = {
	task_id: 'taskId',
	task_start_at: 'text',
	task_progress: {
		group: {
			total_num: 'integer',
			called_num: 'integer',
			called_answered_num: 'integer',
			called_un_answered_num: 'integer',
			pending_num: 'integer',
		},
	},
	task_overview: {
		list: {
			question: 'text',
			total: 'integer',
			option: 'flag',
			results: { list: { result: 'text', total: 'integer', percent: 'text' } },
		},
	},
} as const satisfies DocumentedFields;

/** The fields of `event_data`, by the page of VoiceFox's documents. */
export const DOCUMENTED: Record<Exclude<EventShape, 'other'>, DocumentedFields> = {
	analysis: ANALYSIS,
	call: CALL,
	task: TASK,
};
