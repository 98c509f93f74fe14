// @ts-check
import { readFileSync } from 'node:fs';

const fixture = JSON.parse(
	readFileSync(new URL('../test/fixtures/outbound-analysis.json', import.meta.url), 'utf8'),
);

/**
 * An analysis event as VoiceFox sends it, with as many collected answers as wanted, all different.
 *
 * @param {number} answers
 * @param {number} [sentences] in each answer's message; 20 answers make about 7 kB in UTF-8 with 3, 8 kB with 5
 * @returns {string} the body's JSON
 */
export function analysisBody(answers, sentences = 3) {
	const { collect_targets: samples, ...call } = fixture.event_data;
	const targets = Array.from({ length: answers }, (_, index) => {
		const sample = samples[index % samples.length];
		return {
			...sample,
			question: `${index + 1}. ${sample.question}`,
			message: `${sample.message} The caller was asked twice and answered in a complete sentence, see the transcript: ${'はい、そうです。'.repeat(sentences)}`,
			question_uuid: `${sample.question_uuid.slice(0, -6)}${String(index).padStart(6, '0')}`,
		};
	});
	return JSON.stringify({ ...fixture, event_data: { ...call, collect_targets: targets } });
}
