// @ts-check
// What the memory for duplicates costs when it is full.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageFolder } from './support/instance.mjs';
import { grouped, promise } from './support/report.mjs';

const require = createRequire(import.meta.url);
const trigger = join(packageFolder(), 'dist', 'nodes', 'VoiceFox', 'trigger');
const { AcceptedDeliveries, MEMORY } = require(join(trigger, 'duplicates.js'));

/** As many different fingerprints as wanted. @param {number} place */
const fingerprintOf = (place) => createHash('sha256').update(String(place)).digest('base64');

/** Bytes that live objects take. */
function bytesInUse() {
	global.gc?.();
	global.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** An answer of 200 that was written already. */
const written = { statusCode: 200, writableEnded: true, once: () => {} };

/** @param {number} triggers @param {number} deliveries by trigger */
async function filledMemory(triggers, deliveries) {
	const memory = new AcceptedDeliveries();
	for (let place = 0; place < triggers * deliveries; place++) {
		const name = `workflow-${place % triggers}/node`;
		assert.equal(await memory.claim(name, fingerprintOf(place), written), 'first');
	}
	return memory;
}

/** @param {number} triggers @param {number} deliveries by trigger */
async function costOf(triggers, deliveries) {
	const before = bytesInUse();
	const memory = await filledMemory(triggers, deliveries);
	await new Promise((resolve) => setTimeout(resolve, 200));
	const bytes = bytesInUse() - before;
	return { bytes, size: memory.size };
}

/** @param {{ bytes: number, size: number }} cost */
const inWords = ({ bytes, size }) =>
	`${grouped(size)} deliveries, ${grouped(bytes)} bytes (${grouped(bytes / size)} each)`;

// What the first use loads and compiles is not the memory's.
await filledMemory(1, 100);

await promise('one trigger keeps its newest deliveries only', async () => {
	const cost = await costOf(1, MEMORY.perTrigger * 3);
	assert.equal(cost.size, MEMORY.perTrigger);
	return inWords(cost);
});

await promise('all triggers together are bounded', async () => {
	const triggers = 30;
	const cost = await costOf(triggers, MEMORY.perTrigger);
	assert.equal(cost.size, MEMORY.total);
	assert.ok(cost.bytes < 50_000_000, `${cost.bytes} bytes`);
	return inWords(cost);
});
