import {
	NodeOperationError,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { readNodeSettings } from './items/setting';
import { outputsExpression, pinHint } from './items/outputs';
import { toItems } from './items/items';
import { filterRefusal } from './items/filters';
import { askedAnswers } from './items/questions';
import { authorize, uselessCredential } from './trigger/authorization';
import { webhookTokenTest } from './trigger/credentialTest';
import { readDelivery } from './trigger/delivery';
import { AcceptedDeliveries, type Claim } from './trigger/duplicates';
import { fingerprint } from './trigger/fingerprint';
import { duplicate, filtered, invalid, NOT_PROCESSED, notSelected } from './trigger/notProcessed';
import {
	accept,
	leaveOut,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	unreadable,
	warn,
} from './trigger/replies';
import {
	subtitleExpression,
	TRIGGER_SETTINGS,
	triggerParameters,
	type TriggerSettings,
} from './trigger/settings';
import { choiceOf } from './voicefox/events';
import { isTimeZone, timeZoneOptions } from './voicefox/times';
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
			`$parameter.options?.notProcessed?.length ? [${JSON.stringify(NOT_PROCESSED)}] : []`,
		),
		credentials: [{ name: 'voiceFoxWebhookApi', required: true, testedBy: 'webhookTokenTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		hints: [pinHint],
		builderHint: {
			searchHint:
				'Starts a workflow when a VoiceFox phone call has been analyzed. Set output to row for one flat item per call (tables, spreadsheets, CRMs); to perCall for one nested item per call; to separate for three outputs (0: the call, 1: one item per collected answer, 2: one item per conversation analysis topic); to list for all of these in one output. With triggerOn task.end, output 0 is the task and output 1 the results per question.',
		},
		triggerPanel: {
			header: 'Let VoiceFox send its calls here',
			executionsHelp: {
				inactive:
					"<b>To try it:</b> copy the test URL and paste it on the webhook page of the VoiceFox console as the URL of 'Call analysis completed'. Then click 'Execute step', and make a call. <br /><br /><b>To go live:</b> put the production URL there instead, and publish this workflow. Each call then starts it by itself, and you see what arrived in the <a data-key='executions'>executions list</a>.",
				active:
					"<b>This workflow is live.</b> Each event that VoiceFox sends to the production URL starts it; you see them in the <a data-key='executions'>executions list</a>. <br /><br /><b>To try a change:</b> copy the test URL, click 'Execute step', and let VoiceFox send to the test URL meanwhile.",
			},
			activationHint:
				"Paste the production URL on the webhook page of the VoiceFox console, with the credential's value as Authorization. Once this workflow is published, every call starts it without you.",
		},
		properties: triggerParameters,
	};

	methods = {
		credentialTest: { webhookTokenTest },
		loadOptions: {
			async getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return timeZoneOptions(this.getTimezone());
			},
		},
	};

	/** The URL is typed into VoiceFox's console by hand: there is nothing to register or to delete there. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				if (this.getActivationMode() !== 'manual') return true;

				const problem = uselessCredential(await this.getCredentials(CREDENTIAL)) ?? unreadableSetting(this);
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
		if (credential === null) return await refuseUnreadable(this, 'The credential');

		const authorization = authorize(this.getRequestObject().headers.authorization, credential);
		if (authorization !== 'authorized') return await refuseUnauthorized(this, authorization);

		const read = readParameters(this);
		if (!read.readable) return await refuseUnreadable(this, `The setting '${read.label}'`);
		const settings = read.value;

		const sent = await readDelivery(this.getRequestObject());
		if (!sent.valid) return await leaveOut(this, settings, invalid(sent));

		const choice = choiceOf(sent.eventName);
		if (!settings.triggerOn.includes(choice)) {
			return await leaveOut(this, settings, notSelected(choice, sent.received));
		}

		const event = readEvent(sent, settings.options.validation);
		if (!event.valid) return await leaveOut(this, settings, invalid(event));

		warnOfQuestions(this, event, settings);
		const refusal = filterRefusal(event, settings.filters);
		if (refusal !== null) return await leaveOut(this, settings, filtered(refusal, sent.received));

		const claim = await claimDelivery(this, event, settings);
		if (claim === 'duplicate') return await leaveOut(this, settings, duplicate(sent.received));
		if (claim === 'undecided') return await refuseUndecided(this);

		warnOfTimeZone(this, settings);
		return accept(toItems(event, settings));
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

function unreadableSetting(context: IHookFunctions): string | null {
	const read = readParameters(context);
	return read.readable ? null : unreadable(`The setting '${read.label}'`);
}

/** Test runs neither count as accepted nor are refused as duplicates: whoever tries a sample sends it again. */
async function claimDelivery(
	context: IWebhookFunctions,
	event: VoiceFoxEvent,
	settings: TriggerSettings,
): Promise<Claim> {
	if (!settings.options.ignoreDuplicates || context.getMode() === 'manual') return 'first';

	const print = fingerprint(event);
	if (print === null) return 'first';
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	return await deliveries.claim(trigger, print, context.getResponseObject());
}

/** An entry that matches nothing may be a typing error: it is named also where a filter then refuses the call. */
function warnOfQuestions(context: IWebhookFunctions, event: VoiceFoxEvent, { filters }: TriggerSettings) {
	if (event.kind !== 'analysis') return;

	for (const entry of askedAnswers(event.data.collect_targets, filters.questions).unmatched) {
		const shown = JSON.stringify(entry.slice(0, 100));
		warn(
			context,
			'question',
			`has an entry in 'Only These Questions' that matches no question of a call: ${shown}`,
		);
	}
}

function warnOfTimeZone(context: IWebhookFunctions, { options }: TriggerSettings) {
	if (options.timeZone !== '' && !isTimeZone(options.timeZone)) {
		warn(context, 'zone', 'left all times as sent, because n8n does not know its time zone');
	}
}
