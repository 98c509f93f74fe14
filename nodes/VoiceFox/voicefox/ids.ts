import { refuse } from '../api/problems';

/**
 * A call's ID as a part of a path.
 *
 * @throws ProblemError when it is blank or no ID
 */
export function sessionIdIn(value: unknown): string {
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id === '')
		refuse("'Session ID' is empty. Map the session_id of the VoiceFox Trigger, or the sessionId of Get Many");
	// A URL with such a part would lead to another address.
	if (/^\.{1,2}$/.test(id)) refuse(`'Session ID' is no ID of a call: ${id}`);

	return id;
}

/**
 * A task's or an assistant's ID, always an integer above 0.
 *
 * @param label the field's label, e.g. "Task ID"
 * @throws ProblemError when it is no such number
 */
export function numberIdIn(value: unknown, label: string): string {
	const id = String(value ?? '').trim();
	if (id === '') refuse(`'${label}' is empty. Enter a number or map a field that has it`);
	if (id === '0' && label === 'Task ID') {
		refuse(
			'The call belongs to no task: VoiceFox gives inbound calls the task ID 0. Keep them out with a filter',
		);
	}
	if (!/^[1-9]\d*$/.test(id)) refuse(`'${label}' must be a whole number above 0, not "${id.slice(0, 40)}"`);

	return id;
}

/**
 * The IDs of a comma-separated field (an expression may also give an array); blank entries don't count.
 *
 * @throws ProblemError when one is no number or there are more than `most`
 */
export function idList(value: unknown, label: string, most = Infinity): string[] {
	const texts = (Array.isArray(value) ? value : String(value ?? '').split(',')).map((text) =>
		String(text).trim(),
	);
	const ids = texts.filter((text) => text !== '');
	const wrong = ids.find((id) => !/^\d+$/.test(id));
	if (wrong !== undefined)
		refuse(`'${label}' takes whole numbers separated by commas, not "${wrong.slice(0, 40)}"`);
	if (ids.length > most)
		refuse(`'${label}' takes at most ${most} IDs, not ${ids.length}. Use several VoiceFox nodes`);

	return ids;
}
