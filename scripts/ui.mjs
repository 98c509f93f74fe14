// @ts-check
import './lib/node-version.cjs';

// `--pictures` writes the documents' pictures again. Loaded afterwards, because an old Node could not even parse the rest.
const pictures = { UI_PICTURES: process.argv.includes('--pictures') ? '1' : '' };
import('../test/ui/run.mjs').then(({ runTestFiles }) => runTestFiles(['test/ui/editor.test.mjs'], pictures));
