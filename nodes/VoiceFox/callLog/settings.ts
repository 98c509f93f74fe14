import { collection, number, propertiesOf, time, type ValuesOf } from '../settings/define';
import { ITEM_SETTINGS, itemOptions } from '../items/settings';
import { timeOf } from '../api/queryTimes';
import { isTimeZone } from '../voicefox/times';
import { isPresent } from '../voicefox/values';
import type { RoundSettings } from './context';
import { HOUR } from './window';

const lookBackHours = number(
	{
		displayName: 'Look Back',
		name: 'lookBackHours',
		typeOptions: { minValue: 1 },
		default: 48,
		description:
			"How many hours back the call log is read when n8n starts and once an hour. The polls in between read the last 2 hours. After a longer outage the log is read from the last poll on, whatever is set here. Calls from before this workflow was published don't start it.",
	},
	1,
);

/** Whatever an expression gives is a time or not one in the account's zone, which only `roundSettings` knows. */
const startFrom = time(
	{
		displayName: 'Start From',
		name: 'startFrom',
		description:
			"The calls from this time on start the workflow first, the oldest at the beginning (without VoiceFox's Time Zone also some from up to 28 hours earlier). With a time in the future, calls start it from then on. If empty, calls that are in the log at the first poll don't start it. Only the first poll reads this option.",
	},
	(value) => !isPresent(value) || timeOf(value, 'UTC').isValid,
);

const settleMinutes = number(
	{
		displayName: 'Wait for Analysis',
		name: 'settleMinutes',
		typeOptions: { minValue: 0 },
		default: 10,
		description:
			'How many minutes after its end was first seen an answered call starts the workflow, so that its answers are there. A missed call does not wait.',
	},
	0,
);

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	startFrom,
	settleMinutes,
	lookBackHours,
	...itemOptions(
		' Each poll reads less when it is set: otherwise it reads 14 hours more on both sides, so that no zone loses a call.',
	),
]);

/** What the user can set, in the order of the editor. Names and values are fixed: saved workflows use them. */
export const CALL_LOG_SETTINGS = [...ITEM_SETTINGS, options] as const;

/** The same as n8n's description of the node's parameters. */
export const callLogParameters = propertiesOf(CALL_LOG_SETTINGS);

/** What the user set, checked and in the form in which it is used. */
export type CallLogSettings = ValuesOf<typeof CALL_LOG_SETTINGS>;

/**
 * What a poll needs to know of the settings. A zone that does not exist is as good as none.
 *
 * @param workflowZone the IANA zone of a `Start From` without an offset, unless the account's is set
 */
export function roundSettings({ options: set }: CallLogSettings, workflowZone: string): RoundSettings {
	const zone = isTimeZone(set.timeZone) ? set.timeZone : '';
	return {
		startFrom: isPresent(set.startFrom) ? timeOf(set.startFrom, zone || workflowZone).toMillis() : null,
		lookBack: set.lookBackHours * HOUR,
		settle: (set.settleMinutes * HOUR) / 60,
		timeZone: zone,
	};
}
