import fc from 'fast-check';

import { readDelivery } from '../../nodes/VoiceFox/trigger/delivery';
import { parseJson } from '../../nodes/VoiceFox/voicefox/json';
import { readEvent, VALIDATION_MODES } from '../../nodes/VoiceFox/voicefox/validation';
import { eventText, jsonText } from '../support/arbitraries';
import { isPlainData, textOf } from '../support/json';

const RUNS = { numRuns: 1000 };

const isAbsent = (value: unknown) => value === undefined || value === null || value === '';
const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The conversions that lose nothing, from what was sent to what was read. */
function isLossless(sent: unknown, read: unknown): boolean {
	if (textOf(sent) === textOf(read)) return true;
	if (isAbsent(sent)) return isAbsent(read) || ['[]', '{}'].includes(textOf(read));
	if (Array.isArray(sent) && Array.isArray(read)) {
		return sent.length === read.length && sent.every((element, index) => isLossless(element, read[index]));
	}
	if (isObject(sent) && isObject(read)) {
		return Object.keys(sent).every((name) => Object.hasOwn(read, name) && isLossless(sent[name], read[name]));
	}
	if (textOf(sent) === '[]') return textOf(read) === '{}';
	if (typeof read === 'boolean') return ['true', '1'].includes(String(sent)) === read;
	return typeof sent !== typeof read && String(sent) === String(read);
}

const added = (sent: unknown, read: unknown) =>
	isObject(sent) && isObject(read) ? Object.keys(read).filter((name) => !Object.hasOwn(sent, name)) : [];

const CALL_FIELDS = ['caller', 'start_at', 'billsec', 'direction', 'hangup_side', 'record_url'];
const LISTS = ['collect_targets', 'conversation_analysis', 'assistant_infos', 'extra', 'task_overview'];

async function deliveryOf(text: string) {
	const delivery = await readDelivery({
		contentType: 'application/json',
		body: JSON.parse(text) as unknown,
		rawBody: Buffer.from(text),
	});
	return delivery.valid ? delivery : null;
}

const isId = (value: unknown) =>
	typeof value === 'string' ? value.trim() !== '' : typeof value === 'number' && Number.isFinite(value);

const isList = (value: unknown): boolean =>
	isAbsent(value) || (Array.isArray(value) && (value as unknown[]).every(isObject));

const isTask = ({ task_id: id, task_overview: questions }: Record<string, unknown>) =>
	isId(id) &&
	isList(questions) &&
	(isAbsent(questions) || (questions as Array<{ results: unknown }>).every(({ results }) => isList(results)));

/** All that an event must have: its ID, and lists where lists stand. */
function isUsable(eventName: string, data: unknown): boolean {
	const isAnalysis = ['callin.collect', 'task.call.collect'].includes(eventName);
	if (!isAnalysis && !['callin.hangup', 'task.end'].includes(eventName)) return true;
	if (!isObject(data)) return false;
	if (eventName === 'task.end') return isTask(data);

	const { session_id: id, assistant_infos: assistants, collect_targets: answers } = data;
	return (
		isId(id) &&
		isList(assistants) &&
		(!isAnalysis || isList(answers)) &&
		(!isAnalysis || isList(data.conversation_analysis))
	);
}

/** The text of an event whose documented fields hold anything. */
const anythingText = fc
	.tuple(
		fc.constantFrom('callin.collect', 'callin.hangup', 'task.end', 'callin.transfer'),
		fc.dictionary(
			fc.constantFrom(...[...CALL_FIELDS, 'task_start_at', 'task_progress', ...LISTS, '__proto__', 'later']),
			jsonText,
			{ maxKeys: 6 },
		),
		fc.constantFrom('"s"', '7', '7615917337495251231', '" "', 'null'),
	)
	.map(([eventName, fields, id]) => {
		const texts = Object.entries({ ...fields, session_id: id, task_id: id });
		const data = texts.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join();
		return `{"event_name":"${eventName}","event_data":{${data}}}`;
	});

describe('validation', () => {
	it('refuses as tolerant nothing but events without their ID, and lists that are none', async () => {
		const seen = { accepted: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(fc.oneof(eventText, anythingText), async (text) => {
				const delivery = await deliveryOf(text);
				if (delivery === null) return;

				const isAccepted = isUsable(delivery.eventName, delivery.eventData);
				expect(readEvent(delivery, 'tolerant').valid).toBe(isAccepted);
				seen[isAccepted ? 'accepted' : 'refused']++;
			}),
			RUNS,
		);
		expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(RUNS.numRuns / 10);
	});

	it('converts without loss, and adds nothing but empty lists and objects', async () => {
		let checked = 0;
		await fc.assert(
			fc.asyncProperty(eventText, async (text) => {
				const delivery = await deliveryOf(text);
				const event = delivery && readEvent(delivery, 'tolerant');
				if (!event?.valid || event.kind === 'other') return;

				checked++;
				if (!isLossless(delivery?.eventData, event.data))
					throw new Error(`${text} became ${textOf(event.data)}`);
				expect(LISTS).toEqual(expect.arrayContaining(added(delivery?.eventData, event.data)));
				expect(isPlainData(event.data)).toBe(true);
			}),
			RUNS,
		);
		expect(checked).toBeGreaterThan(RUNS.numRuns / 4);
	});

	it('leaves the payload as it was received, with every digit', async () => {
		await fc.assert(
			fc.asyncProperty(eventText, fc.constantFrom(...VALIDATION_MODES), async (text, mode) => {
				const delivery = await deliveryOf(text);
				if (delivery === null) return;
				readEvent(delivery, mode);
				expect(textOf(delivery.received)).toBe(textOf(parseJson(text)));
			}),
			RUNS,
		);
	});

	it('accepts as tolerant, and without a change, all that it accepts as strict', async () => {
		let checked = 0;
		await fc.assert(
			fc.asyncProperty(eventText, async (text) => {
				const delivery = await deliveryOf(text);
				const strict = delivery && readEvent(delivery, 'strict');
				if (!strict?.valid) return;

				checked++;
				expect(delivery && readEvent(delivery, 'tolerant')).toEqual(strict);
				if (strict.kind !== 'other') expect(textOf(strict.data)).toBe(textOf(delivery?.eventData));
			}),
			RUNS,
		);
		expect(checked).toBeGreaterThan(RUNS.numRuns / 4);
	});

	it('never repeats a value in its issues', async () => {
		const secret = 'the caller’s secret';
		const wrong = fc.constantFrom([secret], { [secret]: secret }, { later: secret });
		const field = fc.constantFrom('hit', 'question', 'result');
		await fc.assert(
			fc.asyncProperty(field, wrong, jsonText, async (name, value, other) => {
				const answers = [{ [name]: value }, { hit: JSON.parse(other) as unknown }, secret];
				const event_data = { session_id: 's', direction: secret, collect_targets: answers, extra: secret };
				const delivery = await deliveryOf(textOf({ event_name: 'callin.collect', event_data }));
				for (const mode of VALIDATION_MODES) {
					const event = delivery && readEvent(delivery, mode);
					expect(event).toMatchObject({ valid: false });
					expect(textOf(event?.valid === false && event.issues)).not.toContain(secret);
					const tolerable = { ...event_data, collect_targets: answers.slice(0, 2) };
					const usable = await deliveryOf(textOf({ event_name: 'callin.collect', event_data: tolerable }));
					const read = usable && readEvent(usable, 'tolerant');
					expect(textOf(read?.valid && read.asSent)).not.toContain(secret);
				}
			}),
			RUNS,
		);
	});
});
