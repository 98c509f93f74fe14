import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { triggerParameters } from '../../nodes/VoiceFox/items/parameters';
import { readSettings, type TriggerSettings } from '../../nodes/VoiceFox/items/settings';

/** The parameters as a new node has them. */
export const defaultParameters = Object.fromEntries(
	triggerParameters.map(({ name, default: value }) => [name, value]),
) as INodeParameters;

/** Every value of `triggerOn`, from contract section 3.1. */
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
	const read = readSettings((name) => ({ ...defaultParameters, ...parameters })[name]);
	if (!read.readable) throw new Error(`The test's parameter '${read.parameter}' cannot be read`);
	return read.settings;
}
