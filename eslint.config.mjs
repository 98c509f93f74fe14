// @ts-check
// Three versions in package.json stay as n8n's tools have them, and are raised with these only: ESLint 9.29.0 is the one that
// @n8n/node-cli brings (another one would be a second copy beside its rules), TypeScript 5.9.2 the one of its templates, and
// zod 3.25.76 the one that n8n 2.41 loads this package with.
import { config } from '@n8n/node-cli/eslint';

export default config;
