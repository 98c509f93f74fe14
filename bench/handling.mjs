// @ts-check
// What our code costs in process, as multiples of JSON.parse of the same body: `npm run bench [-- --short] [-- --write]`.
// On n8n's Node: on Node 20 copying a template, of which the split consists, is several times slower.
import { builtProject } from '../scripts/lib/project.mjs';
import { runOnNode24 } from './lib/node24.mjs';

await runOnNode24(import.meta.url, async () => {
	await builtProject();
	// Loaded only now: it needs the development packages and what was built.
	const { measureHandling } = await import('./lib/handling.mjs');
	await measureHandling();
});
