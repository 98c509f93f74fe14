import { textIn } from '../voicefox/values';

const MASK = '***';

/** So many characters of a secret in a row are masked, too: a server may repeat a part of it. */
const PIECE_LENGTH = 12;

const NAME_LENGTH = 100;

/** A field's name with its words told apart: `creator_email` */
const words = (name: string) =>
	name
		.slice(0, NAME_LENGTH)
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replace(/[^a-z]+/g, '_');

/** The same in one: `creatoremail` */
const plain = (name: string) => words(name).replaceAll('_', '');

/** The token for listening in on an assistant's calls, and the address that may repeat it. */
const isWebsocketToken = (name: string) => plain(name) === 'websockettoken';
const isWebsocketUrl = (name: string) => plain(name) === 'websocketurl';

/** Whoever made or changed something: `creator`, `lastCreator`, `createdBy`, `create_user`, `updatedBy`, `creatorEmail`, … */
const isPerson = (name: string) =>
	/(^|_)(creat(or|er|ed?_?by|ed?_?user)|updat(er|ed?_?by)|owner|author)/.test(words(name));

const isEmailName = (name: string) => plain(name).includes('mail');

/** Written out, in full width, or encoded. */
const mayBeEmail = (value: unknown) => typeof value === 'string' && /@|＠|%40/.test(value);

/** An address without what is said after `?` and `#`, where secrets are. */
function withoutQueryValues(url: string): string {
	const [address = '', fragment] = url.split('#', 2);
	const [path = '', query] = address.split('?', 2);
	const names = query?.split('&').map((part) => `${part.split('=', 1)[0]}=${MASK}`);
	return path + (names ? `?${names.join('&')}` : '') + (fragment === undefined ? '' : `#${MASK}`);
}

const masked = (text: string, secrets: readonly string[]) =>
	secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, MASK)), text);

/** The websocket tokens in an answer that are long enough not to be a word by chance. */
function websocketTokens(value: unknown): string[] {
	if (value === null || typeof value !== 'object') return [];

	return Object.entries(value).flatMap(([name, field]) =>
		isWebsocketToken(name) && typeof field === 'string'
			? field.length >= PIECE_LENGTH
				? [field]
				: []
			: websocketTokens(field),
	);
}

interface Place {
	secrets: readonly string[];
	/** Inside what is said of a person */
	isInPerson: boolean;
}

const staysInside = (name: string, value: unknown, { isInPerson }: Place) =>
	isWebsocketToken(name) || ((isInPerson || isPerson(name)) && (isEmailName(name) || mayBeEmail(value)));

function cleanFields(fields: object, place: Place): object {
	const own = Object.entries(fields).find(([name]) => isWebsocketToken(name))?.[1] as unknown;
	const kept = Object.entries(fields).filter(([name, value]) => !staysInside(name, value, place));
	// Unlike an assignment, fromEntries makes a field called `__proto__` a field like any other.
	return Object.fromEntries(
		kept.map(([name, value]) => [
			name,
			isWebsocketUrl(name) && typeof value === 'string'
				? withoutQueryValues(masked(value, [textIn(own), ...place.secrets].flatMap(spellingsOf)))
				: clean(value, { ...place, isInPerson: place.isInPerson || isPerson(name) }),
		]),
	);
}

function clean(value: unknown, place: Place): unknown {
	if (typeof value === 'string') return masked(value, place.secrets);
	if (value === null || typeof value !== 'object') return value;
	if (!Array.isArray(value)) return cleanFields(value, place);

	const elements: unknown[] = place.isInPerson ? value.filter((element) => !mayBeEmail(element)) : value;
	return elements.map((element) => clean(element, place));
}

/**
 * VoiceFox's answer without what must not leave the node: websocket tokens at every depth (also inside addresses),
 * and the e-mail addresses of those who made or changed something.
 *
 * @param secrets the credential's; masked wherever they are
 */
export const withoutSecrets = <T>(value: T, secrets: readonly string[] = []): T =>
	clean(value, { secrets: [...secrets, ...websocketTokens(value)], isInPerson: false }) as T;

const asciiLowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The ways in which a server may write a token that it was sent. */
const spellingsOf = (secret: string) => [
	secret,
	encodeURIComponent(secret),
	Buffer.from(secret).toString('base64'),
	Buffer.from(`Bearer ${secret}`).toString('base64'),
];

/**
 * A server's own words without the credential's secrets: whole, in part (12 characters or more), in another case,
 * or encoded.
 */
export function withoutSecretPieces(words: string, secrets: readonly string[]): string {
	const text = asciiLowerCase(words);
	const secretPlaces = new Array<boolean>(text.length).fill(false);
	for (const secret of secrets.filter((one) => one !== '').flatMap(spellingsOf)) {
		const length = Math.min(secret.length, PIECE_LENGTH);
		const lower = asciiLowerCase(secret);
		const pieces = new Set(
			Array.from({ length: lower.length - length + 1 }, (_, at) => lower.slice(at, at + length)),
		);
		for (let at = 0; at + length <= text.length; at++) {
			if (pieces.has(text.slice(at, at + length))) secretPlaces.fill(true, at, at + length);
		}
	}
	return Array.from(secretPlaces, (hidden, at) =>
		!hidden ? words[at] : secretPlaces[at - 1] ? '' : MASK,
	).join('');
}
