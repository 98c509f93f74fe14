import { FIELDS } from '../../../nodes/VoiceFox/actions/lists/fields';
import { answersOf, documented, eventOf, topicsOf } from '../../support/events';
import { recordsOf } from '../../support/items';

it('every documented column of a row is in the list of fields, and the list has no other', async () => {
	const parameters = { output: 'row', options: { includeRawEvent: true } };
	const rows = await Promise.all(
		documented.map(async (body) => ({ body, row: recordsOf(await eventOf(body), parameters)[0]![0]! })),
	);
	const ownNames = rows.flatMap(({ body, row }) => {
		const lists = [answersOf(body), topicsOf(body), body.event_data.task_overview as (typeof row)[]];
		const texts = lists.flatMap((list = []) => list.map(({ question, title }) => question ?? title));
		return Object.keys(row).filter((name) => !texts.includes(name) && !name.startsWith('extra_'));
	});
	expect(FIELDS.map(([name]) => name).sort()).toEqual([...new Set([...ownNames, 'source'])].sort());
});
