import { triggerUrlIn } from '../../../nodes/VoiceFox/actions/trigger/triggerUrl';

const OWN = ['https://n8n.example.com/', 'https://hooks.example.com:8443/webhook-waiting/7?token=example'];
const PATH = '/webhook/3f2a/webhook';

const problemOf = (text: string, own: unknown[] = OWN) => {
	try {
		return `taken: ${triggerUrlIn(text, own)}`;
	} catch (error) {
		return (error as Error).message;
	}
};

describe('takes', () => {
	it.each([
		[`https://n8n.example.com${PATH}`],
		['https://n8n.example.com/webhook-test/3f2a/webhook'],
		[`https://hooks.example.com:8443${PATH}`],
		[`https://hooks.example.com:8443/below/a/folder${PATH}`],
		[`https://n8n.example.com/projects${PATH}`],
	])('the URL of a trigger of this n8n: %s', (url) => {
		expect(triggerUrlIn(url, OWN)).toBe(url);
	});

	it.each([
		[`HTTPS://N8N.Example.com:443${PATH}`],
		[`https:\\\\n8n.example.com\\webhook\\3f2a\\webhook`],
		[`https://ｎ8n.example.com${PATH}`],
		[`https://n8n.exa\nmple.com${PATH}`],
	])('other spellings of the same URL, and gives the one that the HTTP client reads: %j', (url) => {
		expect(triggerUrlIn(url, OWN)).toBe(`https://n8n.example.com${PATH}`);
	});

	it.each([
		['http://localhost:5678', 'http://localhost:5678/'],
		['http://127.0.0.1:5678', 'http://2130706433:5678/'],
		['http://[::1]:5678', 'http://[0:0::1]:5678/'],
	])('a host as n8n names it: %s', (own, base) => {
		expect(triggerUrlIn(`${base}${PATH.slice(1)}`, [own])).toBe(`${own}${PATH}`);
	});
});

describe('refuses, whatever stands behind the host', () => {
	it.each([
		[`https://evil.example${PATH}`],
		[`http://n8n.example.com${PATH}`],
		[`https://n8n.example.com:8443${PATH}`],
		[`https://hooks.example.com${PATH}`],
		[`https://n8n.example.com.${PATH}`],
		[`https://n8n.example.com.evil.example${PATH}`],
		[`https://evil-n8n.example.com${PATH}`],
		[`https://evil.example/https://n8n.example.com${PATH}`],
		[`https://evil.example/?https://n8n.example.com${PATH}`],
		[`https://evil.example\\@n8n.example.com${PATH}`],
		[`https://evil.example#@n8n.example.com${PATH}`],
		[`https://n8n.example.com@evil.example${PATH}`],
		[`https://n8n.example.com%2f@evil.example${PATH}`],
		// Cyrillic letters that look Latin, and a full stop of another script.
		[`https://n8n.ехample.com${PATH}`],
		[`https://n8n.example.com。evil.example${PATH}`],
		[`https://xn--n8n.example.com${PATH}`],
	])('an address that is not of this n8n: %s', (url) => {
		expect(problemOf(url)).toMatch(
			/^'Trigger URL' leads to .+, which is not an address of this n8n \(.*\)\. Nothing was sent/,
		);
	});

	it.each([
		[`https://user@n8n.example.com${PATH}`],
		[`https://user:word@n8n.example.com${PATH}`],
		[`https://:word@n8n.example.com${PATH}`],
	])('a user name or a password, which would replace the token: %s', (url) => {
		expect(problemOf(url)).toMatch(/^'Trigger URL' holds a user name or password/);
	});

	it.each([
		['n8n.example.com/webhook/3f2a/webhook'],
		['//n8n.example.com/webhook/3f2a/webhook'],
		['ftp://n8n.example.com/webhook/3f2a/webhook'],
		['file:///webhook/3f2a/webhook'],
		['blob:https://n8n.example.com/webhook/3f2a/webhook'],
		['javascript:alert(1)'],
		['https://'],
	])('what is not a valid URL of http or https: %s', (url) => {
		expect(problemOf(url)).toMatch(/^'Trigger URL' is not a valid URL that starts with http/);
	});

	it('nothing', () => {
		expect(problemOf('')).toMatch(/^'Trigger URL' is empty\./);
	});

	it('and names its own addresses, each once', () => {
		expect(problemOf(`https://evil.example${PATH}`, [OWN[0], OWN[0], undefined, OWN[1]])).toContain(
			'which is not an address of this n8n (https://n8n.example.com or https://hooks.example.com:8443).',
		);
	});

	it('every address when n8n knows none of its own', () => {
		const unknown = [undefined, '', 'undefined', 'n8n.example.com', 'null', 'data:text/plain,'];
		expect(problemOf(`https://n8n.example.com${PATH}`, unknown)).toMatch(
			/which is not an address of this n8n/,
		);
	});
});

describe('explains', () => {
	it.each([
		['https://n8n.example.com/workflow/xyz'],
		['https://n8n.example.com/workflow/xyz/executions'],
		['http://localhost:5678/workflow/new'],
		['http://localhost:5678/home/workflows'],
		['http://localhost:5678/projects/7/workflows'],
	])("the editor's own address: %s", (url) => {
		expect(problemOf(url)).toBe(
			"'Trigger URL' is the address of a page of the editor, where no event can be sent. Open the VoiceFox Trigger, and copy its test URL or its production URL",
		);
	});

	it.each([
		['https://n8n.example.com/'],
		['https://n8n.example.com/webhook/my-own-path'],
		['https://n8n.example.com/rest/login'],
		['https://n8n.example.com/webhook'],
	])('the URL of something else in this n8n: %s', (url) => {
		expect(problemOf(url)).toMatch(
			/^'Trigger URL' is not the URL of a VoiceFox Trigger, which ends in \/webhook\./,
		);
	});
});
