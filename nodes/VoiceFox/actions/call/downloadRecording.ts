import type { IBinaryData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { callLog } from '../../api/callLogs';
import { download, httpUrlIn, type Limits } from '../../api/download';
import { fail } from '../../api/errors';
import { recordingName, wantedName } from '../../api/fileName';
import type { Operation } from '../operation';
import { collectionOf, givenSessionId, sessionIdOf, sessionIdParameter, textOf } from '../parameters';

const DEFAULT_FIELD = 'data';
const DEFAULT_MAX_SIZE = 200;
const DEFAULT_TIMEOUT = 120;

/** Statuses with which an address says that it has expired. */
const EXPIRED = new Set([403, 404, 410]);

const description: INodeProperties[] = [
	{
		displayName: 'Recording URL',
		name: 'recordUrl',
		type: 'string',
		default: '={{ $json.record_url }}',
		description:
			"The link from the event. It expires: when it is empty or refused, 'Session ID' gives a fresh one.",
	},
	{
		...sessionIdParameter,
		required: undefined,
		description: "Used to ask VoiceFox for a fresh link, and in the file's name",
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: DEFAULT_FIELD,
		hint: 'The name of the output field to put the file in',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.caller_number }}',
				description:
					"The file's name; without an ending it gets the recording's. Left empty, it is made of date, caller and session ID.",
			},
			{
				displayName: 'Max Size',
				name: 'maxSize',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_MAX_SIZE,
				description: 'The largest recording to download, in MB. A larger one is not downloaded.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_TIMEOUT,
				description: 'How long the download may take, in seconds',
			},
		],
	},
];

/** Where a recording is, and what it shall be called. */
interface Wanted {
	/** May be blank or expired: then the call log gives a fresh address */
	recordUrl: string;
	/** May be blank while the address works */
	sessionId: string;
	/** The incoming item, for the date and the caller in the file's name */
	item: IDataObject;
	/** Blank for a name made of date, caller and session */
	fileName: string;
	limits: Limits;
}

function wantedOf(context: IExecuteFunctions, itemIndex: number): Wanted {
	const { fileName, maxSize, timeout } = collectionOf(context, 'options', itemIndex);
	const limits = {
		maxSize: Number(maxSize ?? DEFAULT_MAX_SIZE),
		timeout: Number(timeout ?? DEFAULT_TIMEOUT),
	};
	if (!(limits.maxSize > 0 && limits.timeout > 0)) {
		fail("'Max Size' and 'Timeout' must be numbers above 0");
	}
	return {
		recordUrl: textOf(context.getNodeParameter('recordUrl', itemIndex, '')).trim(),
		sessionId: givenSessionId(context, itemIndex),
		item: context.getInputData()[itemIndex]!.json,
		fileName: textOf(fileName),
		limits,
	};
}

/** The file at an address, or the status when it was refused. */
async function fileAt(
	context: IExecuteFunctions,
	url: URL,
	{ fileName, sessionId, limits }: Wanted,
	call: IDataObject,
) {
	return await download(context, url, limits, ({ extension }) =>
		fileName.trim() === '' ? recordingName(call, sessionId, extension) : wantedName(fileName, extension),
	);
}

function failStatus(status: number, isFresh: boolean): never {
	const sentence = EXPIRED.has(status)
		? isFresh
			? `VoiceFox gave a fresh address for the recording, but it was refused too (${status}). Try again later; the recording may have been deleted`
			: `The recording's address has expired (${status}). Fill in 'Session ID', so that the node can ask VoiceFox for a fresh one`
		: `The recording's host answered ${status}. Try again later, or switch on 'Retry On Fail' in the node's settings`;
	return fail(sentence, undefined, String(status));
}

/** Asks VoiceFox for the call, and downloads from the address that it gives now. */
async function freshRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: Wanted,
): Promise<IBinaryData> {
	const log = await callLog(context, sessionIdOf(context, itemIndex));
	const recordFile = textOf(log.recordFile).trim();
	if (recordFile === '') {
		fail(
			"VoiceFox has no recording of this call; probably nobody answered it. Keep such calls out, e.g. with the trigger's filter 'Answered or Missed'",
		);
	}
	const url = httpUrlIn(recordFile);
	if (!url) fail('VoiceFox gave a link to the recording that is not a valid URL. Try again later');

	const result = await fileAt(context, url, wanted, { ...log, ...wanted.item });
	return 'file' in result ? result.file : failStatus(result.refusedWith, true);
}

function failUnusableUrl(recordUrl: string): never {
	return fail(
		recordUrl === ''
			? "'Recording URL' and 'Session ID' are both empty. Map the record_url or the session_id of the VoiceFox Trigger"
			: "'Recording URL' is not a URL that starts with http:// or https://. Map the record_url of the VoiceFox Trigger",
	);
}

/**
 * A call's recording as a file in n8n's storage: from its address, or from a fresh one by session ID when the
 * address is missing, unusable or expired (403, 404, 410).
 */
async function recording(context: IExecuteFunctions, itemIndex: number): Promise<IBinaryData> {
	const wanted = wantedOf(context, itemIndex);
	const canAskAgain = wanted.sessionId !== '';
	const url = httpUrlIn(wanted.recordUrl);
	if (!url) {
		return canAskAgain ? await freshRecording(context, itemIndex, wanted) : failUnusableUrl(wanted.recordUrl);
	}

	const result = await fileAt(context, url, wanted, wanted.item);
	if ('file' in result) return result.file;
	if (canAskAgain && EXPIRED.has(result.refusedWith)) {
		return await freshRecording(context, itemIndex, wanted);
	}
	return failStatus(result.refusedWith, false);
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
	description,
	async execute(context, itemIndex) {
		const property = textOf(context.getNodeParameter('binaryPropertyName', itemIndex, DEFAULT_FIELD)).trim();
		if (property === '') fail("'Put Output File in Field' is empty. Enter a name such as data");

		const { json, binary } = context.getInputData()[itemIndex]!;
		const file = await recording(context, itemIndex);
		return [{ json, binary: { ...binary, [property]: file }, pairedItem: { item: itemIndex } }];
	},
};
