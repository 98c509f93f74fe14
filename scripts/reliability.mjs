// @ts-check
// `npm run test:reliability`: the promises of docs/reliability.md, tried out, with their figures.
import './lib/node-version.cjs';

// Loaded afterwards, because an old Node could not even parse the rest.
import('./lib/reliability-run.mjs').then(({ runReliabilityTests }) => runReliabilityTests());
