import type { INode } from 'n8n-workflow';

import { transcript, turn } from '../../nodes/VoiceFox/actions/call/transcript';
import { recordingType } from '../../nodes/VoiceFox/recording/audio';
import { statusProblem, toNodeError, unreachedProblem } from '../../nodes/VoiceFox/api/errors';
import { recordingName, wantedName } from '../../nodes/VoiceFox/recording/fileName';
import { withoutSecrets } from '../../nodes/VoiceFox/api/privacy';
import { baseUrlOf } from '../../nodes/VoiceFox/api/regions';
import { toParts } from '../../nodes/VoiceFox/items';
import { filterRefusal } from '../../nodes/VoiceFox/items/filters';
import { draggable, filledTexts, uniqueKeys } from '../../nodes/VoiceFox/items/names';
import { askedQuestions } from '../../nodes/VoiceFox/items/questions';
import { tokenProblem } from '../../nodes/VoiceFox/token/token';
import { authorize } from '../../nodes/VoiceFox/trigger/authorization';
import { readDelivery } from '../../nodes/VoiceFox/trigger/delivery';
import { fingerprint } from '../../nodes/VoiceFox/trigger/fingerprint';
import { toUnprocessedItem } from '../../nodes/VoiceFox/trigger/unprocessed';
import { idsIn, numberIdIn, sessionIdIn } from '../../nodes/VoiceFox/voicefox/ids';
import { comparablePhone, phoneNumbersIn } from '../../nodes/VoiceFox/voicefox/phoneNumbers';
import { queryRange } from '../../nodes/VoiceFox/api/queryTimes';
import { toZonedTime } from '../../nodes/VoiceFox/voicefox/times';
import { readEvent, type VoiceFoxEvent } from '../../nodes/VoiceFox/voicefox/validation';
import { comparable, textToNumber } from '../../nodes/VoiceFox/voicefox/values';
import { recordsOf } from '../support/items';
import { settingsWith } from '../support/settings';

/** Texts that a regular expression or a normalization may take long for, of any length. */
const TEXTS: Record<string, (length: number) => string> = {
	'one letter': (length) => 'a'.repeat(length),
	'spaces inside': (length) => `a${' '.repeat(length)}a`,
	'ideographic spaces inside': (length) => `a${'\u3000'.repeat(length)}a`,
	'line breaks inside': (length) => `a${'\n'.repeat(length)}a`,
	'dots inside': (length) => `a${'.'.repeat(length)}a`,
	'slashes inside': (length) => `https://a${'/'.repeat(length)}a`,
	'percent signs and spaces': (length) => `1${' %'.repeat(length / 2)} 1`,
	'combining marks': (length) => `a${'\u0315\u0300'.repeat(length / 2)}`,
	'texts that grow when they are normalized': (length) => '\ufdfa'.repeat(length),
	digits: (length) => '1'.repeat(length),
	'a time and digits': (length) => `2026-11-20T10:15:02.${'1'.repeat(length)}`,
	'a time and spaces': (length) => `2026-11-20 10:15:02${' '.repeat(length)}x`,
	'commas and digits': (length) => '1,'.repeat(length / 2),
	'the word Bearer': (length) => 'Bearer '.repeat(length / 7),
	'e-mail': (length) => 'e-'.repeat(length / 2),
};

const node = {
	id: 'n',
	name: 'VoiceFox',
	type: 't',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const set = (output: string) => ({ output, options: { timeZone: 'Asia/Tokyo' } });

function analysis(text: string): VoiceFoxEvent {
	const answer = { question: text, hit: true, result: text, message: text, question_uuid: text };
	const event_data = {
		session_id: text,
		caller: text,
		start_at: text,
		record_url: text,
		extra: { [text]: text },
		collect_targets: [answer, answer],
		conversation_analysis: [{ title: text, result: text }],
	};
	return eventOf({ event_name: 'callin.collect', event_data });
}

function taskEnd(text: string): VoiceFoxEvent {
	const results = [{ result: text, total: 1, percent: text }];
	const event_data = {
		task_id: 7,
		task_start_at: text,
		task_overview: [{ question: text, total: 1, results }],
	};
	return eventOf({ event_name: 'task.end', event_data });
}

function eventOf({
	event_name: eventName,
	event_data: eventData,
}: {
	event_name: string;
	event_data: object;
}) {
	const received = { event_name: eventName, event_data: eventData } as never;
	const event = readEvent({ valid: true, eventName, eventData, envelope: {}, received } as never, 'tolerant');
	if (!event.valid) throw new Error(`The event is not valid: ${JSON.stringify(event.issues)}`);
	return event;
}

const outOfPlace = (text: string) =>
	readEvent(
		{
			eventName: 'callin.collect',
			eventData: { session_id: text, billsec: text, collect_targets: [{ hit: text }], extra: text },
			envelope: {},
			received: {},
		} as never,
		'tolerant',
	);

const NAMES = { assistant: 'Assistant', customer: 'Customer' };

/** Everything in nodes/ that takes a text from outside. */
const FUNCTIONS: Record<string, (text: string) => unknown> = {
	authorize: (text) =>
		authorize(
			{ headers: { authorization: `Bearer ${text}` } },
			{ authorizationToken: text, previousAuthorizationToken: 'b' },
		),
	tokenProblem: (text) =>
		tokenProblem({ authorizationToken: text, previousAuthorizationToken: `Bearer ${text}` }),
	readDelivery: async (text) => await readDelivery({ contentType: 'text/plain', rawBody: Buffer.from(text) }),
	'readEvent, valid': analysis,
	'readEvent, not valid': outOfPlace,
	'toItems, separate': (text) => recordsOf(analysis(text), set('separate')),
	'toItems, perCall': (text) => recordsOf(analysis(text), set('perCall')),
	'toItems, row': (text) => recordsOf(analysis(text), set('row')),
	'toItems of a task, row': (text) => recordsOf(taskEnd(text), set('row')),
	'toItems of a task, list': (text) => recordsOf(taskEnd(text), set('list')),
	'toItems, row with columns': (text) =>
		recordsOf(analysis(text), { output: 'row', columns: { values: [{ field: text, column: text }] } }),
	toUnprocessedItem: (text) =>
		toUnprocessedItem({ kind: 'invalid', reason: 'r', cause: 'c', payload: text, issues: [] }, 1),
	fingerprint: (text) => fingerprint(analysis(text)),
	filterRefusal: (text) => {
		const settings = settingsWith({
			filters: { callHits: 'every', questions: [text], phoneNumbers: text, direction: 'any' },
		});
		return filterRefusal(toParts(analysis(text), settings), settings.filters);
	},
	askedQuestions: (text) =>
		askedQuestions([{ text, id: text }], [{ typed: text, compared: comparable(text) }]),
	draggable: (text) => draggable({ [text]: { [text]: text } }),
	comparable,
	textToNumber,
	uniqueKeys: (text) => uniqueKeys(filledTexts([text, text, `${text} (2)`], 'Question')),
	idsIn,
	numberIdIn,
	sessionIdIn,
	comparablePhone,
	phoneNumbersIn,
	queryRange: (text) => queryRange({ startTime: text, endTime: text }, 'Asia/Tokyo'),
	toZonedTime: (text) => toZonedTime(text, 'Asia/Tokyo'),
	transcript: (text) => transcript([turn({ event: 'customer.say', content: text }, text, NAMES)]),
	recordingName: (text) => recordingName({ start_at: text, caller: text }, text, 'mp3'),
	wantedName: (text) => wantedName(text, 'mp3'),
	recordingType: (text) => recordingType(Buffer.from(text.slice(0, 512)), text),
	withoutSecrets: (text) =>
		withoutSecrets({ [text]: text, creator: { [text]: text }, websocketUrl: `wss://a?${text}` }, [
			'example-api-token',
		]),
	statusProblem: (text) => statusProblem(400, { message: text }, 'call', ['example-api-token']),
	unreachedProblem: (text) => unreachedProblem({ message: text, description: text }, ['example-api-token']),
	toNodeError: (text) => toNodeError(node, new Error(text), 0),
	baseUrlOf: (text) => baseUrlOf({ region: 'custom', baseUrl: text }),
};

/** ms */
async function timeOf(take: (text: string) => unknown, text: string): Promise<number> {
	const started = performance.now();
	await take(text);
	return performance.now() - started;
}

/** ms for a text after which nobody needs to wait for one ten times as long. */
const HOPELESS = 1000;
/** What takes less than this (ms) for 1 MB is not looked at: there, other programs count for more. */
const NOTHING = 1000;
/** Ten times as long a text may take 10 times as long; a quadratic one takes 100 times as long. */
const MOST_TIMES = 40;
/** Other programs can only make it slower, so the best try counts. */
const TRIES = 3;

/** The times for 100 kB and 1 MB, in words, where they grow too fast; null where they do not. */
async function growthOf(take: (text: string) => unknown, textOf: (length: number) => string) {
	const short = await timeOf(take, textOf(10_000));
	const middle = short > HOPELESS ? Infinity : await timeOf(take, textOf(100_000));
	const long = middle > HOPELESS ? Infinity : await timeOf(take, textOf(1_000_000));
	const isSlow = long === Infinity || (long > NOTHING && long > MOST_TIMES * middle);
	return isSlow ? `${middle} ms, then ${long} ms` : null;
}

describe('a text of 1 MB takes about ten times as long as one of 100 kB', () => {
	it.each(Object.entries(FUNCTIONS))('in %s', async (_, take) => {
		const slow: string[] = [];
		for (const [name, textOf] of Object.entries(TEXTS)) {
			let growth = await growthOf(take, textOf);
			for (let tries = 1; growth !== null && tries < TRIES; tries++) growth = await growthOf(take, textOf);
			if (growth !== null) slow.push(`${name}: ${growth}`);
		}
		expect(slow).toEqual([]);
	});
});
