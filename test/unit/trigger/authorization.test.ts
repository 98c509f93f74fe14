import {
	authorize,
	REFUSALS,
	tokenProblem,
	uselessCredential,
} from '../../../nodes/VoiceFox/trigger/authorization';

const TOKEN = 'example Token 密码 ü';

/** A text as Node hands over the bytes of a header. */
const headerOf = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** What becomes of a header, sent to a node that holds these values. */
const authorizeText = (sent: string, ...[stored, previous]: unknown[]) =>
	authorize(headerOf(sent), { authorizationToken: stored, previousAuthorizationToken: previous });

describe('authorize', () => {
	it.each([
		TOKEN,
		`Bearer ${TOKEN}`,
		`bearer ${TOKEN}`,
		`BEARER \t  ${TOKEN}`,
		`  ${TOKEN}\t`,
		`  Bearer ${TOKEN}  `,
	])('lets in "%s"', (sent) => {
		expect(authorizeText(sent, TOKEN)).toBe('authorized');
	});

	it.each([`Bearer ${TOKEN}`, ` bearer  ${TOKEN} `, `\n${TOKEN}\n`])(
		'reduces the stored value %j like the header',
		(stored) => {
			expect(authorizeText(TOKEN, stored)).toBe('authorized');
			expect(authorizeText(`Bearer ${TOKEN}`, stored)).toBe('authorized');
		},
	);

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
	])('refuses %s', (_, sent) => {
		expect(authorizeText(sent, TOKEN)).toBe('headerWrong');
	});

	it('drops only one leading Bearer, on both sides', () => {
		expect(authorizeText('Bearer Bearer x', 'Bearer Bearer x')).toBe('authorized');
		expect(authorizeText('Bearer x', 'Bearer Bearer x')).toBe('headerWrong');
		expect(authorizeText('x', 'Bearer Bearer x')).toBe('headerWrong');
	});

	it('takes a token that begins with the letters of Bearer as it is', () => {
		expect(authorizeText('Bearer_1', 'Bearer_1')).toBe('authorized');
		expect(authorizeText('Bearer Bearer_1', 'Bearer_1')).toBe('authorized');
		expect(authorizeText('_1', 'Bearer_1')).toBe('headerWrong');
	});

	it('leaves the word Bearer in the middle and at the end alone', () => {
		expect(authorizeText('a Bearer b', 'a Bearer b')).toBe('authorized');
		expect(authorizeText('a b', 'a Bearer b')).toBe('headerWrong');
		expect(authorizeText('a', 'a Bearer')).toBe('headerWrong');
	});

	it('compares bytes: the UTF-8 of the stored value, not its latin1', () => {
		expect(authorize(headerOf('ü'), { authorizationToken: 'ü' })).toBe('authorized');
		expect(authorize('ü', { authorizationToken: 'ü' })).toBe('headerWrong');
		expect(authorize(headerOf('é'), { authorizationToken: 'e\u0301' })).toBe('headerWrong');
	});

	it('never takes broken UTF-8 for the replacement character', () => {
		expect(authorize('\xff', { authorizationToken: '\ufffd' })).toBe('headerWrong');
	});

	it.each([undefined, '', ' ', '\t'])('tells an absent header (%j) from a wrong one', (header) => {
		expect(authorize(header, { authorizationToken: TOKEN })).toBe('headerMissing');
	});

	it('lets in the previous token as well, but only while it is stored', () => {
		expect(authorizeText('old', 'new', 'Bearer old')).toBe('authorized');
		expect(authorizeText('new', 'new', 'old')).toBe('authorized');
		expect(authorizeText('old', 'new')).toBe('headerWrong');
		expect(authorizeText('old', '', 'old')).toBe('authorized');
		expect(authorizeText('new old', 'new', 'old')).toBe('headerWrong');
	});

	it.each([undefined, null, '', '  ', 'Bearer', ' bearer ', 0, 12, true, {}, ['x']])(
		'lets nobody in with the stored value %j',
		(stored) => {
			for (const sent of ['', 'Bearer', 'Bearer Bearer', String(stored), 'x', 'undefined']) {
				expect(authorizeText(sent, stored)).toBe('tokenUnusable');
				expect(authorizeText(sent, stored, stored)).toBe('tokenUnusable');
				expect(authorizeText(sent, 'a real one', stored)).not.toBe('authorized');
			}
			expect(authorize(undefined, { authorizationToken: stored })).toBe('tokenUnusable');
		},
	);
});

describe('the reasons of a refusal', () => {
	it('tell an absent header, a wrong one and an unusable token apart', () => {
		expect(REFUSALS).toEqual({
			headerMissing: expect.stringMatching(/has no Authorization header/) as string,
			headerWrong: expect.stringMatching(/Authorization header is not the value/) as string,
			tokenUnusable: expect.stringMatching(/holds no usable token/) as string,
		});
	});
});

/** A value that a sender can put into a header, long enough not to be guessed. */
const GOOD = 'an-example_token.1';

const PROBLEMS: Array<[token: unknown, problem: RegExp]> = [
	[undefined, /is blank/],
	[null, /is blank/],
	[12, /is blank/],
	['', /is blank/],
	['  ', /is blank/],
	['Bearer', /is only the word "Bearer"/],
	[' bearer ', /is only the word "Bearer"/],
	['sixteen chars and\nmore', /contains a line break/],
	['sixteen chars and\rmore', /contains a line break/],
	['Bearer Bearer sixteen chars and more', /begins with "Bearer" twice/],
	['bearer  BEARER', /begins with "Bearer" twice/],
	['sixteen chars and ü', /contains a character that cannot be sent reliably/],
	['sixteen chars and \t more', /contains a character that cannot be sent reliably/],
	['sixteen chars and \u00a0 more', /contains a character that cannot be sent reliably/],
	['sixteen chars and \u007f', /contains a character that cannot be sent reliably/],
	['密码密码密码密码密码密码密码密码密码', /contains a character that cannot be sent reliably/],
	['fifteen letters', /is too short and can be guessed: use at least 16 characters/],
	['   fifteen letters   ', /is too short/],
	['Bearer fifteen letters', /is too short/],
];

describe('tokenProblem', () => {
	it.each([
		[{ authorizationToken: GOOD }],
		[{ authorizationToken: `Bearer ${GOOD}` }],
		[{ authorizationToken: ` ${GOOD}\n` }],
		[{ authorizationToken: 'sixteen letters.' }],
		[{ authorizationToken: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~\\' }],
		[{ authorizationToken: 'Bearer_of-good-news' }],
		[{ authorizationToken: GOOD, previousAuthorizationToken: '' }],
		[{ authorizationToken: GOOD, previousAuthorizationToken: `Bearer ${GOOD}` }],
	])('finds none in %j', (credential) => {
		expect(tokenProblem(credential)).toBeNull();
	});

	it.each(PROBLEMS)('says what is wrong with %j', (token, problem) => {
		expect(tokenProblem({ authorizationToken: token })).toMatch(problem);
		expect(tokenProblem({ authorizationToken: token })).toMatch(/^'Authorization Token' /);
		if (token === undefined || token === '') return;

		const previous = tokenProblem({ authorizationToken: GOOD, previousAuthorizationToken: token });
		expect(previous).toMatch(problem);
		expect(previous).toMatch(/^'Previous Authorization Token' /);
	});

	it('speaks of the token in use first, and never repeats one', () => {
		const both = { authorizationToken: 'too short', previousAuthorizationToken: 'short too' };
		expect(tokenProblem(both)).toMatch(/^'Authorization Token' is too short/);
		expect(tokenProblem({ authorizationToken: 'a\nsecret' })).not.toContain('secret');
	});

	it.each(['short', 'ü', 'Bearer Bearer twice-but-long-enough'])(
		'finds one in %j, which works all the same',
		(token) => {
			expect(tokenProblem({ authorizationToken: token })).not.toBeNull();
			expect(authorizeText(token, token)).toBe('authorized');
		},
	);
});

describe('uselessCredential', () => {
	it.each([
		[{ authorizationToken: GOOD }],
		[{ authorizationToken: 'short' }],
		[{ authorizationToken: 'ü' }],
		[{ authorizationToken: ' ', previousAuthorizationToken: 'old' }],
		[{ authorizationToken: 'one\ntwo', previousAuthorizationToken: 'old' }],
	])('lets pass what can authorize somebody: %j', (credential) => {
		expect(uselessCredential(credential)).toBeNull();
	});

	it.each([
		[{}, /'Authorization Token' is blank/],
		[{ authorizationToken: ' ', previousAuthorizationToken: 'Bearer' }, /'Authorization Token' is blank/],
		[{ authorizationToken: 'Bearer ' }, /is only the word "Bearer"/],
		[{ authorizationToken: 'one\ntwo' }, /contains a line break/],
	])('says what is wrong with what can authorize nobody: %j', (credential, problem) => {
		expect(uselessCredential(credential)).toMatch(problem);
	});
});
