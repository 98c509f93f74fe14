import type { NodeHint } from 'n8n-workflow';

/** A hint is shown by what the editor can evaluate, and there only the node's name leads to its items. */
const DEFAULT_NAME = 'VoiceFox Trigger';

const items = `$(${JSON.stringify(DEFAULT_NAME)})`;

const emptyColumn = `$parameter.output === "row" && $parameter.columns?.values?.length > 0 && ${items}.all().some((item) => Object.values(item.json).includes(null))`;

const noSuchQuestion = `[$parameter.filters?.questions ?? []].flat().length > 0 && ${items}.all().some((item) => item.json.answers_total === 0)`;

/**
 * Below the output, where whoever tries a setting looks: an entry that fits nothing of the call. A webhook node cannot
 * say more there (n8n gives hints at run time to `execute` only), so which entry it is stands in n8n's log and in Get
 * Status; a node with a name of the user's own shows nothing.
 */
export const missingHint: NodeHint = {
	message:
		"This call has nothing for an entry of 'Columns' or 'Only These Questions'. If the assistant asked that question, choose it From List, or compare its text. A VoiceFox node with 'Get Status' names entries that fit nothing.",
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'afterExecution',
	displayCondition: `={{ (${emptyColumn}) || (${noSuchQuestion}) }}`,
};
