// @ts-check
import './lib/node-version.cjs';

// Loaded afterwards, because an old Node could not even parse the rest.
import('./lib/send-run.mjs').then(({ runSend }) => runSend());
