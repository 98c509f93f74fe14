// @ts-check
/** @typedef {import('./rest.mjs').Rest} Rest */
/** @typedef {Record<string, string | number | null>} Row */

/**
 * The data table into which the demo workflow writes: made when it is not there yet, with the columns of the pinned sample.
 * @param {Rest} rest
 * @param {any} workflow
 * @returns {Promise<{ name: string, columns: string[], address: string, rows: () => Promise<Row[]> }>} address: below n8n's
 * own; rows: oldest first
 */
export async function demoTable(rest, workflow) {
	const name = tableOf(workflow);
	const { id: projectId } = await rest('GET', '/projects/personal');
	const tables = `/projects/${projectId}/data-tables`;
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const { data } = await rest('GET', `${tables}?filter=${filter}`);
	const { id } =
		data.find((/** @type {any} */ table) => table.name === name) ??
		(await rest('POST', tables, { name, columns: columnsOf(workflow) }));
	return {
		name,
		address: `/projects/${projectId}/datatables/${id}`,
		columns: columnsOf(workflow).map((column) => column.name),
		rows: async () => (await rest('GET', `${tables}/${id}/rows?take=100`)).data,
	};
}

/** @param {any} workflow @returns {string} */
const tableOf = ({ nodes }) =>
	nodes.find((/** @type {any} */ { type }) => type === 'n8n-nodes-base.dataTable').parameters.dataTableId
		.value;

/** @param {any} workflow */
function columnsOf({ pinData }) {
	const [[sample]] = /** @type {any} */ (Object.values(pinData));
	return Object.entries(sample.json).map(([name, value]) => ({
		name,
		type: typeof value === 'number' ? 'number' : 'string',
	}));
}
