import { DateTime } from 'luxon';

import { summaryOf } from '../../../nodes/VoiceFox/actions/trigger/getStatus';

const NOW = DateTime.fromISO('2026-11-28T10:20:00+09:00', { zone: 'Asia/Tokyo' });

const reason = (text: string, count = 1, last = '2026-11-28T01:15:00.000Z') => ({
	reason: text,
	count,
	last,
});

const summary = (status: object) =>
	summaryOf(
		{
			since: '2026-11-28T00:10:00.000Z',
			accepted: 12,
			refused: [],
			ignored: [],
			warnings: [],
			url: 'https://n8n.example.com/webhook/7/webhook',
			problem: null,
			...status,
		},
		NOW,
	);

it('says how many events were accepted', () => {
	expect(summary({})).toBe('12 events accepted since 28 Nov 09:10');
	expect(summary({ accepted: 1 })).toBe('1 event accepted since 28 Nov 09:10');
});

it('says what was refused, why, and when last', () => {
	expect(summary({ refused: [reason('why', 3)] })).toBe(
		'12 events accepted since 28 Nov 09:10; 3 requests refused: why (last 10:15)',
	);
	expect(summary({ refused: [reason('why', 1, '2026-11-27T01:15:00.000Z')] })).toBe(
		'12 events accepted since 28 Nov 09:10; 1 request refused: why (last 27 Nov 10:15)',
	);
});

it('names the latest three reasons of a kind, and what keeps the trigger from working', () => {
	const ignored = [reason('a', 2), reason('b'), reason('c'), reason('d')];
	expect(summary({ ignored, warnings: [reason('w')], problem: 'What to do' })).toBe(
		'12 events accepted since 28 Nov 09:10; 5 events ignored: a (2 times, last 10:15), b (1 times, last 10:15), c (1 times, last 10:15), 1 more reason; 1 warning given: w (last 10:15). What to do',
	);
});
