import {
	callEnded,
	documented,
	eventOf,
	inbound,
	missedCall,
	taskEnd,
	validated,
	withData,
	type Body,
} from '../../support/events';
import { ANALYSIS, TASK, withField, type Path } from '../../support/fields';

const path = (names: Path) => ['event_data', ...names].join('.');

const put = async (body: Body, names: Path, value: unknown) =>
	await validated({ ...body, event_data: withField(body.event_data, names, value) }, 'strict');

const expectInvalid = async (body: Body, names: Path, sent: unknown) =>
	expect(await put(body, names, sent)).toEqual([
		{ path: path(names), message: expect.stringMatching(/\w \w/) as string },
	]);

const expectKept = async (body: Body, names: Path, sent: unknown) =>
	expect(await put(body, names, sent)).toEqual(withField(body.event_data, names, sent));

const everyField = [
	...[['session_id'], ...Object.values(ANALYSIS).flat()].map(
		(names) => [path(names), inbound, names] as const,
	),
	...[['task_id'], ...Object.values(TASK).flat()].map((names) => [path(names), taskEnd, names] as const),
];

const callFields = Object.keys(callEnded.event_data).map((name) => [name]);

describe('strict validation', () => {
	it.each(documented.map((body) => [body.event_name, body] as const))(
		'keeps a documented %s as it is',
		async (_, body) => {
			expect(await eventOf(body, 'strict')).toMatchObject({ data: body.event_data, asSent: [] });
		},
	);

	it.each(everyField)('refuses %s missing or null', async (_, body, names) => {
		await expectInvalid(body, names, undefined);
		await expectInvalid(body, names, null);
	});

	it.each(callFields)('refuses a call-ended event without %s', async (name) => {
		await expectInvalid(callEnded, [name], undefined);
	});

	it.each([...ANALYSIS.texts, ['session_id']].map((names) => [path(names), names] as const))(
		'refuses a number as the text %s',
		async (_, names) => await expectInvalid(inbound, names, 12),
	);

	it.each(ANALYSIS.integers.map((names) => [path(names), names] as const))(
		'refuses a text, a fraction and an inexact number as the integer %s',
		async (_, names) => {
			for (const wrong of ['12', '', 1.5, 2 ** 53, '7615917337495251231'])
				await expectInvalid(inbound, names, wrong);
			await expectKept(inbound, names, -1);
		},
	);

	it('refuses what only stands for true or false', async () => {
		for (const wrong of ['true', '0', 1, 0, '']) {
			await expectInvalid(inbound, ['collect_targets', '0', 'hit'], wrong);
			await expectInvalid(taskEnd, ['task_overview', '0', 'option'], wrong);
		}
	});

	it('refuses a blank session_id', async () => {
		for (const blank of ['', ' \n']) await expectInvalid(inbound, ['session_id'], blank);
	});

	it('knows two directions and two sides that hang up', async () => {
		for (const direction of ['inbound', 'outbound']) await expectKept(inbound, ['direction'], direction);
		for (const side of ['caller', 'callee']) await expectKept(inbound, ['hangup_side'], side);
		await expectInvalid(inbound, ['direction'], 'internal');
		await expectInvalid(inbound, ['direction'], '');
		await expectInvalid(inbound, ['hangup_side'], 'assistant');
		await expectInvalid(inbound, ['hangup_side'], 'inbound');
	});

	it('refuses "" and an empty list in place of lists and objects', async () => {
		for (const names of [...ANALYSIS.lists, ['extra']]) await expectInvalid(inbound, names, '');
		for (const names of [...TASK.lists, ...TASK.groups]) await expectInvalid(taskEnd, names, '');
		await expectInvalid(inbound, ['extra'], []);
		expect(await validated(missedCall, 'strict')).toHaveLength(2);
	});

	it('keeps empty texts and lists, which the document allows', async () => {
		for (const names of ANALYSIS.texts) await expectKept(inbound, names, '');
		for (const names of ANALYSIS.lists) await expectKept(inbound, names, []);
		for (const names of TASK.lists) await expectKept(taskEnd, names, []);
	});

	it('keeps fields that are not documented, at every level', async () => {
		for (const parent of [[], ['collect_targets', '1'], ['assistant_infos', '0'], ['extra']]) {
			await expectKept(inbound, [...parent, 'later'], { list: [null] });
		}
		for (const parent of [
			['task_progress'],
			['task_overview', '0'],
			['task_overview', '1', 'results', '0'],
		]) {
			await expectKept(taskEnd, [...parent, 'later'], '');
		}
	});

	it('looks only at the envelope of a transfer and of events that are not documented', async () => {
		for (const event_name of ['callin.transfer', 'task.call.hangup']) {
			expect(await validated({ event_name, event_data: { session_id: [] } }, 'strict')).toEqual({
				session_id: [],
			});
			expect(await validated({ event_name }, 'strict')).toEqual({});
		}
	});
});

describe('the issues of an invalid event', () => {
	const secrets = { caller: ['+12025550143'], duration: 'PT4711S', direction: 'sideways-secret' };
	const answers = Array.from({ length: 30 }, (_, index) => ({ hit: `maybe-${index}`, private_key: index }));

	it('are at most 20 and hold no value of the payload', async () => {
		const issues = await validated(withData(inbound, { ...secrets, collect_targets: answers }), 'strict');
		expect(issues).toHaveLength(20);
		expect(JSON.stringify(issues)).not.toMatch(/1202555|4711|secret|maybe|private/);

		const texts = answers.map(({ hit }) => hit);
		const unusable = await validated(withData(inbound, { ...secrets, collect_targets: texts }));
		expect(unusable).toEqual(
			Array.from({ length: 20 }, (_, place) => ({
				path: `event_data.collect_targets.${place}`,
				message: 'Expected an object',
			})),
		);
	});
});
