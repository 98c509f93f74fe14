import type { IDataObject } from 'n8n-workflow';

import type { ColumnChoice } from '../columns';
import type { Parts, PartSettings, Warning } from '../parts';

/** What items are made by. */
export interface FormSettings extends PartSettings {
	columns: ColumnChoice[];
	/** Which events come, where it is the user's choice */
	triggerOn?: readonly string[];
	options: PartSettings['options'] & { includeRawEvent?: boolean };
}

/** What becomes of an event: the records of each output, in order, and which settings fit nothing of it. */
export interface Items {
	outputs: IDataObject[][];
	warnings: Warning[];
}

/** How the parts of an event leave the node, in a file of its own. */
export interface Form<Value extends string = string> {
	/** Its entry in 'Output' */
	option: { name: string; value: Value; description: string };
	/** The labels of its outputs, short enough for the canvas; null when they are those of the event's lists */
	labels: readonly string[] | null;
	/** The parts as records */
	toItems: (parts: Parts, settings: FormSettings) => Items;
}

/** What stands at the end of the first item: the event as received when the user wants it, and the source. */
export const endOf = ({ event, source }: Parts, { options }: FormSettings): IDataObject =>
	options.includeRawEvent ? { raw: event.received, ...source } : source;
