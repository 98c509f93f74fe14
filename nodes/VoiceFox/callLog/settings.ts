import { z } from 'zod/v4';

import { collection, propertiesOf, setting, type ValuesOf } from '../items/setting';
import { ITEM_SETTINGS, timeZoneSetting } from '../items/settings';
import { timeOf } from '../voicefox/queryTimes';
import { isTimeZone } from '../voicefox/times';
import { isPresent } from '../voicefox/values';
import type { RoundSettings } from './newCalls';
import { HOUR } from './window';

const lookBackHours = setting(
	{
		displayName: 'Look Back',
		name: 'lookBackHours',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 48,
		description:
			'How many hours back each poll reads the call log. After a longer outage it reads back to the last poll by itself.',
	},
	z.number().min(1),
);

/** Whatever an expression gives is a time or not one in the account's zone, which only `roundSettings` knows. */
const time = z.unknown().refine((value) => !isPresent(value) || timeOf(value, 'UTC').isValid);

const startFrom = setting(
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'dateTime',
		default: '',
		description:
			'Where the first poll begins: the calls from then on are emitted first, the oldest at the start. Left empty, the calls that are in the log at the first poll are not emitted. Later polls do not look at it.',
	},
	time,
);

const timeZone = {
	...timeZoneSetting,
	property: {
		...timeZoneSetting.property,
		description:
			"The zone of your VoiceFox account. With it, each poll reads less, and 'start_at' and the other times get its offset, e.g. 2026-11-20T10:15:02.000+09:00. Left empty, each poll reads 14 hours more on both sides, so that no zone loses a call.",
	},
};

const settleMinutes = setting(
	{
		displayName: 'Wait for Analysis',
		name: 'settleMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description:
			'How many minutes a call waits after it was first seen in the log, so that its answers are there when the workflow starts',
	},
	z.number().min(0),
);

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	lookBackHours,
	startFrom,
	timeZone,
	settleMinutes,
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
