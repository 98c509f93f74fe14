import { LineLimit } from '../../../nodes/VoiceFox/log/lineLimit';

const MINUTE = 60_000;

/** A limit of 10 lines a minute with a clock of its own, and what it has written. */
function limited() {
	const clock = { time: 1_000_000 };
	const limit = new LineLimit(undefined, () => clock.time);
	const written: string[] = [];
	const write = (kind: string, times = 1) => {
		for (let line = 0; line < times; line++) limit.write(kind, (remark) => written.push(`${kind}${remark}`));
	};
	return { clock, written, write };
}

const LAST = 'a (more of these within this minute are counted, not written)';

describe('LineLimit', () => {
	it('writes every line of a kind while they are few', () => {
		const { written, write } = limited();
		write('a', 9);
		expect(written).toEqual(Array<string>(9).fill('a'));
	});

	it('says in the tenth line that more are only counted', () => {
		const { written, write } = limited();
		write('a', 10);
		expect(written).toEqual([...Array<string>(9).fill('a'), LAST]);
	});

	it('writes ten lines for 10,000 in a minute', () => {
		const { written, write } = limited();
		write('a', 10_000);
		expect(written).toHaveLength(10);
	});

	it('names those left out in the first line after a minute, and begins again', () => {
		const { clock, written, write } = limited();
		write('a', 10_000);
		clock.time += MINUTE - 1;
		write('a');
		clock.time += 1;
		write('a', 10);
		expect(written.slice(10)).toEqual([
			'a (and 9991 more for this reason since the last such line)',
			...Array<string>(8).fill('a'),
			LAST,
		]);
	});

	it.each([1, 9, 10])('has nothing to name when %i lines were written and none left out', (lines) => {
		const { clock, written, write } = limited();
		write('a', lines);
		clock.time += MINUTE;
		write('a');
		expect(written.at(-1)).toBe('a');
	});

	it('forgets what it has named', () => {
		const { clock, written, write } = limited();
		write('a', 12);
		clock.time += MINUTE;
		write('a');
		clock.time += MINUTE;
		write('a');
		expect(written.slice(-2)).toEqual(['a (and 2 more for this reason since the last such line)', 'a']);
	});

	it('counts each kind by itself', () => {
		const { written, write } = limited();
		write('a', 100);
		write('b');
		expect(written).toHaveLength(11);
		expect(written.at(-1)).toBe('b');
	});

	it('goes by the real clock unless given another', () => {
		const written: string[] = [];
		const limit = new LineLimit({ lines: 2, time: MINUTE });
		for (let line = 0; line < 5; line++) limit.write('a', (remark) => written.push(remark));
		expect(written).toEqual(['', ' (more of these within this minute are counted, not written)']);
	});
});
