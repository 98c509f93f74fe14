import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { fail } from '../api/errors';
import { propertiesOf, readNodeSettings, type Setting, type ValuesOf } from '../settings/define';

/** One thing that the node can do, in a file of its own. */
export interface Operation {
	/** Its entry in the list of operations */
	option: INodePropertyOptions;
	/** What an AI agent reads of it: when to use it, what it needs, and what comes back */
	toolDescription?: string;
	/** Its parameters; that they are shown for it only is added by `actions/index.ts` */
	description: INodeProperties[];
	/**
	 * What it does for one incoming item.
	 *
	 * @returns its items, each linked to the incoming item
	 * @throws ProblemError when it cannot be done
	 */
	execute: (context: IExecuteFunctions, itemIndex: number) => Promise<INodeExecutionData[]>;
}

/** Items of the node, linked to the incoming item that they come from. */
export const toLinkedItems = (records: IDataObject[], itemIndex: number): INodeExecutionData[] =>
	records.map((json) => ({ json, pairedItem: { item: itemIndex } }));

/**
 * What the user set, with the incoming item's expressions.
 *
 * @throws ProblemError when one of them cannot be read
 */
export function settingsFor<const Settings extends readonly Setting[]>(
	settings: Settings,
	context: IExecuteFunctions,
	itemIndex: number,
): ValuesOf<Settings> {
	const read = readNodeSettings(settings, context.getNode(), (name) =>
		context.getNodeParameter(name, itemIndex, null),
	);
	if (!read.readable) fail(read.problem);
	return read.value;
}

/** An operation whose items are new ones. */
interface Row<Settings extends readonly Setting[]> extends Pick<Operation, 'option' | 'toolDescription'> {
	/** What the user sets */
	settings: Settings;
	/**
	 * What it does for one incoming item.
	 *
	 * @returns the fields of its items
	 * @throws ProblemError when it cannot be done
	 */
	run: (context: IExecuteFunctions, set: ValuesOf<Settings>) => Promise<IDataObject[]>;
}

/** An operation from its row: its parameters and what is read of them come from the same settings. */
export const operation = <const Settings extends readonly Setting[]>({
	settings,
	run,
	...shown
}: Row<Settings>): Operation => ({
	...shown,
	description: propertiesOf(settings),
	execute: async (context, itemIndex) =>
		toLinkedItems(await run(context, settingsFor(settings, context, itemIndex)), itemIndex),
});
