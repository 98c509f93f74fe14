// @ts-check
import { sampleEvent } from '../../scripts/lib/project.mjs';

const { event_name, event_data } = await sampleEvent('outbound-analysis');

/**
 * An analysis event as VoiceFox sends it, of another call each time, so that none is a duplicate.
 * @param {number} answers how many, all different; 20 make about 8 kB
 */
export function analysisOf(answers) {
	const { collect_targets: samples, ...call } = event_data;
	const collect_targets = Array.from({ length: answers }, (_, place) => {
		const sample = samples[place % samples.length];
		return {
			...sample,
			question: `${place + 1}. ${sample.question}`,
			message: `${sample.message} The caller was asked twice, see the transcript: ${'はい、そうです。'.repeat(5)}`,
			question_uuid: `${sample.question_uuid.slice(0, -6)}${String(place).padStart(6, '0')}`,
		};
	});
	return { event_name, event_data: { ...call, session_id: crypto.randomUUID(), collect_targets } };
}
