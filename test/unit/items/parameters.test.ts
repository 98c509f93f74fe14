import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EVENT_LABELS } from '../../../nodes/VoiceFox/voicefox/events';
import { triggerParameters } from '../../../nodes/VoiceFox/items/parameters';

type Row = [name: string, label: string, type: string, defaultValue: unknown, values?: string[]];

const valuesOf = ({ type, options }: INodeProperties) =>
	type === 'options' || type === 'multiOptions'
		? options?.map((option) => (option as INodePropertyOptions).value)
		: undefined;

const rowOf = (property: INodeProperties): Row => {
	const { name, displayName, type, default: defaultValue } = property;
	const values = valuesOf(property);
	return values === undefined
		? [name, displayName, type, defaultValue]
		: [name, displayName, type, defaultValue, values as string[]];
};

const find = (properties: INodeProperties[], name: string) =>
	properties.find((property) => property.name === name) as INodeProperties;

const entriesOf = (name: string) => find(triggerParameters, name).options as INodeProperties[];

const everyProperty = [...triggerParameters, ...entriesOf('filters'), ...entriesOf('options')];
const everyChoice = everyProperty.flatMap((property) =>
	valuesOf(property) === undefined ? [] : (property.options as INodePropertyOptions[]),
);

describe('the parameters, which saved workflows use (contract section 3.1)', () => {
	it('are these, in this order', () => {
		expect(triggerParameters.map(rowOf)).toEqual([
			[
				'triggerOn',
				'Trigger On',
				'multiOptions',
				['callin.collect', 'task.call.collect'],
				['callin.transfer', 'callin.collect', 'callin.hangup', 'other', 'task.call.collect', 'task.end'],
			],
			['output', 'Output', 'options', 'separate', ['separate', 'perCall', 'list']],
			['hitStatus', 'Hit Status', 'options', 'all', ['all', 'hit', 'notHit']],
			['filters', 'Filters', 'collection', {}],
			['options', 'Options', 'collection', {}],
		]);
	});

	it('have these filters', () => {
		expect(entriesOf('filters').map(rowOf)).toEqual([
			['answeredOnly', 'Answered Calls Only', 'boolean', false],
			['assistantIds', 'Assistant IDs', 'string', ''],
			['direction', 'Direction', 'options', 'any', ['any', 'inbound', 'outbound']],
			['minimumTalkTime', 'Minimum Talk Time', 'number', 0],
			['questions', 'Only These Questions', 'string', []],
			['callHits', 'Start Workflow When', 'options', 'any', ['any', 'atLeastOne', 'every', 'none']],
			['taskIds', 'Task IDs', 'string', ''],
		]);
	});

	it('have these options', () => {
		expect(
			entriesOf('options').map(({ name, displayName, default: value }) => [name, displayName, value]),
		).toEqual([
			['ignoreDuplicates', 'Ignore Duplicates', true],
			['includeRawEvent', 'Include Raw Event', false],
			['invalidPayloads', 'Invalid Payloads', 'reject'],
			['timeZone', 'Time Zone', ''],
			['validation', 'Validation', 'tolerant'],
		]);
		const types = entriesOf('options').map(({ name, type }) => [name, type]);
		expect(Object.fromEntries(types)).toMatchObject({
			ignoreDuplicates: 'boolean',
			includeRawEvent: 'boolean',
		});
		expect(valuesOf(find(entriesOf('options'), 'invalidPayloads'))).toEqual(['reject', 'emit']);
		expect(valuesOf(find(entriesOf('options'), 'validation'))).toEqual(['tolerant', 'strict']);
	});

	it('make the user choose the events, and take several questions', () => {
		expect(triggerParameters.filter(({ required }) => required).map(({ name }) => name)).toEqual([
			'triggerOn',
		]);
		expect(find(entriesOf('filters'), 'questions').typeOptions).toMatchObject({ multipleValues: true });
		expect(find(entriesOf('filters'), 'minimumTalkTime').typeOptions).toEqual({ minValue: 0 });
	});
});

describe('the editor', () => {
	const ANALYSES = ['callin.collect', 'task.call.collect'];
	const CALLS = [...ANALYSES, 'callin.hangup', 'callin.transfer', 'other'];
	const DOCUMENTED = [...ANALYSES, 'callin.hangup', 'task.end'];

	it('shows a parameter only for the events that it applies to', () => {
		const shownFor = ({ name, displayOptions }: INodeProperties) => {
			const events = displayOptions?.show?.['/triggerOn'] as string[] | undefined;
			return events === undefined ? [] : [[name, [...events].sort()]];
		};
		expect(Object.fromEntries(everyProperty.flatMap(shownFor))).toEqual({
			hitStatus: [...ANALYSES].sort(),
			questions: [...ANALYSES].sort(),
			callHits: [...ANALYSES].sort(),
			answeredOnly: [...CALLS].sort(),
			assistantIds: [...CALLS].sort(),
			direction: [...CALLS].sort(),
			minimumTalkTime: [...CALLS].sort(),
			validation: [...DOCUMENTED].sort(),
		});
	});
});

describe('the texts of the parameters (n8n’s rules for its interface)', () => {
	const TITLE_CASE = /^([A-Z"][\w"]*|[a-z]{1,4})( ([A-Z"][\w"]*|per|to|on))*$/;
	const sentences = (text: string) => text.split(/\. (?=[A-Z])/).length;

	it.each(everyProperty.map((property) => [property.name, property] as const))(
		'label %s in Title Case',
		(_, property) => {
			expect(property.displayName).toMatch(TITLE_CASE);
		},
	);

	it.each(everyChoice.map((choice) => [choice.value, choice] as const))(
		'name and explain the choice %s',
		(_, choice) => {
			expect(choice.name).toMatch(TITLE_CASE);
			expect(choice.description).toMatch(/^[A-Z].*[^.]$/);
			expect(choice.description).not.toBe(choice.name);
		},
	);

	it.each(
		everyProperty.flatMap(({ name, type, description }) =>
			description === undefined ? [] : [[name, type, description] as const],
		),
	)('explain %s, with a period only after several sentences', (_, type, description) => {
		expect(description).toMatch(type === 'boolean' ? /^Whether / : /^[A-Z]/);
		expect(description.endsWith('.')).toBe(sentences(description) > 1);
	});

	it('give an example where the user types', () => {
		const typed = everyProperty.filter(({ type, name }) => type === 'string' && name !== 'timeZone');
		expect(typed).not.toHaveLength(0);
		for (const { placeholder } of typed) expect(placeholder).toMatch(/^e\.g\. \w/);
		for (const name of ['filters', 'options'])
			expect(find(triggerParameters, name).placeholder).toMatch(/^Add [A-Z]/);
	});

	it('name an entry of the node panel for each event, in sentence case', () => {
		const events = find(triggerParameters, 'triggerOn').options as INodePropertyOptions[];
		for (const { action } of events) expect(action).toMatch(/^On [a-z ]+( \([a-z ]+\))?$/);
	});

	it('label each event once', () => {
		expect(EVENT_LABELS).toEqual({
			'callin.transfer': 'Call Transferred',
			'callin.collect': 'Inbound Call Analyzed',
			'callin.hangup': 'Inbound Call Ended',
			other: 'Other Event',
			'task.call.collect': 'Outbound Call Analyzed',
			'task.end': 'Outbound Task Finished',
		});
	});
});

describe('the parameters that the editor hides', () => {
	const shownFor = (property: INodeProperties) => property.displayOptions?.show?.['/triggerOn'];

	it('are those that look at events which are not selected', () => {
		const analysis = ['callin.collect', 'task.call.collect'];
		const calls = ['callin.transfer', 'callin.collect', 'callin.hangup', 'other', 'task.call.collect'];
		expect(
			everyProperty.flatMap((property) =>
				property.displayOptions === undefined ? [] : [[property.name, shownFor(property)]],
			),
		).toEqual([
			['hitStatus', analysis],
			['answeredOnly', calls],
			['assistantIds', calls],
			['direction', calls],
			['minimumTalkTime', calls],
			['questions', analysis],
			['callHits', analysis],
			['validation', [...analysis, 'callin.hangup', 'task.end']],
		]);
	});
});
