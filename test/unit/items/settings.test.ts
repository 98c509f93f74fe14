import type { IDataObject } from 'n8n-workflow';

import { readSettings } from '../../../nodes/VoiceFox/settings/define';
import { filters } from '../../../nodes/VoiceFox/items/filters';
import { ITEM_SETTINGS } from '../../../nodes/VoiceFox/items/settings';

const read = (parameters: IDataObject) => readSettings(ITEM_SETTINGS, (name) => parameters[name]);

function settingsOf(parameters: IDataObject) {
	const reading = read(parameters);
	if (!reading.readable) throw new Error(`The test's setting '${reading.label}' cannot be read`);
	return reading.value;
}

const filtersOf = (filters: IDataObject) => settingsOf({ filters }).filters;

const labelOf = (name: string) =>
	filters.entries?.find(({ property }) => property.name === name)?.property.displayName;

const DEFAULT_FILTERS = {
	callHits: 'any',
	questions: [],
	direction: 'any',
	answered: 'any',
	minimumTalkTime: 0,
	phoneNumbers: [],
	taskIds: new Set(),
	assistantIds: new Set(),
};

describe('what every node that gives calls lets the user set', () => {
	it('has these defaults', () => {
		expect(settingsOf({})).toEqual({
			output: 'separate',
			columns: [],
			hitStatus: 'all',
			filters: DEFAULT_FILTERS,
		});
	});

	it('gives what the user set', () => {
		const filters = { callHits: 'every', direction: 'inbound', answered: 'missed', minimumTalkTime: 2.5 };
		expect(settingsOf({ output: 'list', hitStatus: 'notHit', filters })).toEqual({
			output: 'list',
			columns: [],
			hitStatus: 'notHit',
			filters: { ...DEFAULT_FILTERS, ...filters },
		});
	});

	it.each([
		['callHits', ['any', 'atLeastOne', 'every', 'none']],
		['direction', ['any', 'inbound', 'outbound']],
		['answered', ['answered', 'missed', 'any']],
	])('takes every value of the filter %s', (name, values) => {
		for (const value of values)
			expect(filtersOf({ [name]: value })).toEqual({ ...DEFAULT_FILTERS, [name]: value });
	});

	it.each([
		['output', ['separate', 'row', 'perCall', 'list']],
		['hitStatus', ['all', 'hit', 'notHit']],
	])('takes every value of %s', (name, values) => {
		for (const value of values) expect(settingsOf({ [name]: value })).toMatchObject({ [name]: value });
	});

	it.each(['taskIds', 'assistantIds'] as const)('takes %s as a list of IDs', (name) => {
		const ids = (value: unknown) => [...filtersOf({ [name]: value as string })[name]];
		expect(ids('318')).toEqual(['318']);
		expect(ids(' 318,402 , 5\n6 ')).toEqual(['318', '402', '5', '6']);
		expect(ids('１２、34，56')).toEqual(['12', '34', '56']);
		expect(ids(318)).toEqual(['318']);
		expect(ids([318, '402, 5'])).toEqual(['318', '402', '5']);
		expect(ids(' , ')).toEqual([]);
		expect(ids([])).toEqual([]);
	});

	it('keeps an entry that is no ID, so that a list of such entries lets nothing pass', () => {
		expect([...filtersOf({ taskIds: 'abc, 7' }).taskIds]).toEqual(['7', 'abc']);
	});

	it('takes phone numbers by their digits', () => {
		const numbers = (value: unknown) => filtersOf({ phoneNumbers: value as string }).phoneNumbers;
		expect(numbers('+1 (202) 555-0143, 0012025550167\n03.1234')).toEqual([
			'12025550143',
			'12025550167',
			'31234',
		]);
		expect(numbers(12025550143)).toEqual(['12025550143']);
		expect(numbers(['1', 2])).toEqual(['1', '2']);
		expect(numbers('')).toEqual([]);
		expect(numbers(' , ')).toEqual([]);
	});

	it('takes questions as a list, or as a text with one per line', () => {
		const questions = (value: unknown) => filtersOf({ questions: value as string }).questions;
		const one = { compared: 'one?', typed: 'One?' };
		const two = { compared: 'two, or more?', typed: 'Two, or more?' };
		expect(questions(['One?', ' Two, or more? ', '', ' '])).toEqual([one, two]);
		expect(questions('One?\nTwo, or more?\r\n\n')).toEqual([one, two]);
		expect(questions(['１', '1'])).toEqual([{ compared: '1', typed: '1' }]);
		expect(questions('')).toEqual([]);
	});

	it('takes columns in the order given, trimmed, without those that name no field', () => {
		const columns = (...values: unknown[]) =>
			settingsOf({ columns: { values } as unknown as IDataObject }).columns;
		expect(columns({ field: ' b ', column: ' B ' }, { field: 'a' }, { field: 5, column: 6 })).toEqual([
			{ field: 'b', column: 'B' },
			{ field: 'a', column: '' },
			{ field: '5', column: '6' },
		]);
		expect(columns({ field: ' ', column: 'lost' }, {}, { column: 'lost' })).toEqual([]);
		expect(settingsOf({ columns: {} }).columns).toEqual([]);
	});
});

describe('a setting that cannot be read', () => {
	it.each<[string, unknown, string]>([
		['output', '', 'Output'],
		['output', null, 'Output'],
		['columns', null, 'Columns'],
		['columns', [], 'Columns'],
		['columns', { values: 'session_id' }, 'Columns'],
		['columns', { values: [{ field: {} }] }, 'Columns'],
		['hitStatus', 'maybe', 'Hit Status'],
		['hitStatus', null, 'Hit Status'],
		['filters', null, 'Filters'],
		['filters', { callHits: 'some' }, 'Start Workflow When'],
		['filters', { direction: 'sideways' }, 'Direction'],
		['filters', { answered: true }, 'Answered or Missed'],
		['filters', { minimumTalkTime: 'long' }, 'Minimum Talk Time'],
		['filters', { minimumTalkTime: NaN }, 'Minimum Talk Time'],
		['filters', { questions: {} }, 'Only These Questions'],
		['filters', { questions: [{}] }, 'Only These Questions'],
		['filters', { phoneNumbers: {} }, 'Phone Numbers'],
		['filters', { taskIds: {} }, 'Task IDs'],
		['filters', { assistantIds: [null] }, 'Assistant IDs'],
	])('is named by its label: %s as %j', (parameter, value, label) => {
		expect(read({ [parameter]: value } as IDataObject)).toMatchObject({ readable: false, label });
	});

	it.each(Object.keys(DEFAULT_FILTERS))('is a filter %s that was added and came to nothing', (name) => {
		for (const nothing of [null, undefined]) {
			const reading = read({ filters: { direction: 'any', [name]: nothing } });
			expect(reading).toMatchObject({ readable: false, label: labelOf(name) });
		}
	});
});
