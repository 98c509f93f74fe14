import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { listSearch } from './actions/listSearch';
import { callLog, callPage, PAGE_SIZE } from './api/callLogs';
import { fail, toNodeError } from './api/errors';
import { askOnce } from './api/retries';
import type { CallLogApi } from './callLog/context';
import { readRound } from './callLog/round';
import { accountOf } from './callLog/account';
import {
	logLeftOut,
	note,
	oneAtATime,
	pollTime,
	triggerOf,
	type Outcome,
	type PollTime,
} from './callLog/polling';
import { isSaveDue, recall, remember, rememberEmitted } from './callLog/store';
import { sampleCall } from './callLog/testEvent';
import {
	CALL_LOG_SETTINGS,
	callLogParameters,
	roundSettings,
	type CallLogSettings,
} from './callLog/settings';
import { filterRefusal } from './items/filters';
import { toItems, toParts, type Parts } from './items';
import { outputLabels, outputsExpression, pinHint, toNodeOutputs } from './items/outputs';
import { readNodeSettings } from './settings/define';
import { getTimeZones, timeZoneWarning } from './settings/timeZone';

/** Starts a workflow with the calls in VoiceFox's call log that it has not seen yet. Needs no public address. */
export class VoiceFoxCallLogTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'VoiceFox Call Log Trigger',
		name: 'voiceFoxCallLogTrigger',
		icon: { light: 'file:../../icons/voicefox.svg', dark: 'file:../../icons/voicefox.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'New calls in the call log',
		description:
			'Starts the workflow with new calls in the VoiceFox call log. Looks by itself every few minutes, so n8n needs no public address.',
		eventTriggerDescription: 'Getting the last call of the VoiceFox call log',
		activationMessage:
			"n8n now checks the VoiceFox call log at the poll times. Calls already in the log don't start this workflow.",
		defaults: { name: 'VoiceFox Call Log Trigger' },
		polling: true,
		inputs: [],
		outputs: outputsExpression('[]'),
		credentials: [{ name: 'voiceFoxApi', required: true }],
		hints: [pinHint],
		builderHint: {
			searchHint:
				'Starts a workflow with the new calls of the VoiceFox call log by polling: for an n8n without a public address, or to catch up on calls whose webhook event was lost. The items have the same fields as those of the VoiceFox Trigger, without conversation_analysis, extra and question_uuid, and end with source: "call_log".',
		},
		triggerPanel: {
			header: 'Get the calls from the VoiceFox call log',
			executionsHelp: {
				inactive:
					"<b>To see a sample:</b> click 'Fetch Test Event'. It brings the last call. No URL, no phone and no public address are needed, only the credential with your API token. <br /><br /><b>To go live:</b> publish this workflow. n8n then looks for new calls at the poll times; you see what arrived in the <a data-key='executions'>executions list</a>.",
				active:
					"<b>This workflow is live.</b> n8n looks for new calls at the poll times; you see what arrived in the <a data-key='executions'>executions list</a>. <br /><br /><b>To try a change:</b> click 'Fetch Test Event'. It brings the last call and changes nothing.",
			},
			activationHint:
				'Once this workflow is published, n8n looks for new calls by itself. A new call arrives after the next poll and the time in the option Wait for Analysis.',
		},
		properties: callLogParameters,
	};

	methods = {
		listSearch,
		loadOptions: { getTimeZones },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return await sampleItems(this);

		return await oneAtATime(this, async () => await newItems(this));
	}
}

/** Whether n8n has just started and published nothing: the newer schedulers do not say so. */
const isStart = (context: IPollFunctions) =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

async function newItems(context: IPollFunctions): Promise<Outcome<INodeExecutionData[][]>> {
	const time = pollTime(context);
	const now = Date.now();
	const settings = settingsOf(context);
	const trigger = triggerOf(context);
	const data = context.getWorkflowStaticData('node');
	const recalled = recall(trigger, data);
	const { memory: before, isFirstPoll } = recalled;
	const account = accountOf(await context.getCredentials('voiceFoxApi'));
	const round = await readRound(
		apiOf(context, time.inTime),
		roundSettings(settings, context.getTimezone()),
		before,
		{ ...time, now, account, isFirstPoll, isStart: isStart(context) },
	);
	note(context, round.notes);
	const { memory, events, problem, isMilestone } = round;
	if (memory === null) return { items: null, problem };

	const passing = events.map((event) => toParts(event, settings)).filter(passes(context, settings));
	// An execution, even one without items, is what makes n8n save the memory.
	const isSaved = isMilestone || (problem === null && isSaveDue(recalled, memory, now));
	if (passing.length === 0 && !isSaved) {
		remember(trigger, data, memory);
		return { items: null, problem };
	}
	const items = itemsOf(context, passing, settings);
	return { items: rememberEmitted(trigger, data, { memory, before }, items, now), problem };
}

function settingsOf(context: IPollFunctions): CallLogSettings {
	const read = readNodeSettings(CALL_LOG_SETTINGS, context.getNode(), (name) =>
		context.getNodeParameter(name, null),
	);
	if (!read.readable) fail(read.problem);
	const text = timeZoneWarning(read.value.options);
	if (text !== null) note(context, [{ text, once: true }]);
	return read.value;
}

/** @param inTime ends what takes too long */
const apiOf = (context: IPollFunctions, inTime: PollTime['inTime']): CallLogApi => ({
	page: async (window, pageIndex) =>
		await inTime(callPage(context, { ...window, pageSize: PAGE_SIZE }, pageIndex, askOnce)),
	details: async (sessionId) => await inTime(callLog(context, sessionId, askOnce)),
});

const passes =
	(context: IPollFunctions, { filters }: CallLogSettings) =>
	(parts: Parts) => {
		const refusal = filterRefusal(parts, filters);
		if (refusal !== null) logLeftOut(context, refusal);
		return refusal === null;
	};

/** The items of all calls, output by output; each setting that fits nothing of a call is one line in n8n's log. */
function itemsOf(context: IPollFunctions, calls: Parts[], settings: CallLogSettings): INodeExecutionData[][] {
	const items = calls.map((parts) => toItems(parts, settings));
	const warnings = [...calls, ...items].flatMap((each) => each.warnings.map(({ reason }) => reason));
	note(
		context,
		[...new Set(warnings)].map((text) => ({ text })),
	);

	const perCall = items.map(({ outputs }) => outputs);
	const places = [...outputLabels(settings.output).keys()];
	return toNodeOutputs(
		places.map((place) => perCall.flatMap((outputs) => outputs[place] ?? [])),
		places.length,
	);
}

const asLongAsItTakes: PollTime['inTime'] = async (response) => await response;

/** For "Fetch Test Event": the last call, whatever the filters say. Nothing is remembered. */
async function sampleItems(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	try {
		const settings = settingsOf(context);
		const round = roundSettings(settings, context.getTimezone());
		const call = await sampleCall(apiOf(context, asLongAsItTakes), round, Date.now());
		return itemsOf(context, [toParts(call, settings)], settings);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
