// @ts-check
// `npm run test:queue`: n8n's queue mode with a worker killed under load.
import './lib/node-version.cjs';

// Loaded afterwards, because an old Node could not even parse the rest.
import('../test/queue/run.mjs').then(({ runQueueTest }) => runQueueTest());
