// @ts-check
// `npm test`: everything that says whether the code is right, on a fresh clone too. Arguments after `--` go to jest.
import './lib/node-version.cjs';

// Loaded afterwards, because an old Node could not even parse the rest.
import('./lib/checks.mjs').then(({ runChecks }) => runChecks(process.argv.slice(2)));
