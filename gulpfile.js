// @ts-check
// Why gulp and not `n8n-node build`: that copies every picture of the repository (docs/images, too) and leaves out the codex
// files (*.node.json). n8n accepts a gulp step as long as the icons land where its own command would put them.
const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Empties `dist`, so that nothing of an earlier build gets into the package. */
const clean = async () => await rm('dist', { recursive: true, force: true });

/** Copies what tsc leaves behind (icons, codex files, output previews) to where `n8n-node build` would put it. */
const assets = () =>
	src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

module.exports = { clean, assets };
