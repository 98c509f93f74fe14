import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isTimeZone } from '../voicefox/times';
import { shownAs, text } from './define';

/** The list of zones. Apart, so that the label can be ours: n8n's linter wants "… Name or ID" for IDs. */
const zoneList: Partial<INodeProperties> = {
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getTimeZones' },
};

/** The zone of VoiceFox's times; empty leaves them as they are. */
export const timeZone = shownAs(
	text({
		displayName: "VoiceFox's Time Zone",
		name: 'timeZone',
		description:
			'The zone of the times that VoiceFox sends. VoiceFox sends times without a zone, such as 2026-11-20 10:15:02, and other nodes read them in a zone of their own. Choose the zone of your VoiceFox account, e.g. Asia/Tokyo, and this time becomes 2026-11-20T10:15:02.000+09:00, the same moment everywhere. Left empty, times stay as sent.',
	}),
	zoneList,
);

/** The zone in which the user wants VoiceFox's times; empty leaves them in VoiceFox's. */
export const showTimesIn = shownAs(
	text({
		displayName: 'Show Times In',
		name: 'showTimesIn',
		description:
			"The zone in which you want to see the times. Needs 'VoiceFox's Time Zone': if that is Asia/Tokyo and this is Europe/Berlin, 2026-11-20 10:15:02 becomes 2026-11-20T02:15:02.000+01:00. Left empty, times stay in VoiceFox's time zone.",
	}),
	zoneList,
);

/** The zones to choose from in the editor: none, the workflow's own, and all others by name. */
export function timeZoneOptions(workflowZone: string): INodePropertyOptions[] {
	const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== workflowZone);
	return [
		{ name: 'Not Set', value: '' },
		{ name: `${workflowZone} (This Workflow's)`, value: workflowZone },
		...others.map((zone) => ({ name: zone, value: zone })),
	];
}

/** Each node's `methods.loadOptions.getTimeZones`: the choices of both settings. */
export async function getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return timeZoneOptions(this.getTimezone());
}

/**
 * What is wrong with the zones that the user set.
 *
 * @returns a sentence that names the first setting whose zone is unknown, without the full stop; null when all can be used
 */
export function timeZoneProblem(set: { timeZone: string; showTimesIn?: string }): string | null {
	for (const { property } of [timeZone, showTimesIn]) {
		const zone = set[property.name] ?? '';
		if (zone !== '' && !isTimeZone(zone)) {
			return `The time zone "${zone.slice(0, 60)}" in '${property.displayName}' is not known. Use a name such as Asia/Tokyo`;
		}
	}
	return null;
}

/** The same as a line for n8n's log, where the times of an event are left as they are. */
export function timeZoneWarning(set: Parameters<typeof timeZoneProblem>[0]): string | null {
	const problem = timeZoneProblem(set);
	return problem === null ? null : `times are left as they are. ${problem}`;
}
