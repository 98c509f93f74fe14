import { formOf, type OutputForm } from './forms';
import type { FormSettings, Items } from './forms/form';
import type { Parts } from './parts';

export type { Items } from './forms/form';
export { toParts, type Parts, type Warning } from './parts';

/** What becomes of an event depends on these. */
export type ItemsSettings = FormSettings & { output: OutputForm };

/**
 * An event's parts in the form that the user wants.
 *
 * @returns the records of each output: `outputLabels` says which outputs a node has
 */
export const toItems = (parts: Parts, settings: ItemsSettings): Items =>
	formOf(settings.output).toItems(parts, settings);
