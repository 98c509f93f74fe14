// @ts-check
// `npm run scan`: what n8n's package scan will say about this code, without publishing it first. Builds and packs the
// project, runs the scan's rules on the sources and on the published files, and looks at what is in the package. Any
// objection ends it with exit code 1.
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { Fault, runScript } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';
import { builtProject, packedInto, unpack } from './lib/project.mjs';

/** Far more than the code needs: something else got in then. */
const PACKED_BYTES_ALLOWED = 150_000;
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'package.json'];
const TEST_FILE = /(^|\/)(tests?|__tests__|__mocks__|fixtures)\/|\.(test|spec)\./;
const PACKAGE_FIELDS = ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies'];
/** What the scanner lints of the tarball; unlike `SOURCE_FILE_PATTERNS` it does not export this. */
const PUBLISHED_FILE_PATTERNS = ['**/*.js', 'package.json'];

runScript(async () => {
	await ensureDependencies();
	await builtProject();
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-scan-'));
	try {
		const tarball = await packedInto(folder);
		const { size } = await stat(tarball);
		const published = join(folder, 'package');
		await mkdir(published);
		await unpack(tarball, published);
		const objections = [
			...(await objectionsOfRules('Sources', projectFolder)),
			...(await objectionsOfRules('Published files', published, PUBLISHED_FILE_PATTERNS)),
			...(await objectionsToContents(published)),
			...(size < PACKED_BYTES_ALLOWED ? [] : [`The package must stay below ${PACKED_BYTES_ALLOWED} bytes`]),
		];
		if (objections.length > 0)
			throw new Fault(`✖ n8n's package scan would not pass:\n${objections.join('\n')}`);
		console.log(`✔ n8n's package scan would pass (${(size / 1000).toFixed(1)} kB packed)`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

/**
 * @param {string} name for the reader
 * @param {string} folder
 * @param {string[]} [patterns] the files to lint; default: what the scanner lints of a repository
 */
async function objectionsOfRules(name, folder, patterns) {
	// Loaded late: on a fresh clone it has to be installed first.
	// @ts-expect-error The scanner comes without types.
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const {
		passed,
		message,
		details = '',
	} = await scanner.analyzePackage(folder, patterns ?? scanner.SOURCE_FILE_PATTERNS);
	// The scanner passes an empty folder; then this check could not fail.
	if (passed && message !== 'No files found to analyze') return [];
	return [`${name}: ${message}\n${details}`];
}

/** @param {string} folder of the published files @returns {Promise<string[]>} what n8n, or this project, would object to */
async function objectionsToContents(folder) {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'));
	const isWanted = (/** @type {string} */ path) => path.startsWith('dist/') || DOCUMENTS.includes(path);
	const promised = [...DOCUMENTS, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const fieldsInUse = PACKAGE_FIELDS.filter((field) => Object.keys(manifest[field] ?? {}).length > 0);
	return [
		...paths.filter((path) => !isWanted(path)).map((path) => `${path} does not belong in the package`),
		...paths.filter((path) => TEST_FILE.test(path)).map((path) => `${path} is a test file`),
		...promised.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
		...fieldsInUse.map((field) => `package.json has "${field}", but n8n allows no packages at run time`),
	];
}
