import { isSample, SAMPLE_MARK, sampleSessionId } from '../../../nodes/VoiceFox/protocol/sample';

it.each([
	[{ session_id: sampleSessionId('7') }],
	[{ extra: { ...SAMPLE_MARK, name: 'x' } }],
	[{ task_id: 1, ...SAMPLE_MARK }],
])('%j is a sample', (data) => {
	expect(isSample({ event_name: 'x', event_data: data })).toBe(true);
});

it.each([
	[null],
	['sample-1'],
	[{}],
	[{ session_id: 'sample-1' }],
	[{ event_data: null }],
	[{ event_data: { session_id: 'a-sample-1', extra: { sample: 'true' }, sample: 1 } }],
	[{ event_data: { session_id: 7, extra: null } }],
])('%j is none', (received) => {
	expect(isSample(received)).toBe(false);
});
