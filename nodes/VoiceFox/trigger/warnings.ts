import type { Parts, Warning as PartWarning } from '../items';
import { timeZoneWarning } from '../settings/timeZone';
import type { VoiceFoxEvent } from '../voicefox/validation';
import type { TriggerSettings } from './settings';

/** What does less than its user thinks, though the event is taken. */
export interface Warning {
	/** Lines of one kind share a limit */
	kind: PartWarning['kind'] | 'value' | 'zone';
	/** In words */
	reason: string;
	/** The same without what differs from event to event, where something does */
	cause?: string;
}

/** VoiceFox is not as documented: whoever reads such a field in n8n should know. Never the value, which may be an answer. */
function valueWarnings({ asSent }: VoiceFoxEvent): Warning[] {
	if (asSent.length === 0) return [];

	const inWords = (paths: string[]) =>
		`passed on as sent what is not of the documented type: ${paths.join(', ')}`;
	const fields = new Set(asSent.map((path) => path.replace(/\.\d+(?=\.|$)/g, '.*')));
	return [{ kind: 'value', reason: inWords(asSent), cause: inWords([...fields]) }];
}

function zoneWarnings({ options }: TriggerSettings): Warning[] {
	const reason = timeZoneWarning(options);
	return reason === null ? [] : [{ kind: 'zone', reason }];
}

/** What the user should know about a valid event: values that are not as documented, settings that fit nothing of it. */
export const warningsOf = (parts: Parts, settings: TriggerSettings): Warning[] => [
	...valueWarnings(parts.event),
	...parts.warnings,
	...zoneWarnings(settings),
];
