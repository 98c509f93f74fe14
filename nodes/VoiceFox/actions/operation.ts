import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

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
