// @ts-check
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';
import { readJson } from '../../scripts/lib/project.mjs';

/**
 * @typedef {object} Contestant a workflow that takes VoiceFox's events
 * @property {string} name
 * @property {string} file its workflow in bench/workflows
 * @property {object} [parameters] of our trigger
 * @property {Array<[node: string, output: number]>} [branches] where its items of Call, Collected Answers and
 * Conversation Analysis come out
 */

const TRIGGER = 'VoiceFox Trigger';
const BRANCHES = ['Call', 'Collected Answers', 'Conversation Analysis'];

/**
 * @param {string} output
 * @param {boolean} ignoreDuplicates
 * @returns {Contestant}
 */
const ours = (output, ignoreDuplicates) => ({
	name: `VoiceFox Trigger, ${output}${ignoreDuplicates ? '' : ', duplicates not ignored'}`,
	file: 'voicefox-trigger',
	parameters: { output, options: { ignoreDuplicates } },
	branches: output === 'separate' ? BRANCHES.map((_, index) => [TRIGGER, index]) : undefined,
});

/** @type {Contestant} */
export const bare = { name: 'bare Webhook', file: 'bare-webhook' };

/** As the node comes: three outputs, copies ignored. */
export const usual = ours('separate', true);

export const usualWithCopies = ours('separate', false);

/** All forms of ours. */
export const everyForm = ['separate', 'row', 'perCall', 'list'].flatMap((form) => [
	ours(form, true),
	ours(form, false),
]);

/** What a user would build instead, for the same items: one Code node and a Switch. @type {Contestant} */
const codeAndSwitch = {
	name: 'Webhook → Code → Switch',
	file: 'diy-code-switch',
	branches: BRANCHES.map((_, index) => ['Branch', index]),
};

/** A Code node has one output, so the Switch is saved by having three of them. @type {Contestant} */
export const severalCodes = {
	name: 'Webhook → three Code nodes',
	file: 'diy-code-branches',
	branches: BRANCHES.map((node) => [node, 0]),
};

/** Without code. @type {Contestant} */
const builtIn = {
	name: 'Webhook → IF, Edit Fields, Split Out',
	file: 'diy-nodes',
	branches: BRANCHES.map((node) => [node, 0]),
};

export const doItYourself = [codeAndSwitch, severalCodes, builtIn];
export const atMostOneCode = [codeAndSwitch, builtIn];

/**
 * A contestant's workflow, ready to be created in an n8n.
 * @param {Contestant} contestant
 * @param {Record<string, { id: string, name: string }>} credentials by type
 * @returns {Promise<{ workflow: any, path: string }>} path: where its webhook listens
 */
export async function workflowOf({ name, file, parameters = {} }, credentials) {
	const { nodes, connections, settings } = await readJson(`bench/workflows/${file}.json`);
	const [trigger] = nodes;
	const webhookId = randomUUID();
	const [credential] = Object.keys(trigger.credentials);
	const isOurs = trigger.name === TRIGGER;
	Object.assign(trigger, {
		webhookId,
		credentials: { [String(credential)]: credentials[String(credential)] },
	});
	Object.assign(trigger.parameters, parameters, isOurs ? {} : { path: webhookId });
	return {
		workflow: { name, nodes, connections, settings },
		path: isOurs ? `${webhookId}/webhook` : webhookId,
	};
}

/**
 * @param {Contestant} contestant
 * @param {string} runData as n8n has stored it
 * @returns {object[][]} the items of Call, Collected Answers, Conversation Analysis
 */
export function itemsOf({ branches = [] }, runData) {
	const execution = /** @type {import('../../scripts/lib/executions.mjs').Execution} */ ({
		data: parse(runData),
	});
	return branches.map(([node, output]) => outputsOf(execution, node)[output] ?? []);
}

/**
 * A fault when two contestants do not give the same items: then their costs cannot be compared.
 * @param {{ name: string, items: object[][] }} expected
 * @param {{ name: string, items: object[][] }} actual
 */
export function refuseOtherItems(expected, actual) {
	try {
		assert.deepStrictEqual(actual.items, expected.items);
	} catch (error) {
		const [first] = /** @type {Error} */ (error).message.match(/[^]{0,1500}/) ?? [];
		throw new Fault(`"${actual.name}" gives other items than "${expected.name}":\n${first}`);
	}
}
