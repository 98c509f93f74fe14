import { unreachableProblem } from '../../../nodes/VoiceFox/protocol/address';

it.each([
	'http://localhost:5678/webhook/7/webhook',
	'https://localhost/webhook',
	'https://n8n.localhost',
	'https://n8n/webhook',
	'https://n8n.local/webhook',
	'https://n8n.lan./webhook',
	'http://127.0.0.1:5678',
	'http://2130706433:5678',
	'https://10.1.2.3',
	'https://172.16.0.1',
	'https://172.31.255.1',
	'https://192.168.0.7',
	'https://169.254.1.1',
	'https://100.64.0.1',
	'https://0.0.0.0',
	'https://[::1]:5678',
	'https://[fd12::1]',
	'https://[fe80::1]',
	'https://[::ffff:10.0.0.1]',
])('VoiceFox cannot reach %s', (url) => {
	expect(unreachableProblem(url)).toBe(
		`VoiceFox can't reach ${new URL(url).origin}: this address only works inside your own network. Whoever runs n8n sets WEBHOOK_URL to its public address, which begins with https://`,
	);
});

it('nobody should send to a public address without encryption', () => {
	expect(unreachableProblem('http://n8n.example.com/webhook')).toMatch(
		/^VoiceFox can't safely reach http:\/\/n8n\.example\.com: .* https:\/\/$/,
	);
});

it.each([
	'https://n8n.example.com/webhook',
	'https://172.15.0.1',
	'https://172.32.0.1',
	'https://100.128.0.1',
	'https://11.0.0.1',
	'https://local.example.com',
	'https://10.example.com',
	'https://127.example.org',
	'https://192.168.example.org',
	'https://172.16.example.org',
	'https://100.64.example.org',
	'https://169.254.example.org',
	'https://0.acme.example',
	'https://[2001:db8::1]',
	'undefined/webhook',
	undefined,
])('nothing is known against %s', (url) => {
	expect(unreachableProblem(url)).toBeNull();
});
