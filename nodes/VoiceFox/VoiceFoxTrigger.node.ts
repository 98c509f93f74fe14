import {
	NodeOperationError,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { listSearch } from './actions/listSearch';
import { cannotBeRead, readNodeSettings } from './settings/define';
import { outputsExpression, pinHint, toNodeOutputs } from './items/outputs';
import { toItems, toParts } from './items';
import { filterRefusal } from './items/filters';
import { authorize } from './trigger/authorization';
import { webhookTokenTest } from './token/credentialTest';
import { canAuthorize, unusableProblem, type WebhookCredential } from './token/token';
import { log } from './log/log';
import { unreachableProblem } from './protocol/address';
import { asksForStatus } from './protocol/status';
import { readDelivery } from './trigger/delivery';
import { AcceptedDeliveries, type Claim } from './trigger/duplicates';
import { fingerprint } from './trigger/fingerprint';
import { duplicate, filtered, invalid, notSelected, UNPROCESSED } from './trigger/unprocessed';
import {
	accept,
	outputCount,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	reportStatus,
	skip,
	triggerKey,
	warn,
} from './trigger/replies';
import {
	subtitleExpression,
	TRIGGER_SETTINGS,
	triggerParameters,
	type TriggerSettings,
} from './trigger/settings';
import { missingHint } from './trigger/hints';
import { warningsOf } from './trigger/warnings';
import { eventRow } from './voicefox/events';
import { getTimeZones } from './settings/timeZone';
import { readEvent, type VoiceFoxEvent } from './voicefox/validation';

const CREDENTIAL = 'voiceFoxWebhookApi';

/** Of all triggers in this process, for as long as it runs. */
const deliveries = new AcceptedDeliveries();

/** Starts a workflow with each event that VoiceFox sends: a call's answers, its analysis, and what else it reports. */
export class VoiceFoxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'VoiceFox Trigger',
		name: 'voiceFoxTrigger',
		icon: { light: 'file:../../icons/voicefox.svg', dark: 'file:../../icons/voicefox.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: subtitleExpression,
		description: 'Starts the workflow when VoiceFox has analyzed a phone call, or reports another event',
		eventTriggerDescription:
			'Waiting for VoiceFox to send an event to the test URL: make a call now, or send a sample',
		activationMessage:
			"VoiceFox can now start this workflow. Check that the webhook page of the VoiceFox console holds this node's production URL, and the value of its credential as Authorization.",
		defaults: { name: 'VoiceFox Trigger' },
		inputs: [],
		outputs: outputsExpression(
			`$parameter.options?.notProcessed?.length ? [${JSON.stringify(UNPROCESSED)}] : []`,
		),
		credentials: [
			{ name: 'voiceFoxWebhookApi', required: true, testedBy: 'webhookTokenTest' },
			// Of two credentials n8n can't say which one matters. This one is read in the editor only, for the lists.
			{ name: 'voiceFoxApi', displayName: 'VoiceFox API, Only for Choosing From Lists (Optional)' },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		hints: [pinHint, missingHint],
		builderHint: {
			searchHint:
				'Starts a workflow when a VoiceFox phone call has been analyzed. Set output to row for one flat item per call (tables, spreadsheets, CRMs); to perCall for one nested item per call; to separate for three outputs (0: the call, 1: one item per collected answer, 2: one item per conversation analysis topic); to list for all of these in one output. With triggerOn task.end, output 0 is the task and output 1 the results per question.',
		},
		triggerPanel: {
			header: 'Send VoiceFox events to this URL',
			executionsHelp: {
				inactive:
					"<b>To try it:</b> copy the test URL and paste it on the webhook page of the VoiceFox console as the URL of 'Call analysis completed'. Then click 'Execute step', and make a call. <br /><br /><b>To go live:</b> put the production URL there instead, and publish this workflow. Each call then starts it by itself, and you see what arrived in the <a data-key='executions'>executions list</a>. <br /><br /><b>One URL for each trigger:</b> every VoiceFox Trigger has its own URL, and VoiceFox documents one URL for each event. Do everything with a call in one workflow, or pass it on with 'Execute Sub-workflow'.",
				active:
					"<b>This workflow is live.</b> Each event that VoiceFox sends to the production URL starts it; you see them in the <a data-key='executions'>executions list</a>. <br /><br /><b>To try a change:</b> copy the test URL, click 'Execute step', and let VoiceFox send to the test URL meanwhile. <br /><br /><b>A call did not arrive?</b> A VoiceFox node with 'Get Status' says why.",
			},
			activationHint:
				"Paste the production URL on the webhook page of the VoiceFox console, with the credential's value as Authorization. Once this workflow is published, every call starts it without you.",
		},
		properties: triggerParameters,
	};

	methods = {
		credentialTest: { webhookTokenTest },
		listSearch,
		loadOptions: { getTimeZones },
	};

	/** The URL is typed into VoiceFox's console by hand: there is nothing to register or to delete there. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				if (this.getActivationMode() !== 'manual') return warnOfAddress(this);

				const problem = await whatKeepsFromListening(this);
				if (problem === null) return true;
				// The editor shows the message only, not the description.
				throw new NodeOperationError(this.getNode(), problem);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const credential = await readCredential(this);
		if (credential === null) {
			return await refuseUnreadable(this, 'the credential', cannotBeRead('The credential'));
		}

		const request = this.getRequestObject();
		const sender = authorize(request, credential);
		if (!sender.authorized) return await refuseUnauthorized(this, sender.refusal, sender.problem);

		const sent = await readDelivery(request);
		if (asksForStatus(sent)) return reportStatus(this, stateOf(this, credential));

		const read = readParameters(this);
		if (!read.readable) {
			return await refuseUnreadable(this, `the setting '${read.label}'`, read.problem);
		}
		const settings = read.value;

		if (!sent.valid) return await skip(this, settings, invalid(sent));

		const { value: choice, shape } = eventRow(sent.eventName);
		if (!settings.triggerOn.includes(choice)) {
			return await skip(this, settings, notSelected(choice, sent.received));
		}

		const event = readEvent(sent, settings.options.validation, shape);
		if (!event.valid) return await skip(this, settings, invalid(event));

		const parts = toParts(event, settings);
		warn(this, warningsOf(parts, settings));
		const refusal = filterRefusal(parts, settings.filters);
		if (refusal !== null) return await skip(this, settings, filtered(refusal, sent.received));

		const claim = await claimDelivery(this, event, settings);
		if (claim === 'duplicate') return await skip(this, settings, duplicate(sent.received));
		if (claim === 'undecided') return await refuseUndecided(this);

		const { outputs, warnings } = toItems(parts, settings);
		warn(this, warnings);
		return accept(this, toNodeOutputs(outputs, outputCount(this, settings)));
	}
}

async function readCredential(context: IWebhookFunctions) {
	try {
		return await context.getCredentials(CREDENTIAL);
	} catch {
		// None is set, it was deleted, or n8n cannot decrypt it.
		return null;
	}
}

const readParameters = (context: IWebhookFunctions | IHookFunctions) =>
	readNodeSettings(TRIGGER_SETTINGS, context.getNode(), (name) => context.getNodeParameter(name, null));

function unreadableSetting(context: IHookFunctions | IWebhookFunctions): string | null {
	const read = readParameters(context);
	return read.readable ? null : read.problem;
}

/** A live workflow always starts: what keeps its events from coming is said in n8n's log. */
function warnOfAddress(context: IHookFunctions): true {
	const problem = unreachableProblem(context.getNodeWebhookUrl('default'));
	if (problem !== null) log(context, 'VoiceFox Trigger', 'warn', 'address', problem);
	return true;
}

async function whatKeepsFromListening(context: IHookFunctions): Promise<string | null> {
	const credential = await context.getCredentials(CREDENTIAL);
	return canAuthorize(credential) ? unreadableSetting(context) : unusableProblem(credential);
}

/** What Get Status shows beside what was counted. */
function stateOf(context: IWebhookFunctions, credential: WebhookCredential) {
	const url = context.getNodeWebhookUrl('default');
	return {
		url: url ?? null,
		problem: unusableProblem(credential) ?? unreadableSetting(context) ?? unreachableProblem(url),
	};
}

/** Test runs neither count as accepted nor are refused as duplicates: whoever tries a sample sends it again. */
async function claimDelivery(
	context: IWebhookFunctions,
	event: VoiceFoxEvent,
	settings: TriggerSettings,
): Promise<Claim> {
	if (!settings.options.ignoreDuplicates || context.getMode() === 'manual') return 'first';

	const digest = fingerprint(event);
	if (digest === null) return 'first';
	return await deliveries.claim(triggerKey(context), digest, context.getResponseObject());
}
