import {
	canAuthorize,
	isFrom,
	tokenHeader,
	tokenProblem,
	unusableProblem,
	withoutToken,
} from '../../../nodes/VoiceFox/token/token';

const TOKEN = 'example Token 密码 ü 1';

/** A value that a sender can put into a header, long enough not to be guessed. */
const GOOD = 'an-example_token.1';

/** A text as Node hands over the bytes of a header. */
const bytesOf = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** A request with this header. */
const carrying = (authorization: string) => ({ headers: { authorization } });

/** Whether a header is let in by a credential with these values. */
const matches = (sent: string, ...[stored, previous]: unknown[]) =>
	isFrom(carrying(bytesOf(sent)), { authorizationToken: stored, previousAuthorizationToken: previous });

describe('a header', () => {
	it.each([
		TOKEN,
		`Bearer ${TOKEN}`,
		`bearer ${TOKEN}`,
		`BEARER \t  ${TOKEN}`,
		`  ${TOKEN}\t`,
		`  Bearer ${TOKEN}  `,
	])('is the token: "%s"', (sent) => {
		expect(matches(sent, TOKEN)).toBe(true);
	});

	it.each([
		...[`Bearer ${TOKEN}`, ` bearer  ${TOKEN} `, `\n${TOKEN}\n`],
		...[`Bearer\n${TOKEN}`, `Bearer\v${TOKEN}`, `Bearer \f\r\n ${TOKEN}`],
	])('is reduced like the stored value %j', (stored) => {
		expect(matches(TOKEN, stored)).toBe(true);
		expect(matches(`Bearer ${TOKEN}`, stored)).toBe(true);
	});

	it.each([
		['another letter case', TOKEN.toUpperCase()],
		['a prefix of the value', TOKEN.slice(0, -1)],
		['more than the value', `${TOKEN}x`],
		['a changed inner space', TOKEN.replace(' ', '  ')],
		['a dropped inner space', TOKEN.replace(' ', '')],
		['two words Bearer', `Bearer Bearer ${TOKEN}`],
		['another scheme', `Basic ${TOKEN}`],
		['only the word Bearer', 'Bearer'],
		['quotation marks', `"${TOKEN}"`],
	])('is not the token with %s', (_, sent) => {
		expect(matches(sent, TOKEN)).toBe(false);
	});

	it('loses only one leading Bearer, on both sides', () => {
		expect(matches(`Bearer Bearer ${GOOD}`, `Bearer Bearer ${GOOD}`)).toBe(true);
		expect(matches(`Bearer ${GOOD}`, `Bearer Bearer ${GOOD}`)).toBe(false);
		expect(matches(GOOD, `Bearer Bearer ${GOOD}`)).toBe(false);
	});

	it('keeps the letters of Bearer where they are no leading word', () => {
		for (const token of [`Bearer_${GOOD}`, `a Bearer ${GOOD}`, `${GOOD} Bearer`]) {
			expect(matches(token, token)).toBe(true);
			for (const without of [token.replace('Bearer', ''), token.replace(/ ?Bearer ?/, ' ')]) {
				expect(matches(without, token)).toBe(false);
			}
		}
	});

	it('is compared by bytes: the UTF-8 of the stored value, not its latin1', () => {
		const umlauts = 'ü'.repeat(16);
		expect(isFrom(carrying(bytesOf(umlauts)), { authorizationToken: umlauts })).toBe(true);
		expect(isFrom(carrying(umlauts), { authorizationToken: umlauts })).toBe(false);
		expect(isFrom(carrying(bytesOf('é'.repeat(16))), { authorizationToken: 'e\u0301'.repeat(16) })).toBe(
			false,
		);
		expect(isFrom(carrying('\xff'.repeat(16)), { authorizationToken: '\ufffd'.repeat(16) })).toBe(false);
	});

	it('may be the previous token as well, but only while it is stored', () => {
		const old = 'the-old-example_token';
		expect(matches(old, GOOD, `Bearer ${old}`)).toBe(true);
		expect(matches(GOOD, GOOD, old)).toBe(true);
		expect(matches(old, GOOD)).toBe(false);
		expect(matches(old, '', old)).toBe(true);
		expect(matches(`${GOOD} ${old}`, GOOD, old)).toBe(false);
	});

	it('may hold a tab, which HTTP carries', () => {
		expect(matches('sixteen\tletters and more', 'sixteen\tletters and more')).toBe(true);
	});
});

describe('a stored value that authorizes nobody', () => {
	it.each([
		[undefined, /is blank/],
		[null, /is blank/],
		['', /is blank/],
		['  ', /is blank/],
		[0, /is blank/],
		[1234567890123456, /is blank/],
		[true, /is blank/],
		[{}, /is blank/],
		[['sixteen letters and more'], /is blank/],
		['Bearer', /is only the word "Bearer"/],
		[' bearer ', /is only the word "Bearer"/],
		['x', /is too short/],
		['fifteen letters', /is too short and can be guessed: use at least 16 characters/],
		['Bearer fifteen letters', /is too short/],
		['🦊'.repeat(15), /is too short/],
		['sixteen chars and\nmore', /contains a line break/],
		['sixteen chars and \u007f', /cannot be sent reliably/],
	])('is %j', (stored, problem) => {
		for (const sent of ['', 'Bearer', String(stored), `Bearer ${String(stored)}`, 'x', 'undefined']) {
			expect(matches(sent, stored)).toBe(false);
			expect(matches(sent, GOOD, stored)).toBe(false);
		}
		expect(canAuthorize({ authorizationToken: stored })).toBe(false);
		expect(canAuthorize({ authorizationToken: GOOD, previousAuthorizationToken: stored })).toBe(true);
		expect(unusableProblem({ authorizationToken: stored })).toMatch(problem);
		expect(tokenHeader({ authorizationToken: stored, previousAuthorizationToken: GOOD })).toEqual({
			problem: unusableProblem({ authorizationToken: stored }),
		});
	});

	it('is named, also beside one that can be used; an empty previous one is none', () => {
		const old = { previousAuthorizationToken: 'short' };
		expect(unusableProblem({ authorizationToken: GOOD, ...old })).toMatch(
			/^'Previous Authorization Token' is too short/,
		);
		for (const previousAuthorizationToken of [undefined, null, '']) {
			expect(unusableProblem({ authorizationToken: GOOD, previousAuthorizationToken })).toBeNull();
		}
	});
});

const PROBLEMS: Array<[token: unknown, problem: RegExp]> = [
	[undefined, /is blank/],
	[12, /is blank/],
	['  ', /is blank/],
	['Bearer', /is only the word "Bearer"/],
	['sixteen chars and\nmore', /contains a line break/],
	['sixteen chars and\rmore', /contains a line break/],
	['Bearer Bearer sixteen chars and more', /begins with "Bearer" twice/],
	['bearer  BEARER', /is too short/],
	['sixteen chars and ü', /contains a character that cannot be sent reliably/],
	['sixteen chars and \t more', /contains a character that cannot be sent reliably/],
	['sixteen chars and \u00a0 more', /contains a character that cannot be sent reliably/],
	['密码密码密码密码密码密码密码密码密码', /contains a character that cannot be sent reliably/],
	['   fifteen letters   ', /is too short and can be guessed: use at least 16 characters/],
];

describe("the credential's test", () => {
	it.each([
		[{ authorizationToken: GOOD }],
		[{ authorizationToken: `Bearer ${GOOD}` }],
		[{ authorizationToken: ` ${GOOD}\n` }],
		[{ authorizationToken: 'sixteen letters.' }],
		[{ authorizationToken: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~\\' }],
		[{ authorizationToken: 'Bearer_of-good-news' }],
		[{ authorizationToken: GOOD, previousAuthorizationToken: '' }],
		[{ authorizationToken: GOOD, previousAuthorizationToken: `Bearer ${GOOD}` }],
	])('finds no problem in %j', (credential) => {
		expect(tokenProblem(credential)).toBeNull();
		expect(unusableProblem(credential)).toBeNull();
	});

	it.each(PROBLEMS)('says what is wrong with %j', (token, problem) => {
		expect(tokenProblem({ authorizationToken: token })).toMatch(problem);
		expect(tokenProblem({ authorizationToken: token })).toMatch(/^'Authorization Token' /);
		if (token === undefined) return;

		const previous = tokenProblem({ authorizationToken: GOOD, previousAuthorizationToken: token });
		expect(previous).toMatch(problem);
		expect(previous).toMatch(/^'Previous Authorization Token' /);
	});

	it('speaks of the token in use first, and never repeats one', () => {
		const both = { authorizationToken: 'too short', previousAuthorizationToken: 'short too' };
		expect(tokenProblem(both)).toMatch(/^'Authorization Token' is too short/);
		expect(tokenProblem({ authorizationToken: 'a\nsecret' })).not.toContain('secret');
	});

	it.each(['ü'.repeat(16), 'Bearer Bearer twice-but-long-enough', 'a tab\tin a long one'])(
		'finds a problem in %j, which works all the same',
		(token) => {
			expect(tokenProblem({ authorizationToken: token })).not.toBeNull();
			expect(unusableProblem({ authorizationToken: token })).toBeNull();
			expect(matches(token, token)).toBe(true);
		},
	);
});

describe('the header to send', () => {
	it('holds no white space that no header can', () => {
		expect(tokenHeader({ authorizationToken: `BEARER\v\n${GOOD}` })).toEqual({ header: `BEARER ${GOOD}` });
	});

	it.each([`Bearer ${GOOD}`, `  ${GOOD} `, TOKEN, 'a tab\tin a long one'])(
		'is what the same credential lets in: %j',
		(authorizationToken) => {
			const sent = tokenHeader({ authorizationToken });
			expect(sent).toEqual({ header: bytesOf(authorizationToken.trim()) });
			expect(isFrom(carrying((sent as { header: string }).header), { authorizationToken })).toBe(true);
		},
	);

	it('is not repeated in a text that was sent back', () => {
		expect(withoutToken(`you sent Bearer ${GOOD}, ${GOOD}`, `Bearer ${GOOD}`)).toBe(
			'you sent Bearer ***, ***',
		);
	});
});
