import { z } from 'zod/v4';

import { EVENT_CHOICES, VALIDATION_MODES, type EventChoice } from '../voicefox/validation';
import { comparable } from './filters';

export const OUTPUT_FORMS = ['separate', 'perCall', 'list'] as const;
export const HIT_STATUSES = ['all', 'hit', 'notHit'] as const;
export const CALL_HITS = ['any', 'atLeastOne', 'every', 'none'] as const;
export const DIRECTIONS = ['any', 'inbound', 'outbound'] as const;
export const INVALID_PAYLOADS = ['reject', 'emit'] as const;

/** The events that bring collected answers; 'Hit Status' is shown only when one of them is selected. */
export const ANALYSIS_EVENTS: EventChoice[] = ['callin.collect', 'task.call.collect'];

/** `null` is what n8n gives for a parameter that was saved empty. */
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
	z.preprocess((input) => input ?? value, schema);

/** A collection of settings; most users add none, and then there is nothing to check again for each event. */
function collection<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
	const schema = z.object(shape);
	const untouched = schema.parse({});
	return z.union([z.strictObject({}).transform(() => untouched), schema]);
}

/** IDs as the user lists them: commas (also 、 and ，), white space, full-width digits. */
const idList = z.union([z.string(), z.number().transform(String)]).transform(
	(ids) =>
		new Set(
			ids
				.normalize('NFKC')
				.split(/[\s,、]+/)
				.filter((id) => id !== ''),
		),
);

/** A list with an entry per question, or (from an expression) one text with a question per line. */
const questionList = z
	.union([z.string().transform((lines) => lines.split(/\r?\n/)), z.array(z.string())])
	.transform((questions) => new Set(questions.map(comparable).filter((question) => question !== '')));

const filters = collection({
	callHits: withDefault(z.enum(CALL_HITS), 'any'),
	questions: withDefault(questionList, []),
	direction: withDefault(z.enum(DIRECTIONS), 'any'),
	answeredOnly: withDefault(z.boolean(), false),
	minimumTalkTime: withDefault(z.number(), 0),
	taskIds: withDefault(idList, ''),
	assistantIds: withDefault(idList, ''),
});

const options = collection({
	ignoreDuplicates: withDefault(z.boolean(), true),
	includeRawEvent: withDefault(z.boolean(), false),
	invalidPayloads: withDefault(z.enum(INVALID_PAYLOADS), 'reject'),
	timeZone: withDefault(z.string().trim(), ''),
	validation: withDefault(z.enum(VALIDATION_MODES), 'tolerant'),
});

const SETTINGS = {
	triggerOn: z.array(z.enum(EVENT_CHOICES)),
	output: z.enum(OUTPUT_FORMS),
	hitStatus: withDefault(z.enum(HIT_STATUSES), 'all'),
	filters,
	options,
};

export type Filters = z.infer<typeof filters>;

/** What the user set, checked and in the form in which it is used. */
export type TriggerSettings = { [Name in keyof typeof SETTINGS]: z.infer<(typeof SETTINGS)[Name]> };

export type HitStatus = TriggerSettings['hitStatus'];
export type OutputForm = TriggerSettings['output'];

export type ReadSettings =
	{ readable: true; settings: TriggerSettings } | { readable: false; parameter: keyof TriggerSettings };

/**
 * Reads what the user set into one typed object.
 *
 * @param getParameter gives a parameter by its name, expressions resolved; it may throw (a bad expression)
 * @returns the settings, or the name of the first parameter that cannot be read
 */
export function readSettings(getParameter: (name: string) => unknown): ReadSettings {
	const settings: Record<string, unknown> = {};
	for (const [name, schema] of Object.entries(SETTINGS)) {
		const parameter = name as keyof TriggerSettings;
		try {
			settings[name] = schema.parse(getParameter(name));
		} catch {
			return { readable: false, parameter };
		}
	}
	return { readable: true, settings: settings as TriggerSettings };
}
