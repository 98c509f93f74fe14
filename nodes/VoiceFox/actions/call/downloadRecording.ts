import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { callLog } from '../../api/callLogs';
import { fail } from '../../api/errors';
import { recordingName, wantedName } from '../../recording/fileName';
import { recording, type WantedRecording } from '../../recording/recording';
import {
	collection,
	locatorValue,
	number,
	propertiesOf,
	text,
	type Setting,
	type ValuesOf,
} from '../../settings/define';
import { idText } from '../../voicefox/ids';
import { isPresent, textIn } from '../../voicefox/values';
import { settingsFor, type Operation } from '../operation';
import { sessionId, usableSessionId } from '../settings';

/** A text that may be missing: link and session ID stand in for each other. Typed, or chosen from a list. */
const optionalText = <const Name extends string>(
	property: INodeProperties & { name: Name },
): Setting<Name, string> => ({
	property,
	unset: '',
	read: (value) => ({
		readable: true,
		value: textIn(locatorValue(value)).trim(),
	}),
});

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	text({
		displayName: 'File Name',
		name: 'fileName',
		placeholder: 'e.g. {{ $json.caller_number }}',
		description:
			"The file's name; without an ending it gets the recording's. Left empty, it is made of date, caller and session ID.",
	}),
	number(
		{
			displayName: 'Max Size',
			name: 'maxSize',
			typeOptions: { minValue: 1 },
			default: 200,
			description: 'The largest recording to download, in MB. A larger one is not downloaded.',
		},
		1,
	),
	number(
		{
			displayName: 'Timeout',
			name: 'timeout',
			typeOptions: { minValue: 1 },
			default: 120,
			description: 'How long the download may take, in seconds',
		},
		1,
	),
] as const);

const settings = [
	optionalText({
		displayName: 'Recording URL',
		name: 'recordUrl',
		type: 'string',
		default: '={{ $json.record_url }}',
		description:
			"The link from the event. It expires: when it is empty or refused, 'Session ID' gives a fresh one.",
	}),
	optionalText({
		...sessionId.property,
		required: undefined,
		description: "Used to ask VoiceFox for a fresh link, and in the file's name",
	}),
	text({
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		required: true,
		default: 'data',
		hint: 'The name of the output field to put the file in',
	}),
	options,
] as const;

/** The call's log, which has a fresh link. */
const freshLog = async (context: IExecuteFunctions, given: string): Promise<IDataObject> =>
	await callLog(context, usableSessionId(given));

/** What to download for an item. Of another call than the chosen one neither link nor name is taken. */
function wantedOf(
	context: IExecuteFunctions,
	item: IDataObject,
	set: ValuesOf<typeof settings>,
): WantedRecording {
	const { fileName, ...limits } = set.options;
	const own = idText(item.session_id ?? item.sessionId).trim();
	const isOtherCall = set.sessionId !== '' && set.sessionId !== own;
	const isOtherCallsLink = isOtherCall && isPresent(own) && set.recordUrl === item.record_url;
	return {
		recordUrl: isOtherCallsLink ? '' : set.recordUrl,
		readCallLog: set.sessionId === '' ? undefined : async () => await freshLog(context, set.sessionId),
		nameOf: ({ extension }, log) =>
			fileName === ''
				? recordingName({ ...log, ...(isOtherCall ? {} : item) }, set.sessionId, extension)
				: wantedName(fileName, extension),
		limits,
	};
}

/** A call's recording as a file of the incoming item. */
export const downloadRecording: Operation = {
	option: {
		name: 'Download Recording',
		value: 'downloadRecording',
		action: 'Download recording of call',
		description: 'Get the recording as a file, from its link or, when that has expired, by session ID',
	},
	toolDescription:
		'Download the recording of one VoiceFox phone call as an audio file, by its session ID or its recording URL. Use it only when a later step needs the file itself, e.g. to store or transcribe it; for what was said use Get conversation of call. Gives the incoming fields; the file is attached.',
	description: propertiesOf(settings),
	async execute(context, itemIndex) {
		const set = settingsFor(settings, context, itemIndex);
		if (set.binaryPropertyName === '') {
			fail("'Put Output File in Field' is empty. Enter a name such as data");
		}
		const { json, binary } = context.getInputData()[itemIndex]!;
		const file = await recording(context, wantedOf(context, json, set));
		return [{ json, binary: { ...binary, [set.binaryPropertyName]: file }, pairedItem: { item: itemIndex } }];
	},
};
