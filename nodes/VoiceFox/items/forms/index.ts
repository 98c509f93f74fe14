import { list } from './list';
import { perCall } from './perCall';
import { row } from './row';
import { separate } from './separate';

/** The forms that 'Output' offers, in the order of the editor; the first is the default. */
export const FORMS = [separate, row, perCall, list] as const;

export type OutputForm = (typeof FORMS)[number]['option']['value'];

/** A form by its value. */
export const formOf = (value: OutputForm) => FORMS.find(({ option }) => option.value === value)!;
