// @ts-check
import './lib/node-version.cjs';

const FILES = ['test/examples/send.test.mjs', 'test/examples/examples.test.mjs'];

// Loaded afterwards, because an old Node could not even parse the rest.
import('../test/ui/run.mjs').then(({ runTestFiles }) => runTestFiles(FILES));
