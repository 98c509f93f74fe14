import {
	ANALYSIS_EVENTS,
	choiceOf,
	choicesOf,
	EVENT_CHOICES,
	EVENT_LABELS,
	EVENT_OPTIONS,
	shapeOf,
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
		expect(EVENT_CHOICES.map((name) => [name, shapeOf(name)])).toEqual([
			['callin.collect', 'analysis'],
			['task.call.collect', 'analysis'],
			['callin.hangup', 'call'],
			['callin.transfer', 'other'],
			['other', 'other'],
			['task.end', 'task'],
		]);
		expect(shapeOf('task.call.hangup')).toBe('other');
		expect(shapeOf('__proto__')).toBe('other');
	});

	it('gives the choices of some shapes', () => {
		expect(ANALYSIS_EVENTS).toEqual(['callin.collect', 'task.call.collect']);
		expect(choicesOf('call', 'task')).toEqual(['callin.hangup', 'task.end']);
		expect(choicesOf()).toEqual([]);
	});
});

describe('choiceOf', () => {
	it('knows the choices of the parameter', () => {
		for (const name of EVENT_CHOICES) expect(choiceOf(name)).toBe(name);
	});

	it('puts every other name under "other"', () => {
		for (const name of ['task.call.hangup', 'Callin.collect', 'callin.collect ', '__proto__', 'toString']) {
			expect(choiceOf(name)).toBe('other');
		}
	});
});
