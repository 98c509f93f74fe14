// @ts-check
import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Sets up the owner of a new n8n, as its first visitor does.
 * @param {Page} page
 * @param {string} url
 * @param {import('../../scripts/lib/rest.mjs').Owner} owner
 */
export async function setUpOwner(page, url, owner) {
	await page.goto(`${url}/setup`);
	for (const name of /** @type {const} */ (['email', 'firstName', 'lastName', 'password']))
		await page.locator(`input[name=${name}]`).fill(owner[name]);
	await page.getByRole('button', { name: 'Next' }).click();
	await page.waitForURL((address) => !address.pathname.includes('setup'));
}

/** @param {Page} page @param {string} url */
export async function openNewWorkflow(page, url) {
	await page.goto(`${url}/workflow/new`);
	await page.getByTestId('canvas-plus-button').first().waitFor();
}

/** @param {Page} page */
export async function openNodeList(page) {
	await page.getByTestId('canvas-plus-button').first().click();
	await page.getByTestId('node-creator-search-bar').waitFor();
}

/** @param {Page} page @param {string} url @param {string} workflowId */
export async function openWorkflow(page, url, workflowId) {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/**
 * What the list of nodes shows for a search.
 * @param {Page} page
 * @param {string} words
 */
export async function searchNodes(page, words) {
	await page.getByTestId('node-creator-search-bar').fill(words);
	// n8n waits a moment before it searches.
	await page.waitForTimeout(1000);
	return page.getByTestId('node-creator-item-name');
}

/** The open list of a selection field. @param {Page} page */
const openList = (page) => page.locator('.el-select-dropdown:visible');

/**
 * Chooses an entry of a parameter with a list.
 * @param {Page} page
 * @param {string} parameter its name
 * @param {string} entry its label
 */
export async function choose(page, parameter, entry) {
	await page.getByTestId(`parameter-input-${parameter}`).click();
	await openList(page).getByText(entry, { exact: true }).first().click();
	// A list of several choices stays open.
	if (await openList(page).isVisible()) await page.keyboard.press('Escape');
}

/** Waits until the list has faded out: as long as it can be seen, it passes for the next one. @param {Page} page */
const untilListIsGone = (page) => openList(page).first().waitFor({ state: 'hidden' });

/** The trigger's collections, by their buttons, in their order. */
const COLLECTIONS = { 'Add Filter': 0, 'Add Option': 1 };

/**
 * What a node's `Add Filter` or `Add Option` offers.
 * @param {Page} page
 * @param {keyof typeof COLLECTIONS} button
 * @returns {Promise<string[]>}
 */
export async function offeredBy(page, button) {
	await page.getByTestId('collection-parameter-add').nth(COLLECTIONS[button]).click();
	const entries = page.getByTestId('collection-parameter-option').filter({ visible: true });
	await entries.first().waitFor();
	const names = await entries.allInnerTexts();
	await page.keyboard.press('Escape');
	await untilListIsGone(page);
	return names;
}

/** @param {Page} page @param {keyof typeof COLLECTIONS} button @param {string} entry */
export async function addOption(page, button, entry) {
	await page.getByTestId('collection-parameter-add').nth(COLLECTIONS[button]).click();
	await page.getByTestId('collection-parameter-option').filter({ visible: true, hasText: entry }).click();
	await untilListIsGone(page);
}

/**
 * Opens a node; as a person would, once more when the canvas moved between the two clicks.
 * @param {Page} page
 * @param {string} name of the node
 */
export async function openNode(page, name) {
	const panel = page.getByTestId('ndv');
	await nodeOnCanvas(page, name).dblclick();
	const isOpen = await panel.waitFor({ timeout: 10_000 }).then(
		() => true,
		() => false,
	);
	if (isOpen) return;
	await nodeOnCanvas(page, name).dblclick();
	await panel.waitFor();
}

/** @param {Page} page */
export async function closeNode(page) {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/**
 * Chooses a stored credential for the open node.
 * @param {Page} page
 * @param {string} name
 */
export async function chooseCredential(page, name) {
	await page.getByTestId('node-credentials-slot').locator('input, button').first().click();
	await page
		.locator('.el-select-dropdown:visible, [role=listbox]:visible, [role=menu]:visible')
		.getByText(name, { exact: true })
		.first()
		.click();
}

/** Begins a new credential for the open node. @param {Page} page @param {string} service as n8n names it */
export async function newCredential(page, service) {
	const first = page.getByRole('button', { name: `Connect to ${service}`, exact: true });
	if (await first.isVisible()) return await first.click();
	await page.getByTestId('node-credentials-slot').locator('input, button').first().click();
	await page.getByTestId('node-credentials-select-item-new').click();
}

/**
 * Pastes a text into a parameter's field.
 * @param {Page} page
 * @param {string} parameter its name
 * @param {string} text
 */
export async function pasteInto(page, parameter, text) {
	await page.getByTestId(`parameter-input-${parameter}`).locator('input').click();
	await paste(page, text);
}

/**
 * Where **Field or Question** of a column of the open node is typed.
 * @param {Page} page
 * @param {string} column its name
 */
export async function columnField(page, column) {
	const columns = page.getByTestId('fixed-collection-columns');
	const names = columns.getByTestId('parameter-input-column').locator('input');
	await names.first().waitFor();
	const values = await names.evaluateAll((all) =>
		all.map((its) => /** @type {HTMLInputElement} */ (its).value),
	);
	return columns.getByTestId('rlc-input-container').locator('input').nth(values.indexOf(column));
}

/** Puts a text in the place of what a field holds. @param {import('playwright-core').Locator} field @param {string} text */
export async function typeOver(field, text) {
	await field.click({ clickCount: 3 });
	await field.pressSequentially(text);
}

/**
 * Drags as a hand does: n8n notices only a mouse that moves.
 * @param {Page} page
 * @param {import('playwright-core').Locator} from
 * @param {import('playwright-core').Locator} to
 */
export async function drag(page, from, to) {
	await from.hover();
	await page.mouse.down();
	const target = await to.boundingBox();
	if (!target) throw new Error('There is nothing to drop it on');
	await page.mouse.move(target.x + 20, target.y + target.height / 2 - 5, { steps: 5 });
	await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 5 });
	await page.mouse.up();
}

/**
 * Chooses an entry **From List** in the open node's first parameter that has a list.
 * @param {Page} page
 * @param {string} entry
 * @returns {Promise<string[]>} what the list offered
 */
export async function chooseFromList(page, entry) {
	await page.getByTestId('rlc-mode-selector').first().click();
	await page.getByTestId('mode-list').click();
	const field = page.getByTestId('rlc-input-container').first().locator('input');
	await field.click();
	const entries = page.getByTestId('rlc-item').filter({ visible: true });
	await entries.first().waitFor();
	const offered = await entries.allInnerTexts();
	await entries.getByText(entry, { exact: true }).click();
	assert.equal(await field.inputValue(), entry);
	return offered.map((text) => text.trim());
}

/** Saves the new credential, and waits until the open node has it. @param {Page} page */
export async function saveCredential(page) {
	await page.getByTestId('credential-save-button').click();
	await page.getByTestId('node-credentials-select').waitFor();
}

/** Lets the open trigger wait for an event at its test URL. @param {Page} page */
export async function listen(page) {
	await page.getByTestId('trigger-execute-button').click();
	await page.getByText('Listening for test event').waitFor();
	// The overlay comes with the text, the webhook a moment later.
	await page.waitForTimeout(500);
}

/** n8n's message in the corner. @param {Page} page @param {string} text */
export const messageOf = (page, text) =>
	page.locator('.el-notification, [class*=toast]').filter({ hasText: text }).first();

/** A URL as the editor shows it: with n8n's own name for itself. @param {string} url */
export const shownUrl = (url) => url.replace('//127.0.0.1:', '//localhost:');

/**
 * Copies one of the two addresses of the open trigger.
 * @param {Page} page
 * @param {'Test URL' | 'Production URL'} which
 * @returns {Promise<string>} what is on the clipboard then
 */
export async function copyUrl(page, which) {
	const node = page.getByTestId('ndv');
	await node.getByText('Webhook URLs', { exact: true }).click();
	await node.getByText(which, { exact: true }).click();
	await node.locator('[class*=webhookUrl], .webhook-url').first().click();
	await page.getByText('URL copied').waitFor();
	return await page.evaluate(() => navigator.clipboard.readText());
}

/**
 * Pastes a text as a person does: where the cursor is, or on the canvas.
 * @param {Page} page
 * @param {string} text
 */
export async function paste(page, text) {
	await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
	await page.keyboard.press('Control+V');
}

/**
 * A node on the canvas.
 * @param {Page} page
 * @param {string} name
 */
export const nodeOnCanvas = (page, name) =>
	page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);

/**
 * Runs the workflow on the canvas.
 * @param {Page} page
 * @param {string} [trigger] whose own button is used, default: the one at the bottom
 */
export async function executeWorkflow(page, trigger) {
	if (trigger) {
		await nodeOnCanvas(page, trigger).hover();
		await page.getByTestId(`execute-workflow-button-${trigger}`).click();
	} else {
		await page.getByTestId('execute-workflow-button').click();
	}
	await page.getByText('Workflow executed successfully').first().waitFor();
}

/** Sets the time zone of the open workflow. @param {Page} page @param {string} zone */
export async function setTimeZone(page, zone) {
	await page.getByTestId('workflow-menu').click();
	await page.getByTestId('workflow-menu-item-settings').click();
	await page.getByTestId('workflow-settings-timezone').click();
	await page.keyboard.type(zone);
	await openList(page).getByText(zone, { exact: true }).click();
	const save = page.getByTestId('workflow-settings-save-button').getByRole('button');
	await save.click();
	await save.waitFor({ state: 'hidden' });
}

/** @param {Page} page @returns {string} the ID of the open workflow */
export const workflowIdOf = (page) => /\/workflow\/(\w+)/.exec(page.url())?.[1] ?? '';

/** Publishes the open workflow. @param {Page} page @returns {Promise<string>} n8n's message about it */
export async function publish(page) {
	await page.getByTestId('workflow-open-publish-modal-button').click();
	await page.getByTestId('workflow-publish-button').click();
	const message = page.getByRole('dialog').filter({ hasText: 'Workflow published' });
	await message.waitFor();
	return await message.innerText();
}

/**
 * Waits until the picture of an execution, which n8n draws in a frame, shows a node.
 * @param {Page} page
 * @param {string} name of the node
 */
export async function previewOf(page, name) {
	const isShown = () => Promise.all(page.frames().map((frame) => frame.getByText(name).first().isVisible()));
	for (let tries = 0; tries < 240; tries++) {
		if ((await isShown()).includes(true)) return;
		await page.waitForTimeout(250);
	}
	throw new Error(`The preview of the execution does not show "${name}"`);
}

/** The rows of the open data table, without the one that adds another. @param {Page} page */
export const rowsOf = (page) =>
	page.getByTestId('data-table-grid').locator('[role=row][row-index]:not([row-id=__n8n_add_row__])');

/** @param {Page} page @returns {Promise<string[][]>} what they show: n8n draws only the columns in view */
export async function shownRows(page) {
	const rows = await rowsOf(page).all();
	const cells = await Promise.all(rows.map((row) => row.getByRole('gridcell').allInnerTexts()));
	// Before the columns of the table there are a box to tick and n8n's own number.
	return cells.map((texts) => texts.slice(2));
}
