// @ts-check
// `npm run scan`: what n8n's package scan will say about this code, without publishing it first. Builds and packs the
// project, runs the scan's rules on the sources and on the published files, and looks at what is in the package. Any
// objection ends it with exit code 1.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, runCommand } from './lib/commands.mjs';
import { Fault, runScript } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';
import { step } from './lib/progress.mjs';
import { builtProject } from './lib/project.mjs';

const PACKED_BYTES_ALLOWED = 100_000;
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'package.json'];
const TEST_FILE = /(^|\/)(tests?|__tests__|__mocks__|fixtures)\/|\.(test|spec)\./;
const PACKAGE_FIELDS = ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies'];
/** What the scanner lints of the tarball; unlike `SOURCE_FILE_PATTERNS` it does not export this. */
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** @typedef {{ filename: string, size: number, files: Array<{ path: string }> }} Tarball as `npm pack --json` tells it */

runScript(async () => {
	await ensureDependencies();
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-scan-'));
	try {
		if (!(await isAcceptable(folder))) throw new Fault("n8n's package scan would not pass (see above).");
		console.log("✔ n8n's package scan would pass");
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

/** @param {string} folder an empty one, for the package */
async function isAcceptable(folder) {
	await builtProject();
	const tarball = await step('Packing the package', () => packInto(folder));
	const published = await unpacked(folder, tarball);
	const manifest = JSON.parse(await readFile(join(published, 'package.json'), 'utf8'));
	const { SOURCE_FILE_PATTERNS } = await loadScanner();
	return [
		await passesRules('Sources', projectFolder, SOURCE_FILE_PATTERNS),
		await passesRules('Published files', published, PUBLISHED_FILE_PATTERNS),
		passesContents(tarball, objectionsToContents(tarball, manifest)),
	].every(Boolean);
}

/**
 * Loaded late: on a fresh clone it has to be installed first.
 * @returns {Promise<{
 *   SOURCE_FILE_PATTERNS: string[],
 *   analyzePackage: (folder: string, patterns: string[]) =>
 *     Promise<{ passed: boolean, message?: string, details?: string }>,
 * }>}
 */
// @ts-expect-error The scanner comes without types.
const loadScanner = () => import('@n8n/scan-community-package/scanner/scanner.mjs');

/** @param {string} folder where the tarball goes @returns {Promise<Tarball>} */
async function packInto(folder) {
	const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
	const told = await npm(pack, { cwd: projectFolder, task: 'Packing the package' });
	return Object.values(JSON.parse(told))[0];
}

/** @param {string} folder where the tarball lies @param {Tarball} tarball @returns {Promise<string>} its files' folder */
async function unpacked(folder, { filename }) {
	// A relative name: tar on Windows takes "C:" for the name of another machine.
	const { exitCode, output } = await runCommand('tar', ['-xzf', filename], { cwd: folder });
	if (exitCode !== 0) throw new Fault(`Unpacking the package failed: ${output.trim()}`);
	return join(folder, 'package');
}

/**
 * @param {string} name for the reader
 * @param {string} folder
 * @param {string[]} patterns the files to lint
 * @returns {Promise<boolean>}
 */
async function passesRules(name, folder, patterns) {
	const { analyzePackage } = await loadScanner();
	const { passed, message, details = '' } = await analyzePackage(folder, patterns);
	// The scanner passes an empty folder; then this check could not fail.
	if (message === 'No files found to analyze')
		throw new Fault(`${name}: no file is ${patterns.join(' or ')}.`);
	console.log(passed ? `✔ ${name}` : `✖ ${name}: ${message}\n${details}`);
	return passed;
}

/**
 * @param {Tarball} tarball
 * @param {Record<string, any>} manifest the published package.json
 * @returns {string[]} what n8n, or this project, would object to
 */
function objectionsToContents({ size, files }, manifest) {
	const paths = files.map(({ path }) => path);
	const isWanted = (/** @type {string} */ path) => path.startsWith('dist/') || DOCUMENTS.includes(path);
	const promised = [...DOCUMENTS, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const fieldsInUse = PACKAGE_FIELDS.filter((field) => Object.keys(manifest[field] ?? {}).length > 0);
	return [
		...paths.filter((path) => !isWanted(path)).map((path) => `${path} does not belong in the package`),
		...paths.filter((path) => TEST_FILE.test(path)).map((path) => `${path} is a test file`),
		...promised.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
		...fieldsInUse.map((field) => `package.json has "${field}", but n8n allows no packages at run time`),
		...(size < PACKED_BYTES_ALLOWED ? [] : [`it must stay below ${PACKED_BYTES_ALLOWED} bytes packed`]),
	];
}

/** @param {Tarball} tarball @param {string[]} objections @returns {boolean} */
function passesContents({ size, files }, objections) {
	const title = `Contents: ${files.length} files, ${(size / 1000).toFixed(1)} kB packed`;
	console.log([objections.length === 0 ? `✔ ${title}` : `✖ ${title}`, ...objections].join('\n  '));
	return objections.length === 0;
}
