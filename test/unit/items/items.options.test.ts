import type { IDataObject } from 'n8n-workflow';

import { eventOf, inbound, taskEnd } from '../../support/events';
import { recordsOf } from '../../support/items';

const itemsOf = async (body: unknown, parameters: IDataObject = {}) =>
	recordsOf(await eventOf(body), parameters);

describe("'Include Raw Event'", () => {
	const lists = { collect_targets: [{ hit: '1' }], conversation_analysis: [{}] };
	const data = { session_id: 's', raw: 'theirs', billsec: '5', ...lists };
	const sent = { event_name: 'callin.collect', event_data: data, beside: 1 };

	it.each(['separate', 'perCall', 'list'])(
		'adds the event as sent to the first item (%s)',
		async (output) => {
			const [[first = {}, ...others] = [], ...rest] = await itemsOf(sent, {
				output,
				options: { includeRawEvent: true },
			});
			expect(first).toMatchObject({ raw: sent, voicefox_raw: 'theirs', billsec: 5 });
			for (const item of [...others, ...rest.flat()]) expect(item.raw).toBe('theirs');
		},
	);
});

describe("'Time Zone'", () => {
	it('applies to every item, and leaves the raw event as sent', async () => {
		const options = { timeZone: 'Asia/Tokyo', includeRawEvent: true };
		const outputs = await itemsOf(inbound, { options });
		for (const item of outputs.flat()) expect(item.start_at).toBe('2026-11-20T10:15:02.000+09:00');
		expect(outputs[0]?.[0]?.raw).toEqual(inbound);

		const [task, results] = await itemsOf(taskEnd, { options });
		for (const item of [...(task ?? []), ...(results ?? [])]) {
			expect(item.task_start_at).toBe('2026-11-20T14:00:00.000+09:00');
		}
	});
});
