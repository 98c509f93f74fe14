import type {
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { callLog, callPage, PAGE_SIZE } from './api/callLogs';
import { fail, toNodeError } from './api/errors';
import { readRound, type CallLogApi } from './callLog/newCalls';
import { note, oneAtATime, timer } from './callLog/polls';
import { sampleCall } from './callLog/sample';
import { readMemory, writeMemory } from './callLog/seen';
import {
	CALL_LOG_SETTINGS,
	callLogParameters,
	roundSettings,
	type CallLogSettings,
} from './callLog/settings';
import { filterRefusal } from './items/filters';
import { toItems } from './items/items';
import { OUTPUT_NAMES, outputsExpression, pinHint } from './items/outputs';
import { readNodeSettings } from './items/setting';
import { isTimeZone, timeZoneOptions } from './voicefox/times';
import type { VoiceFoxEvent } from './voicefox/validation';

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
			'n8n now looks into the VoiceFox call log at the poll times. The calls that are in it already do not start this workflow, later ones do.',
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
		loadOptions: {
			async getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return timeZoneOptions(this.getTimezone());
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return await sampleItems(this);

		return await oneAtATime(this, async () => {
			const settings = settingsOf(this);
			const memory = this.getWorkflowStaticData('node');
			const round = await readRound(
				apiOf(this),
				roundSettings(settings, this.getTimezone()),
				readMemory(memory),
				Date.now(),
				timer(this),
			);
			if (round.memory) writeMemory(memory, round.memory);
			note(this, round.notes);

			const passing = round.events.filter(passes(this, settings));
			// An execution, even one without items, is what makes n8n save the memory.
			const isWorthwhile = passing.length > 0 || round.isFirst;
			return { items: isWorthwhile ? itemsOf(passing, settings) : null, problem: round.problem };
		});
	}
}

function settingsOf(context: IPollFunctions): CallLogSettings {
	const read = readNodeSettings(CALL_LOG_SETTINGS, context.getNode(), (name) =>
		context.getNodeParameter(name, null),
	);
	if (!read.readable) {
		fail(
			`The setting '${read.label}' cannot be read. Open the node and look for what is marked red, or for an expression that gives nothing`,
		);
	}
	const { timeZone } = read.value.options;
	if (timeZone !== '' && !isTimeZone(timeZone)) {
		note(context, [
			'The time zone is unknown: all times are left as sent, and each poll reads 14 hours more',
		]);
	}
	return read.value;
}

const apiOf = (context: IPollFunctions): CallLogApi => ({
	page: async (window, pageIndex) => await callPage(context, { ...window, pageSize: PAGE_SIZE }, pageIndex),
	details: async (sessionId) => await callLog(context, sessionId),
});

const passes =
	(context: IPollFunctions, { filters }: CallLogSettings) =>
	(event: VoiceFoxEvent) => {
		const refusal = filterRefusal(event, filters);
		if (refusal !== null) context.logger.debug(`VoiceFox Call Log Trigger left out a call: ${refusal}`);
		return refusal === null;
	};

/** The items of all calls, output by output. */
function itemsOf(events: VoiceFoxEvent[], settings: CallLogSettings): INodeExecutionData[][] {
	const perCall = events.map((event) => toItems(event, settings));
	return OUTPUT_NAMES[settings.output].map((_, index) => perCall.flatMap((outputs) => outputs[index] ?? []));
}

/** For "Fetch Test Event": the last call, whatever the filters say. Nothing is remembered. */
async function sampleItems(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	try {
		const settings = settingsOf(context);
		const round = roundSettings(settings, context.getTimezone());
		return itemsOf([await sampleCall(apiOf(context), round, Date.now())], settings);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
