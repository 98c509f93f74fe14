/** The fields that VoiceFox documents, by their documented type. */
const CALL = {
	texts: ['callee', 'caller', 'start_at', 'answer_at', 'end_at', 'hangup_reason', 'record_url'],
	words: ['direction', 'hangup_side'],
	integers: ['task_id', 'task_item_id', 'duration', 'billsec', 'ring_time'],
};

/** Where a documented field stands: names and list indexes, from `event_data` on. */
export type Path = readonly string[];

const below = (path: Path, names: string[]): Path[] => names.map((name) => [...path, name]);

const ANSWER = ['collect_targets', '0'];
const TOPIC = ['conversation_analysis', '0'];
const ASSISTANT = ['assistant_infos', '0'];
const PROGRESS = ['task_progress'];
const QUESTION = ['task_overview', '0'];
const RESULT = [...QUESTION, 'results', '0'];

/** In the analysis events. The required `session_id` is not among them. */
export const ANALYSIS = {
	texts: [
		...below([], CALL.texts),
		...below(ANSWER, ['question', 'result', 'message', 'question_uuid']),
		...below(TOPIC, ['title', 'result']),
	],
	words: below([], CALL.words),
	integers: [...below([], CALL.integers), ...below(ASSISTANT, ['assistant_id', 'assistant_vid'])],
	flags: below(ANSWER, ['hit']),
	lists: below([], ['collect_targets', 'conversation_analysis', 'assistant_infos']),
	variables: below([], ['extra']),
};

/** In `task.end`. The required `task_id` is not among them. */
export const TASK = {
	texts: [
		...below([], ['task_start_at']),
		...below(QUESTION, ['question']),
		...below(RESULT, ['result', 'percent']),
	],
	integers: [
		...below(PROGRESS, [
			'total_num',
			'called_num',
			'called_answered_num',
			'called_un_answered_num',
			'pending_num',
		]),
		...below(QUESTION, ['total']),
		...below(RESULT, ['total']),
	],
	flags: below(QUESTION, ['option']),
	lists: [...below([], ['task_overview']), ...below(QUESTION, ['results'])],
	groups: below([], ['task_progress']),
};

type Node = Record<string, unknown>;

/** A copy of the value with the field at `path` replaced; `undefined` leaves it out. */
export function withField<T>(value: T, path: Path, field: unknown): T {
	const copy = JSON.parse(JSON.stringify(value)) as T;
	const parent = path.slice(0, -1).reduce<Node>((node, name) => node[name] as Node, copy as Node);
	const last = path[path.length - 1] ?? '';
	if (field === undefined) delete parent[last];
	else parent[last] = field;
	return copy;
}
