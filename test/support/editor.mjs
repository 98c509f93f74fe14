// @ts-check
// What a user does in n8n's editor, over its internal REST interface.

/** @typedef {import('../../scripts/lib/rest.mjs').Rest} Rest */

/**
 * @param {Rest} rest
 * @param {{ name: string, type: string, data: object }} credential
 * @returns {Promise<string>} its ID
 */
export const createCredential = async (rest, credential) =>
	(await rest('POST', '/credentials', credential)).id;

/**
 * Creates a workflow and publishes it.
 * @param {Rest} rest
 * @param {{ name: string, nodes: object[], connections?: object, settings?: object }} workflow
 * @returns {Promise<string>} its ID
 */
export async function publishWorkflow(rest, workflow) {
	const id = await createWorkflow(rest, workflow);
	await activateWorkflow(rest, id);
	return id;
}

/**
 * Publishes a stored workflow.
 * @param {Rest} rest throws what n8n objects to
 * @param {string} id
 */
export async function activateWorkflow(rest, id) {
	const { versionId } = await rest('GET', `/workflows/${id}`);
	try {
		await rest('POST', `/workflows/${id}/activate`, { versionId });
	} catch (error) {
		// An n8n of 2025 (1.100) knows no published versions.
		if (!/activate: 404 /.test(`${error}`)) throw error;
		await rest('PATCH', `/workflows/${id}`, { active: true, versionId });
	}
}

/**
 * @param {Rest} rest
 * @param {{ name: string, nodes: object[], connections?: object, settings?: object }} workflow
 * @returns {Promise<string>} its ID
 */
export async function createWorkflow(rest, workflow) {
	// n8n 1.x demands `active`.
	const { id } = await rest('POST', '/workflows', {
		active: false,
		connections: {},
		settings: {},
		...workflow,
	});
	return id;
}

/**
 * Does what the editor's "Listen for test event" does.
 * @param {Rest} rest
 * @param {string} workflowId
 * @param {string} triggerName
 * @returns {Promise<{ waitingForWebhook?: boolean }>}
 */
export async function listenForTestEvent(rest, workflowId, triggerName) {
	// n8n 1.x takes the workflow from the request, n8n 2.x from its database.
	const workflowData = await rest('GET', `/workflows/${workflowId}`);
	const run = { workflowData, triggerToStartFrom: { name: triggerName } };
	return await rest('POST', `/workflows/${workflowId}/run`, run);
}
