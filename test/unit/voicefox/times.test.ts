import { isTimeZone, toZonedTime, withZonedTimes } from '../../../nodes/VoiceFox/voicefox/times';

const TOKYO = 'Asia/Tokyo';

describe('toZonedTime', () => {
	it.each([
		['2026-11-20 10:15:02', TOKYO, '2026-11-20T10:15:02.000+09:00'],
		['2026-11-20T10:15:02', TOKYO, '2026-11-20T10:15:02.000+09:00'],
		['2026-11-20T10:15:02.25', TOKYO, '2026-11-20T10:15:02.250+09:00'],
		['2026-11-20 10:15:02', 'UTC', '2026-11-20T10:15:02.000Z'],
		['2026-01-20 10:15:02', 'Europe/Berlin', '2026-01-20T10:15:02.000+01:00'],
		['2026-07-20 10:15:02', 'Europe/Berlin', '2026-07-20T10:15:02.000+02:00'],
	])('reads %s as a time in %s', (value, zone, time) => {
		expect(toZonedTime(value, zone)).toBe(time);
	});

	it.each([
		['2026-11-20T10:15:02Z', '2026-11-20T19:15:02.000+09:00'],
		['2026-11-20T10:15:02+08:00', '2026-11-20T11:15:02.000+09:00'],
		['2026-11-20T23:15:02.5-05:00', '2026-11-21T13:15:02.500+09:00'],
		['2026-11-20T10:15:02.123456789Z', '2026-11-20T19:15:02.123+09:00'],
	])('keeps the instant of %s, which names its own offset', (value, time) => {
		expect(toZonedTime(value, TOKYO)).toBe(time);
	});

	it.each([
		'',
		' ',
		'yesterday',
		'10:15',
		'2026',
		'2026-11-20 25:15:02',
		'2026-02-30 10:15:02',
		'20.11.2026 10:15:02',
		'1795255059',
		'see 2026-11-20 10:15:02',
		'2026-11-20 10:15:02 or so',
		'0001-01-01T00:00:00Z',
		'0001-01-01 00:00:00',
		'0001-01-01T08:05:43+08:05',
		null,
		undefined,
		1795255059,
		true,
		['2026-11-20 10:15:02'],
	])('leaves %j as it was', (value) => {
		expect(toZonedTime(value, TOKYO)).toBe(value);
	});
});

describe('withZonedTimes', () => {
	const fields = {
		start_at: '2026-11-20 10:15:02',
		answer_at: '',
		end_at: '2026-11-20 10:17:39',
		task_start_at: '2026-11-20 14:00:00',
		created_at: '2026-11-20 10:15:02',
		extra: { start_at: '2026-11-20 10:15:02' },
	};

	it('changes the four documented times, in their place, and nothing else', () => {
		const zoned = withZonedTimes(fields, TOKYO);
		expect(zoned).toEqual({
			...fields,
			start_at: '2026-11-20T10:15:02.000+09:00',
			end_at: '2026-11-20T10:17:39.000+09:00',
			task_start_at: '2026-11-20T14:00:00.000+09:00',
		});
		expect(Object.keys(zoned)).toEqual(Object.keys(fields));
		expect(withZonedTimes({ ...fields, answer_at: '2026-11-20 10:15:07' }, TOKYO).answer_at).toBe(
			'2026-11-20T10:15:07.000+09:00',
		);
	});

	it('adds no field', () => {
		expect(withZonedTimes({ session_id: 's' }, TOKYO)).toStrictEqual({ session_id: 's' });
	});

	it('shows the same instants in another zone', () => {
		const sent = { start_at: '2026-11-20 08:15:02', end_at: '2026-07-20T10:15:02Z', answer_at: '' };
		expect(withZonedTimes(sent, TOKYO, 'Europe/Berlin')).toEqual({
			start_at: '2026-11-20T00:15:02.000+01:00',
			end_at: '2026-07-20T12:15:02.000+02:00',
			answer_at: '',
		});
	});

	it('shows them in their own zone when none is set', () => {
		expect(withZonedTimes(fields, TOKYO, '')).toEqual(withZonedTimes(fields, TOKYO));
		expect(withZonedTimes(fields, '', TOKYO)).toBe(fields);
	});

	it.each(['Asia/Nowhere', '+01:00'])('leaves all as sent that should be shown in "%s"', (shownIn) => {
		expect(withZonedTimes(fields, TOKYO, shownIn)).toBe(fields);
	});

	it.each(['', 'Asia/Nowhere', '+09:00', 'local'])('leaves all as sent in the zone "%s"', (zone) => {
		expect(withZonedTimes(fields, zone)).toBe(fields);
	});
});

describe('isTimeZone', () => {
	it('knows the zones of the IANA', () => {
		expect(['Asia/Tokyo', 'asia/tokyo', 'UTC', 'Europe/Berlin'].map(isTimeZone)).toEqual([
			true,
			true,
			true,
			true,
		]);
	});

	it.each(['', ' ', 'Tokyo', 'Asia/Nowhere', 'UTC+9', '+09:00', '-0500', '+09', '09:00', '±09:00'])(
		'does not take "%s" for one',
		(zone) => expect(isTimeZone(zone)).toBe(false),
	);
});
