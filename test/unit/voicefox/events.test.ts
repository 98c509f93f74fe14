import {
	ANALYSIS_EVENTS,
	CALL_EVENTS,
	DOCUMENTED_EVENTS,
	EVENT_CHOICES,
	EVENT_LABELS,
	EVENT_OPTIONS,
	eventRow,
	SIZED_LISTS,
} from '../../../nodes/VoiceFox/voicefox/events';

describe('the table of events', () => {
	it('has these labels, in the order of the editor', () => {
		expect(Object.entries(EVENT_LABELS)).toEqual([
			['callin.collect', 'Call Analyzed (Inbound)'],
			['task.call.collect', 'Call Analyzed (Outbound)'],
			['callin.hangup', 'Call Ended (Inbound)'],
			['callin.transfer', 'Call Transferred'],
			['other', 'Other Event'],
			['task.end', 'Task Finished (Outbound)'],
		]);
		expect(EVENT_CHOICES).toEqual(Object.keys(EVENT_LABELS));
		expect(EVENT_OPTIONS.map(({ value, name }) => [value, name])).toEqual(Object.entries(EVENT_LABELS));
	});

	it('says what is documented of each', () => {
		expect(EVENT_CHOICES.map((name) => [name, eventRow(name).shape])).toEqual([
			['callin.collect', 'analysis'],
			['task.call.collect', 'analysis'],
			['callin.hangup', 'call'],
			['callin.transfer', 'other'],
			['other', 'other'],
			['task.end', 'task'],
		]);
	});

	it('names every list that an event may be too large by', () => {
		expect(SIZED_LISTS.map(({ field, inner }) => [field, inner])).toEqual([
			['collect_targets', undefined],
			['conversation_analysis', undefined],
			['task_overview', 'results'],
			['assistant_infos', undefined],
		]);
	});

	it('tells which events bring answers, are documented, and are about a call', () => {
		expect(ANALYSIS_EVENTS).toEqual(['callin.collect', 'task.call.collect']);
		expect(DOCUMENTED_EVENTS).toEqual(['callin.collect', 'task.call.collect', 'callin.hangup', 'task.end']);
		expect(CALL_EVENTS).toEqual(EVENT_CHOICES.filter((name) => name !== 'task.end'));
	});
});

describe('eventRow', () => {
	it('knows the choices of the parameter', () => {
		for (const name of EVENT_CHOICES) expect(eventRow(name).value).toBe(name);
	});

	it('takes every other name for an undocumented event', () => {
		for (const name of ['task.call.hangup', 'Callin.collect', 'callin.collect ', '__proto__', 'toString']) {
			expect(eventRow(name)).toMatchObject({ value: 'other', shape: 'other' });
		}
	});
});
