import type { IDataObject } from 'n8n-workflow';

import { readSettings } from '../../../nodes/VoiceFox/items/settings';
import { ALL_EVENTS, defaultParameters, settingsWith } from '../../support/settings';

const filtersOf = (filters: IDataObject) => settingsWith({ filters }).filters;
const read = (parameters: IDataObject) =>
	readSettings((name) => ({ ...defaultParameters, ...parameters })[name]);

const DEFAULT_FILTERS = {
	callHits: 'any',
	questions: new Set(),
	direction: 'any',
	answeredOnly: false,
	minimumTalkTime: 0,
	taskIds: new Set(),
	assistantIds: new Set(),
};

const DEFAULT_OPTIONS = {
	ignoreDuplicates: true,
	includeRawEvent: false,
	invalidPayloads: 'reject',
	timeZone: '',
	validation: 'tolerant',
};

describe('readSettings', () => {
	it('gives the defaults of contract section 3.1 for a new node', () => {
		expect(settingsWith()).toEqual({
			triggerOn: ['callin.collect', 'task.call.collect'],
			output: 'separate',
			hitStatus: 'all',
			filters: DEFAULT_FILTERS,
			options: DEFAULT_OPTIONS,
		});
	});

	it('gives them for entries that were saved empty, too', () => {
		const emptied = (entries: object) => Object.fromEntries(Object.keys(entries).map((name) => [name, null]));
		const settings = settingsWith({ filters: emptied(DEFAULT_FILTERS), options: emptied(DEFAULT_OPTIONS) });
		expect(settings).toEqual(settingsWith());
	});

	it('gives the default for a parameter that the editor hides, of which n8n knows no value', () => {
		expect(settingsWith({ hitStatus: null })).toEqual(settingsWith());
	});

	it('gives what the user set', () => {
		const options = {
			ignoreDuplicates: false,
			includeRawEvent: true,
			invalidPayloads: 'emit',
			timeZone: 'Asia/Tokyo',
			validation: 'strict',
		};
		const filters = { callHits: 'every', direction: 'inbound', answeredOnly: true, minimumTalkTime: 2.5 };
		expect(
			settingsWith({ triggerOn: ALL_EVENTS, output: 'list', hitStatus: 'notHit', filters, options }),
		).toEqual({
			triggerOn: ALL_EVENTS,
			output: 'list',
			hitStatus: 'notHit',
			filters: { ...DEFAULT_FILTERS, ...filters },
			options,
		});
	});

	it.each([
		['callHits', ['any', 'atLeastOne', 'every', 'none']],
		['direction', ['any', 'inbound', 'outbound']],
	])('takes every value of the filter %s', (name, values) => {
		for (const value of values)
			expect(filtersOf({ [name]: value })).toEqual({ ...DEFAULT_FILTERS, [name]: value });
	});

	it.each([
		['output', ['separate', 'perCall', 'list']],
		['hitStatus', ['all', 'hit', 'notHit']],
	])('takes every value of %s', (name, values) => {
		for (const value of values) expect(settingsWith({ [name]: value })).toMatchObject({ [name]: value });
	});

	it('drops white space around the time zone', () => {
		expect(settingsWith({ options: { timeZone: ' Asia/Tokyo ' } }).options.timeZone).toBe('Asia/Tokyo');
	});

	it.each(['taskIds', 'assistantIds'])('splits %s at commas and white space', (name) => {
		const ids = (value: unknown) => [...filtersOf({ [name]: value as string })[name as 'taskIds']];
		expect(ids('318')).toEqual(['318']);
		expect(ids(' 318,402 , 5\n6 ')).toEqual(['318', '402', '5', '6']);
		expect(ids('１２、34，56')).toEqual(['12', '34', '56']);
		expect(ids(318)).toEqual(['318']);
		expect(ids(' , ')).toEqual([]);
	});

	it('takes questions as a list, or as a text with one per line', () => {
		const questions = (value: unknown) => [...filtersOf({ questions: value as string }).questions];
		expect(questions(['One?', ' Two, or more? ', '', ' '])).toEqual(['one?', 'two, or more?']);
		expect(questions('One?\nTwo, or more?\r\n\n')).toEqual(['one?', 'two, or more?']);
		expect(questions(['１', '1'])).toEqual(['1']);
		expect(questions('')).toEqual([]);
	});
});

describe('a parameter that cannot be read', () => {
	it.each([
		['triggerOn', 'callin.collect'],
		['triggerOn', ['*']],
		['triggerOn', null],
		['output', ''],
		['output', null],
		['hitStatus', 'maybe'],
		['filters', null],
		['filters', { callHits: 'some' }],
		['filters', { direction: 'sideways' }],
		['filters', { answeredOnly: 'yes' }],
		['filters', { minimumTalkTime: 'long' }],
		['filters', { minimumTalkTime: NaN }],
		['filters', { questions: 5 }],
		['filters', { questions: [5] }],
		['filters', { taskIds: {} }],
		['options', 'none'],
		['options', { ignoreDuplicates: 'no' }],
		['options', { includeRawEvent: 1 }],
		['options', { invalidPayloads: 'drop' }],
		['options', { timeZone: 9 }],
		['options', { validation: 'lax' }],
	])('is named: %s as %j', (parameter, value) => {
		expect(read({ [parameter]: value } as IDataObject)).toEqual({ readable: false, parameter });
	});

	it('is named when n8n throws for it', () => {
		const thrown = readSettings((name) => {
			if (name === 'output') throw new Error('the expression is not valid');
			return defaultParameters[name];
		});
		expect(thrown).toEqual({ readable: false, parameter: 'output' });
	});

	it('has its default when n8n has no value because the editor hides it', () => {
		expect(read({ hitStatus: null })).toMatchObject({ readable: true, settings: { hitStatus: 'all' } });
	});
});
