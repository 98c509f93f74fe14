import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readSettings } from '../../../nodes/VoiceFox/settings/define';
import { TRIGGER_SETTINGS, triggerParameters } from '../../../nodes/VoiceFox/trigger/settings';
import { ALL_EVENTS, defaultParameters, settingsWith } from '../../support/settings';

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

const columnEntries = (find(triggerParameters, 'columns').options as Array<{ values: INodeProperties[] }>)[0]!
	.values;

const everyProperty = [
	...triggerParameters,
	...columnEntries,
	...entriesOf('filters'),
	...entriesOf('options'),
];
const everyChoice = everyProperty.flatMap((property) =>
	valuesOf(property) === undefined ? [] : ((property.options ?? []) as INodePropertyOptions[]),
);

const ANALYSES = ['callin.collect', 'task.call.collect'];
const CALLS = [...ANALYSES, 'callin.hangup', 'callin.transfer', 'other'];

describe('the parameters, which saved workflows use', () => {
	it('are these, in this order', () => {
		expect(triggerParameters.map(rowOf)).toEqual([
			[
				'triggerOn',
				'Trigger On',
				'multiOptions',
				ANALYSES,
				['callin.collect', 'task.call.collect', 'callin.hangup', 'callin.transfer', 'other', 'task.end'],
			],
			['output', 'Output', 'options', 'separate', ['separate', 'row', 'perCall', 'list']],
			['columns', 'Columns', 'fixedCollection', {}],
			['hitStatus', 'Hit Status', 'options', 'all', ['all', 'hit', 'notHit']],
			['filters', 'Filters', 'collection', {}],
			['options', 'Options', 'collection', {}],
		]);
	});

	it('have these columns', () => {
		expect(find(triggerParameters, 'columns')).toMatchObject({
			typeOptions: { multipleValues: true },
			displayOptions: { show: { output: ['row'] } },
			options: [{ name: 'values' }],
		});
		expect(columnEntries.map(rowOf)).toEqual([
			['field', 'Field or Question', 'resourceLocator', { mode: 'text', value: '' }],
			['column', 'Column Name', 'string', ''],
		]);
	});

	it('have these filters', () => {
		expect(entriesOf('filters').map(rowOf)).toEqual([
			['answered', 'Answered or Missed', 'options', 'answered', ['answered', 'missed', 'any']],
			['assistantIds', 'Assistant IDs', 'resourceLocator', { mode: 'text', value: '' }],
			['direction', 'Direction', 'options', 'any', ['any', 'inbound', 'outbound']],
			['minimumTalkTime', 'Minimum Talk Time', 'number', 0],
			['questions', 'Only These Questions', 'resourceLocator', { mode: 'text', value: '' }],
			['phoneNumbers', 'Phone Numbers', 'string', ''],
			['callHits', 'Start Workflow When', 'options', 'any', ['any', 'atLeastOne', 'every', 'none']],
			['taskIds', 'Task IDs', 'resourceLocator', { mode: 'text', value: '' }],
		]);
	});

	it('have these options', () => {
		expect(entriesOf('options').map(rowOf)).toEqual([
			['ignoreDuplicates', 'Ignore Duplicates', 'boolean', true],
			['includeRawEvent', 'Include Raw Event', 'boolean', false],
			[
				'notProcessed',
				'Output Unprocessed Events',
				'multiOptions',
				[],
				['invalid', 'notSelected', 'filtered', 'duplicate'],
			],
			['showTimesIn', 'Show Times In', 'options', ''],
			['validation', 'Validation', 'options', 'tolerant', ['tolerant', 'strict']],
			['timeZone', "VoiceFox's Time Zone", 'options', ''],
		]);
		expect(find(entriesOf('options'), 'timeZone').typeOptions).toEqual({ loadOptionsMethod: 'getTimeZones' });
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
	it('shows a parameter only for the events that it applies to', () => {
		const shownFor = ({ name, displayOptions }: INodeProperties) => {
			const events = displayOptions?.show?.['/triggerOn'] as string[] | undefined;
			return events === undefined ? [] : [[name, [...events].sort()]];
		};
		expect(Object.fromEntries(everyProperty.flatMap(shownFor))).toEqual({
			hitStatus: [...ANALYSES].sort(),
			questions: [...ANALYSES].sort(),
			callHits: [...ANALYSES].sort(),
			answered: [...CALLS].sort(),
			assistantIds: [...CALLS].sort(),
			direction: [...CALLS].sort(),
			minimumTalkTime: [...CALLS].sort(),
			phoneNumbers: [...CALLS].sort(),
			validation: [...ANALYSES, 'callin.hangup', 'task.end'].sort(),
		});
	});
});

describe('the texts of the parameters (n8n’s rules for its interface)', () => {
	const TITLE_CASE = /^([A-Z"][\w"'-]*|[a-z]{1,4})( (\(?[A-Z"][\w"]*\)?|per|to|on|or))*$/;
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
		const typed = everyProperty.filter(({ type }) => type === 'string');
		expect(typed).not.toHaveLength(0);
		for (const { placeholder } of typed) expect(placeholder).toMatch(/^e\.g\. [\w+]/);
		for (const name of ['columns', 'filters', 'options'])
			expect(find(triggerParameters, name).placeholder).toMatch(/^Add [A-Z]/);
	});

	it('name an entry of the node panel for each event, in sentence case', () => {
		const events = find(triggerParameters, 'triggerOn').options as INodePropertyOptions[];
		for (const { action } of events) expect(action).toMatch(/^On [a-z ]+( \([a-z ]+\))?$/);
	});
});

describe('what the user set', () => {
	const DEFAULT_OPTIONS = {
		ignoreDuplicates: true,
		includeRawEvent: false,
		notProcessed: [],
		timeZone: '',
		validation: 'tolerant',
	};

	it('is this on a new node', () => {
		expect(settingsWith()).toMatchObject({
			triggerOn: ANALYSES,
			output: 'separate',
			columns: [],
			hitStatus: 'all',
			options: DEFAULT_OPTIONS,
		});
	});

	it('is read', () => {
		const options = {
			ignoreDuplicates: false,
			includeRawEvent: true,
			notProcessed: ['invalid', 'notSelected', 'filtered', 'duplicate'],
			timeZone: 'Asia/Tokyo',
			validation: 'strict',
		};
		expect(settingsWith({ triggerOn: ALL_EVENTS, options })).toMatchObject({
			triggerOn: ALL_EVENTS,
			options,
		});
	});

	it('has no white space around the time zone', () => {
		expect(settingsWith({ options: { timeZone: ' Asia/Tokyo ' } }).options.timeZone).toBe('Asia/Tokyo');
	});

	it('counts as unset where the editor hides it, of which n8n knows no value', () => {
		const read = readSettings(
			TRIGGER_SETTINGS,
			(name) => ({ ...defaultParameters, columns: undefined, hitStatus: undefined })[name],
		);
		expect(read).toEqual({ readable: true, value: settingsWith() });
	});
});

describe('a setting of the trigger that cannot be read', () => {
	it.each<[string, unknown, string]>([
		['triggerOn', [], 'Trigger On'],
		['triggerOn', ['*'], 'Trigger On'],
		['triggerOn', null, 'Trigger On'],
		['options', 'none', 'Options'],
		['options', null, 'Options'],
		['options', { ignoreDuplicates: 'no' }, 'Ignore Duplicates'],
		['options', { includeRawEvent: 2 }, 'Include Raw Event'],
		['options', { notProcessed: {} }, 'Output Unprocessed Events'],
		['options', { timeZone: {} }, "VoiceFox's Time Zone"],
		['options', { validation: 'lax' }, 'Validation'],
		['filters', { direction: 'sideways' }, 'Direction'],
	])('is named by its label: %s as %j', (parameter, value, label) => {
		const set: IDataObject = { ...defaultParameters, [parameter]: value as string };
		expect(readSettings(TRIGGER_SETTINGS, (name) => set[name])).toMatchObject({ readable: false, label });
	});

	it.each(['ignoreDuplicates', 'includeRawEvent', 'notProcessed', 'showTimesIn', 'timeZone', 'validation'])(
		'is an option %s that was added and came to nothing',
		(name) => {
			const { displayName: label } = find(entriesOf('options'), name);
			for (const nothing of [null, undefined]) {
				const set: IDataObject = { ...defaultParameters, options: { [name]: nothing } };
				expect(readSettings(TRIGGER_SETTINGS, (each) => set[each])).toMatchObject({ readable: false, label });
			}
		},
	);
});
