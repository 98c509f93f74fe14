import { authorize, REFUSALS, tokenProblem } from '../../../nodes/VoiceFox/trigger/authorization';

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

describe('the reasons in the log', () => {
	it('tell an absent header, a wrong one and an unusable token apart', () => {
		expect(REFUSALS).toEqual({
			headerMissing: expect.stringMatching(/no Authorization header/) as string,
			headerWrong: expect.stringMatching(/Authorization header differs/) as string,
			tokenUnusable: expect.stringMatching(/no usable token/) as string,
		});
	});
});

describe('tokenProblem', () => {
	it.each([
		[{ authorizationToken: TOKEN }],
		[{ authorizationToken: `Bearer ${TOKEN}` }],
		[{ authorizationToken: `${TOKEN}\n` }],
		[{ authorizationToken: TOKEN, previousAuthorizationToken: '' }],
		[{ authorizationToken: TOKEN, previousAuthorizationToken: 'old' }],
	])('finds none in %j', (credential) => {
		expect(tokenProblem(credential)).toBeNull();
	});

	const blank = (label: string) => `'${label}' is blank. Enter the value from VoiceFox's webhook page.`;
	const onlyBearer = (label: string) =>
		`'${label}' is only the word "Bearer". Enter the value that follows it on VoiceFox's webhook page.`;
	const lineBreak = (label: string) =>
		`'${label}' contains a line break, which no request can carry. Copy the value again, as one line.`;

	it.each([
		[undefined, blank],
		[null, blank],
		[12, blank],
		['', blank],
		['  ', blank],
		['Bearer', onlyBearer],
		[' bearer ', onlyBearer],
		['one\ntwo', lineBreak],
		['one\rtwo', lineBreak],
	])('says what is wrong with %j', (token, problem) => {
		expect(tokenProblem({ authorizationToken: token })).toBe(problem('Authorization Token'));
		if (token === undefined || token === '') return;
		expect(tokenProblem({ authorizationToken: TOKEN, previousAuthorizationToken: token })).toBe(
			problem('Previous Authorization Token'),
		);
	});

	it('speaks of the token in use first', () => {
		expect(tokenProblem({ authorizationToken: '', previousAuthorizationToken: 'Bearer' })).toBe(
			blank('Authorization Token'),
		);
	});
});
