// @ts-check
// `npm run scan`: what n8n's package scan will say about this code, without publishing it first.
import './lib/node-version.cjs';

// Loaded afterwards, because an old Node could not even parse the rest.
import('./lib/package-scan.mjs').then(({ runPackageScan }) => runPackageScan());
