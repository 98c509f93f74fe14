// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import { Fault } from '../../scripts/lib/faults.mjs';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { countedGestures } from './gestures.mjs';

/** Patience for a machine that does other things too; a fast one never waits so long. */
const TIMEOUT_MS = 60_000;

const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// It talks to nobody but n8n.
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * A window of the system's Chromium.
 * @returns {Promise<{ page: import('playwright-core').Page, gestures: import('./gestures.mjs').Gestures, close: () => Promise<void> }>}
 */
export async function openBrowser() {
	selectors.setTestIdAttribute('data-test-id');
	const executablePath = process.env.CHROMIUM ?? CHROMIUMS.find(existsSync);
	if (!executablePath)
		throw new Fault('No Chromium was found: install it, or set CHROMIUM to where it is (e.g. a Chrome).');
	const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		locale: 'en-US',
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	context.setDefaultTimeout(TIMEOUT_MS);
	context.setDefaultNavigationTimeout(2 * TIMEOUT_MS);
	const gestures = await countedGestures(context);
	const page = await context.newPage();
	return { page, gestures, close: () => browser.close() };
}

/**
 * Takes a picture for the documents, when the test runs with `--pictures`.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function picture(page, name) {
	if (!process.env.UI_PICTURES) return;
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1000);
	await page.screenshot({
		path: join(projectFolder, 'docs', 'images', `${name}.png`),
		// Messages in the corner come and go.
		style: '.el-notification, [class*=toast] { visibility: hidden !important }',
	});
}
