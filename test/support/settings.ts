import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { readSettings } from '../../nodes/VoiceFox/settings/define';
import {
	TRIGGER_SETTINGS,
	triggerParameters,
	type TriggerSettings,
} from '../../nodes/VoiceFox/trigger/settings';

/** The parameters as a new node has them. */
export const defaultParameters = Object.fromEntries(
	triggerParameters.map(({ name, default: value }) => [name, value]),
) as INodeParameters;

/** Every value of `triggerOn`. */
export const ALL_EVENTS = [
	'callin.collect',
	'task.call.collect',
	'callin.hangup',
	'callin.transfer',
	'task.end',
	'other',
];

/** The settings of a node on which the user changed these parameters. */
export function settingsWith(parameters: IDataObject = {}): TriggerSettings {
	const read = readSettings(TRIGGER_SETTINGS, (name) => ({ ...defaultParameters, ...parameters })[name]);
	if (!read.readable) throw new Error(`The test's setting '${read.label}' cannot be read`);
	return read.value;
}
