import type { IDataObject } from 'n8n-workflow';

import { transcript, turn } from '../../../nodes/VoiceFox/actions/call/transcript';

const names = { assistant: 'Assistant', customer: 'Customer' };
const turnOf = (entry: IDataObject) => turn(entry, 'asked-for', names);
const line = (entry: IDataObject) => transcript([turnOf(entry)]);

it('names the two speakers, and nobody for events', () => {
	const events = ['system.say', 'customer.say', 'begin', 'hangup', 'transfer.connected', 'later', undefined];
	expect(events.map((event) => turnOf({ event }).speaker)).toEqual([
		'Assistant',
		'Customer',
		null,
		null,
		null,
		null,
		null,
	]);
});

it('fills what VoiceFox leaves out', () => {
	expect(turnOf({ event: 'customer.say', content: null })).toEqual({
		speaker: 'Customer',
		text: '',
		offset_ms: null,
		created_at: null,
		event: 'customer.say',
		session_id: 'asked-for',
	});
});

it.each(['', null, undefined])('names the call that was asked for where an entry has %p', (sessionId) => {
	expect(turnOf({ sessionId }).session_id).toBe('asked-for');
});

it.each([
	[0, '00:00'],
	[999, '00:00'],
	[7020, '00:07'],
	[61_500, '01:01'],
	[3_599_999, '59:59'],
	[3_600_000, '1:00:00'],
	[36_065_000, '10:01:05'],
	[-1, '00:00'],
])('writes %d ms as %s', (elapsedMillSeconds, clock) => {
	expect(line({ event: 'system.say', content: 'Hello', elapsedMillSeconds })).toBe(
		`[${clock}] Assistant: Hello`,
	);
});

it('keeps a turn on one line, and leaves out turns without words', () => {
	expect(line({ event: 'customer.say', content: ' one\r\n two\t three ' })).toBe('Customer: one two three');
	expect(line({ event: 'customer.say', content: ' \n' })).toBe('');
});

it('says what happened besides speaking, known or not', () => {
	expect(line({ event: 'begin', elapsedMillSeconds: 0 })).toBe('[00:00] (call begins)');
	expect(line({ event: 'dtmf', content: '5' })).toBe('(dtmf: 5)');
	expect(line({})).toBe('(event)');
});
