import type { INodeProperties } from 'n8n-workflow';

import { fail } from '../api/errors';
import { flag, locatorProperty, locatorValue, type Reading, type Setting } from '../settings/define';
import { timeZoneProblem } from '../settings/timeZone';
import { idsIn, numberIdIn, sessionIdIn, type ReadId } from '../voicefox/ids';

type Property<Name extends string> = INodeProperties & { name: Name };

/** What the node says of an ID that it cannot use: the words that follow the label, or a sentence of its own. */
interface Problems {
	empty: string;
	/** @param text the ID as it was given, shortened */
	malformed: (text: string) => string;
}

function idSetting<const Name extends string>(
	property: Property<Name>,
	idIn: (value: unknown) => ReadId,
	{ empty, malformed }: Problems,
): Setting<Name, string> {
	const label = property.displayName;
	return {
		property,
		unset: '',
		read: (value) => {
			const read = idIn(locatorValue(value));
			if ('id' in read) return { readable: true, value: read.id };
			return {
				readable: false,
				label,
				problem: read.unusable === 'empty' ? `'${label}' ${empty}` : malformed(read.text),
			};
		},
	};
}

const notACall = (text: string) => `'Session ID' is not the ID of a call: ${text}`;

/** The call that an operation is about. */
export const sessionId = idSetting(
	locatorProperty(
		{
			displayName: 'Session ID',
			name: 'sessionId',
			required: true,
			default: { mode: 'id', value: '={{ $json.session_id }}' },
			description: "The call: from the list of the last two days, or by its unique ID, an item's session_id",
		},
		{
			searchListMethod: 'searchCalls',
			typed: {
				displayName: 'By ID',
				name: 'id',
				placeholder: 'e.g. b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
			},
		},
	),
	sessionIdIn,
	{
		empty: "is empty. Choose a call from the list, or map an item's session_id",
		malformed: notACall,
	},
);

/** The ID of a call that was given as a text. @throws ProblemError when no call can have it */
export function usableSessionId(given: string): string {
	const read = sessionIdIn(given);
	return 'id' in read ? read.id : fail(notACall(read.text));
}

/**
 * The ID of one task or assistant.
 *
 * @param noneProblem what to say of 0, which is VoiceFox's ID of none
 */
export const numberId = <const Name extends string>(property: Property<Name>, noneProblem?: string) =>
	idSetting(property, numberIdIn, {
		empty: 'is empty. Enter a number or map a field that has it',
		malformed: (text) =>
			text === '0' && noneProblem !== undefined
				? noneProblem
				: `'${property.displayName}' must be a whole number above 0, not "${text}"`,
	});

/**
 * IDs of tasks or assistants: one from the list, or as many as the user types or an expression gives.
 *
 * @param searchListMethod the node's method for the list
 * @param most how many VoiceFox takes
 */
export function idList<const Name extends string>(
	property: Omit<INodeProperties, 'type' | 'default' | 'options' | 'placeholder'> & {
		name: Name;
		placeholder: string;
	},
	searchListMethod: string,
	most = Infinity,
): Setting<Name, string[]> {
	const { placeholder, ...shown } = property;
	const label = property.displayName;
	const unreadable = (problem: string): Reading<string[]> => ({ readable: false, label, problem });
	return {
		property: locatorProperty(shown, {
			searchListMethod,
			typed: { displayName: 'By Text', name: 'text', placeholder },
		}),
		unset: [],
		read: (value) => {
			const { ids, unreadable: others } = idsIn(locatorValue(value));
			if (others.length > 0) {
				return unreadable(`'${label}' takes whole numbers separated by commas, not "${others[0]}"`);
			}
			if (ids.length > most) {
				return unreadable(
					`'${label}' takes at most ${most} IDs, not ${ids.length}. Use several VoiceFox nodes`,
				);
			}
			return { readable: true, value: ids };
		},
	};
}

/** Whether a big answer is cut down to what most workflows need. */
export const simplify = flag({
	displayName: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** @throws ProblemError when the zone that the user set is not known */
export function usableZone(set: { timeZone: string }): string {
	const problem = timeZoneProblem(set);
	if (problem !== null) fail(problem);
	return set.timeZone;
}
