import { callQuery } from '../../../nodes/VoiceFox/actions/call/getMany';

describe('the query', () => {
	it('leaves out what is not set', () => {
		const unset = { assistantIds: '', phone: '  ', startTime: '', endTime: null, taskIds: ' , ' };
		expect([callQuery({}, 'UTC'), callQuery(unset, 'UTC')]).toEqual([{}, {}]);
	});

	it('refuses a range that ends before it starts', () => {
		const filters = { startTime: '2026-11-21', endTime: '2026-11-20' };
		expect(() => callQuery(filters, 'UTC')).toThrow("'Start Time' is after 'End Time'. Swap them");
	});

	it('takes at most 10 task IDs', () => {
		expect(callQuery({ taskIds: '1,2,3,4,5,6,7,8,9,10' }, 'UTC')).toEqual({ taskId: '1,2,3,4,5,6,7,8,9,10' });
		expect(() => callQuery({ taskIds: '1,2,3,4,5,6,7,8,9,10,11' }, 'UTC')).toThrow(/at most 10 IDs, not 11/);
	});
});
