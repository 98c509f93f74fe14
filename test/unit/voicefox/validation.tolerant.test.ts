import {
	asSentOf,
	callEnded,
	documented,
	inbound,
	missedCall,
	taskEnd,
	validated,
	withData,
	type Body,
} from '../../support/events';
import { ANALYSIS, TASK, withField, type Path } from '../../support/fields';

const path = (names: Path) => ['event_data', ...names].join('.');

/** Puts a value at a documented place of an event: the validated `event_data`, or the issues. */
const put = async (body: Body, names: Path, value: unknown) =>
	await validated({ ...body, event_data: withField(body.event_data, names, value) });

/** Expects a field with the value `sent` to be read as `read`, and all others as they were. */
async function expectRead(body: Body, names: Path, sent: unknown, read: unknown) {
	expect(await put(body, names, sent)).toStrictEqual(withField(body.event_data, names, read));
	expect(await asSentOf({ ...body, event_data: withField(body.event_data, names, sent) })).toEqual([]);
}

/** Expects a field to be passed on as it was sent, and its path to be named. */
async function expectAsSent(body: Body, names: Path, sent: unknown) {
	const event_data = withField(body.event_data, names, sent);
	expect(await validated({ ...body, event_data })).toStrictEqual(event_data);
	expect(await asSentOf({ ...body, event_data })).toEqual([path(names)]);
}

const expectInvalid = async (body: Body, names: Path, sent: unknown) =>
	expect(await put(body, names, sent)).toEqual([
		{ path: path(names), message: expect.stringMatching(/\w \w/) as string },
	]);

const places = (kind: 'texts' | 'integers' | 'flags' | 'lists') =>
	[
		...ANALYSIS[kind].map((names) => [inbound, names] as const),
		...TASK[kind].map((names) => [taskEnd, names] as const),
	].map(([body, names]) => [path(names), body, names] as const);

const texts = [...places('texts'), ...ANALYSIS.words.map((names) => [path(names), inbound, names] as const)];
const absentAsSent = [
	...texts,
	...places('integers'),
	...places('flags'),
	...TASK.groups.map((names) => [path(names), taskEnd, names] as const),
];

describe('tolerant validation', () => {
	it.each(documented.map((body) => [body.event_name, body] as const))(
		'keeps a documented %s as it is',
		async (_, body) => {
			expect(await validated(body)).toEqual(body.event_data);
		},
	);

	it('reads a call that nobody answered', async () => {
		expect(await validated(missedCall)).toStrictEqual({
			...missedCall.event_data,
			assistant_infos: [],
			extra: {},
		});
	});

	it.each(absentAsSent)('lets %s be missing or null, as sent', async (_, body, names) => {
		await expectRead(body, names, undefined, undefined);
		await expectRead(body, names, null, null);
	});

	it.each(places('lists'))('makes %s a list when it is missing, null or ""', async (_, body, names) => {
		for (const absent of [undefined, null, '']) await expectRead(body, names, absent, []);
	});

	it('makes extra an object when it is missing, null, "" or an empty list', async () => {
		for (const absent of [undefined, null, '', []]) await expectRead(inbound, ['extra'], absent, {});
		for (const wrong of [['a'], 'a', 0, false]) await expectAsSent(inbound, ['extra'], wrong);
		const extra = { text: '', none: null, deep: { list: [1, { __typename: 'x' }] }, '': false };
		await expectRead(inbound, ['extra'], extra, extra);
	});

	it.each(texts)('reads %s as a text', async (_, body, names) => {
		await expectRead(body, names, '', '');
		await expectRead(body, names, ' any text ', ' any text ');
		await expectRead(body, names, 12, '12');
		await expectRead(body, names, -1.5, '-1.5');
		await expectRead(body, names, 0, '0');
		await expectRead(body, names, Number.MAX_SAFE_INTEGER, '9007199254740991');
		for (const wrong of [2 ** 53, true, [], {}]) await expectAsSent(body, names, wrong);
	});

	it.each(places('integers'))('reads %s as a number', async (_, body, names) => {
		await expectRead(body, names, '', null);
		await expectRead(body, names, '12', 12);
		await expectRead(body, names, '-3', -3);
		await expectRead(body, names, '0', 0);
		await expectRead(body, names, 1.5, 1.5);
		await expectRead(body, names, '1.5', 1.5);
		for (const wrong of ['12 s', '0x10', ' ', '07', '1e3', 'NaN', 'Infinity', true, [], [1], {}])
			await expectAsSent(body, names, wrong);
	});

	it('keeps an integer that no number holds exactly as the text of its digits', async () => {
		for (const long of ['7615917337495251231', '-9007199254740993'])
			await expectRead(inbound, ['task_id'], long, long);
		await expectRead(inbound, ['task_id'], '9007199254740991', Number.MAX_SAFE_INTEGER);
	});

	it.each(places('flags'))('reads %s as true or false', async (_, body, names) => {
		for (const yes of [true, 'true', 'TRUE', 'True', '1', 1]) await expectRead(body, names, yes, true);
		for (const no of [false, 'false', 'False', '0', 0]) await expectRead(body, names, no, false);
		await expectRead(body, names, '', null);
		for (const wrong of ['maybe', 'yes', ' true', 2, -1, [], {}]) await expectAsSent(body, names, wrong);
	});

	it.each(places('lists'))('refuses for %s what is no list of objects', async (_, body, names) => {
		for (const wrong of [{}, 'a', 0, false]) await expectInvalid(body, names, wrong);
		for (const wrong of [null, 'a', 0, [], true]) {
			expect(await put(body, names, [{}, wrong])).toEqual([
				{ path: `${path(names)}.1`, message: expect.stringMatching(/\w \w/) as string },
			]);
		}
	});

	it('reads task_progress as an object', async () => {
		await expectRead(taskEnd, ['task_progress'], '', null);
		for (const wrong of ['a', 0, true, []]) await expectAsSent(taskEnd, ['task_progress'], wrong);
	});

	it('takes any direction and any hangup_side', async () => {
		await expectRead(inbound, ['direction'], 'internal', 'internal');
		await expectRead(inbound, ['hangup_side'], 'assistant', 'assistant');
	});
});

describe('what tolerant validation requires', () => {
	it.each([inbound, callEnded].map((body) => [body.event_name, body] as const))(
		'is a session_id in %s',
		async (_, body) => {
			for (const wrong of [undefined, null, '', ' \n', true, ['s'], {}])
				await expectInvalid(body, ['session_id'], wrong);
			await expectRead(body, ['session_id'], 77, '77');
			await expectRead(body, ['session_id'], ' s ', ' s ');
		},
	);

	it('is a task_id in task.end', async () => {
		for (const wrong of [undefined, null, '', ' ', true, [], {}])
			await expectInvalid(taskEnd, ['task_id'], wrong);
		await expectAsSent(taskEnd, ['task_id'], 'a');
		await expectRead(taskEnd, ['task_id'], '7615917337495251231', '7615917337495251231');
		await expectRead(taskEnd, ['task_id'], '9021', 9021);
		await expectRead(taskEnd, ['task_id'], 0, 0);
	});

	it.each(documented.map(({ event_name }) => event_name))(
		'is an object as event_data of %s',
		async (event_name) => {
			for (const event_data of [undefined, null, '', 'a', 1, true, [], [{}]]) {
				expect(await validated({ event_name, event_data })).toEqual([
					{ path: 'event_data', message: 'Expected an object' },
				]);
			}
		},
	);

	it('is nothing else', async () => {
		const call = { session_id: 's', assistant_infos: [], extra: {} };
		const minimal = async (event_name: string, event_data: object) =>
			await validated({ event_name, event_data });
		expect(await minimal('callin.hangup', { session_id: 's' })).toStrictEqual(call);
		expect(await minimal('task.call.collect', { session_id: 's' })).toStrictEqual({
			...call,
			collect_targets: [],
			conversation_analysis: [],
		});
		expect(await minimal('task.end', { task_id: 1 })).toStrictEqual({ task_id: 1, task_overview: [] });
	});

	it('is only the envelope for a transfer and events that are not documented', async () => {
		for (const event_name of [
			'callin.transfer',
			'other',
			'task.call.hangup',
			'__proto__',
			'CALLIN.COLLECT',
		]) {
			expect(await validated({ event_name, event_data: { hit: 'maybe', session_id: [] } })).toStrictEqual({
				hit: 'maybe',
				session_id: [],
			});
			for (const nothing of [undefined, null]) {
				expect(await validated({ event_name, event_data: nothing })).toStrictEqual({});
			}
			for (const event_data of ['', 'text', 0, false, [], [1]]) {
				expect(await validated({ event_name, event_data })).toStrictEqual({ event_data });
			}
		}
	});
});

describe('what was passed on as sent', () => {
	it('is named by its place, 20 places at most, and never by its value', async () => {
		const secret = { secret: true };
		const collect_targets = Array.from({ length: 3 }, (_, place) => (place === 1 ? { hit: secret } : {}));
		const task_overview = [{ results: Array(30).fill({ total: secret }) as object[] }];
		expect(await asSentOf(withData(inbound, { collect_targets, billsec: '07' }))).toEqual([
			'event_data.collect_targets.1.hit',
			'event_data.billsec',
		]);
		expect(await asSentOf(withData(taskEnd, { task_overview }))).toEqual(
			Array.from({ length: 20 }, (_, place) => `event_data.task_overview.0.results.${place}.total`),
		);
	});
});

describe('the payload as received', () => {
	it('is not changed by conversions', async () => {
		const sent = withData(inbound, { billsec: '5', collect_targets: [{ hit: '1' }], assistant_infos: null });
		const text = JSON.stringify(sent);
		expect(await validated(sent)).toMatchObject({ billsec: 5, collect_targets: [{ hit: true }] });
		expect(JSON.stringify(sent)).toBe(text);
	});
});

describe('fields that VoiceFox does not document', () => {
	it('are kept at every level, next to fields that are converted', async () => {
		const later = { later: { list: [1, null, ''], none: null } };
		const assistant_infos = [{ assistant_id: '318', ...later }];
		const answers = [
			{ hit: '1', ...later },
			{ hit: true, ...later },
		];
		const sent = withData(inbound, { ...later, billsec: '5', assistant_infos, collect_targets: answers });
		expect(await validated(sent)).toStrictEqual({
			...sent.event_data,
			billsec: 5,
			assistant_infos: [{ assistant_id: 318, ...later }],
			collect_targets: [
				{ hit: true, ...later },
				{ hit: true, ...later },
			],
		});
	});
});
