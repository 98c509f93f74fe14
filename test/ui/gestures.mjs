// @ts-check
/**
 * @typedef {object} Gestures what was done in the browser, and what was to be read meanwhile
 * @property {number} clicks a double click is one, and so is a paste that goes into no field
 * @property {number} drags
 * @property {number} fields into which something was typed or pasted
 * @property {string[]} seen the text of the screen before each click
 */

/**
 * Counts what a person does in a browser, in every page that opens from now on.
 * @param {import('playwright-core').BrowserContext} context
 * @returns {Promise<Gestures>} goes on counting
 */
export async function countedGestures(context) {
	/** @type {Gestures} */
	const gestures = { clicks: 0, drags: 0, fields: 0, seen: [] };
	await context.exposeFunction(
		'countGesture',
		(/** @type {'clicks' | 'drags' | 'fields'} */ kind, /** @type {string} */ text) => {
			gestures[kind]++;
			gestures.seen.push(text);
		},
	);
	await context.addInitScript(countInPage);
	return gestures;
}

/** Runs in the page. A sticky note counts as a text to read only where it can be clicked: its links. */
function countInPage() {
	const text = () => {
		const notes = Array.from(document.querySelectorAll('[data-test-id=sticky]'));
		return notes.reduce((screen, note) => {
			const links = Array.from(note.querySelectorAll('a'), (link) => link.innerText);
			return screen.replace(/** @type {HTMLElement} */ (note).innerText, links.join('\n'));
		}, document.body.innerText);
	};
	const count = (/** @type {string} */ kind) => /** @type {any} */ (window).countGesture(kind, text());
	let from = { x: 0, y: 0 };
	/** @type {EventTarget | null} */
	let field = null;
	addEventListener(
		'mousedown',
		({ detail, clientX, clientY }) => {
			from = { x: clientX, y: clientY };
			// The second half of a double click has 2.
			if (detail <= 1) count('clicks');
		},
		true,
	);
	addEventListener(
		'mouseup',
		({ clientX, clientY }) => {
			if (Math.hypot(clientX - from.x, clientY - from.y) > 5) count('drags');
		},
		true,
	);
	addEventListener(
		'input',
		({ target }) => {
			if (target !== field) count('fields');
			field = target;
		},
		true,
	);
	addEventListener(
		'paste',
		({ target }) => {
			if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) count('clicks');
		},
		true,
	);
}
