import { callQuery, getManySettings } from '../../../nodes/VoiceFox/actions/call/getMany';
import { readSettings } from '../../../nodes/VoiceFox/settings/define';

/** Tokyo's 28 November 2026, 09:30 */
const NOW = Date.parse('2026-11-28T00:30:00Z');

/** What comes of parameters as a node has them, or the sentence that refuses them. */
function query(parameters: Record<string, unknown>, zone = 'Asia/Tokyo') {
	const read = readSettings(getManySettings, (name) => parameters[name]);
	return read.readable ? callQuery(read.value, zone, NOW) : read.problem;
}

describe('the query', () => {
	it('leaves out what is not set', () => {
		const filters = { assistantIds: '', phone: '  ', taskIds: ' , ' };
		expect([query({}), query({ filters })]).toEqual([{}, {}]);
	});

	it.each([
		['today', {}],
		['yesterday', { startTime: '2026-11-27 00:00:00', endTime: '2026-11-27 23:59:59' }],
		['last7Days', { startTime: '2026-11-21 00:00:00', endTime: '2026-11-28 23:59:59' }],
		['last30Days', { startTime: '2026-10-29 00:00:00', endTime: '2026-11-28 23:59:59' }],
	])('of the range %s begins and ends with days of the account', (timeRange, expected) => {
		expect(query({ timeRange })).toEqual(expected);
	});

	it('has a start and an end of the user for the range custom only', () => {
		const times = { startTime: '2026-11-20', endTime: '2026-11-21' };
		expect(query({ timeRange: 'custom', ...times })).toEqual({
			startTime: '2026-11-20 00:00:00',
			endTime: '2026-11-21 23:59:59',
		});
		expect(query({ timeRange: 'custom' })).toEqual({});
		expect(query({ timeRange: 'today', ...times })).toEqual({});
	});

	it('refuses a range that ends before it starts', () => {
		const range = { timeRange: 'custom', startTime: '2026-11-21', endTime: '2026-11-20' };
		expect(() => query(range)).toThrow("'Start Time' is after 'End Time'. Swap them");
	});

	it('takes IDs from the list, typed, or from an expression', () => {
		const fromList = { mode: 'list', value: '318', cachedResultName: 'Reservations (318)' };
		for (const assistantIds of [fromList, { mode: 'text', value: ' 318 ' }, '318', 318, [318]]) {
			expect(query({ filters: { assistantIds } })).toEqual({ assistantIds: ['318'] });
		}
		expect(query({ filters: { assistantIds: { mode: 'text', value: '318、４０２' } } })).toEqual({
			assistantIds: ['318', '402'],
		});
	});

	it('takes at most 10 task IDs', () => {
		const taskIds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
		expect(query({ filters: { taskIds } })).toEqual({ taskId: '1,2,3,4,5,6,7,8,9,10' });
		expect(query({ filters: { taskIds: '1,2,3,4,5,6,7,8,9,10,11' } })).toBe(
			"'Task IDs' takes at most 10 IDs, not 11. Use several VoiceFox nodes",
		);
	});
});
