// @ts-check
// Writes the sample items into the examples again: `node test/examples/pin.mjs`, after the trigger's items have changed.
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { writeFormatted } from '../support/write-formatted.mjs';
import { example, pinnedItems, pinnedSampleOf, TRIGGER } from './samples.mjs';

for (const [name, event] of Object.entries(pinnedSampleOf)) {
	const workflow = await example(name);
	const pinData = { [TRIGGER]: (await pinnedItems(workflow, event)).map((json) => ({ json })) };
	const text = JSON.stringify({ ...workflow, pinData }, null, '\t');
	await writeFormatted(join(projectFolder, 'examples', `${name}.json`), text);
}
