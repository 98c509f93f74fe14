import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodeCredentialTestResult,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { authorize, REFUSALS, tokenProblem } from './trigger/authorization';
import { readDelivery, type InvalidPayload } from './trigger/delivery';
import { AcceptedDeliveries, fingerprint, type Claim } from './trigger/duplicates';
import { choiceOf, readEvent, type VoiceFoxEvent } from './voicefox/validation';
import { EVENT_LABELS, subtitleExpression } from './voicefox/events';
import { refusingFilter } from './items/filters';
import { toInvalidItem, toItems } from './items/items';
import { outputsExpression } from './items/outputs';
import { triggerParameters } from './items/parameters';
import {
	accept,
	ignore,
	refuseInvalid,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	warn,
} from './trigger/replies';
import { readSettings, type TriggerSettings } from './items/settings';
import { isTimeZone, timeZoneOptions } from './voicefox/times';

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
		outputs: outputsExpression,
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
		hints: [
			{
				message:
					"Each call is one item with a column per question, in 'answers': it fits a row of a spreadsheet. This form can also be pinned as sample data.",
				type: 'info',
				location: 'ndv',
				displayCondition: '={{ $parameter.output === "perCall" }}',
			},
			{
				message:
					"To pin this data as a sample, set 'Output' to 'One Item per Call' or 'One List': n8n pins only nodes with one output.",
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ $parameter.output === "separate" }}',
			},
			{
				message:
					"To use a phone number in another node, drag 'caller_number' or 'callee_number'. n8n does not allow 'caller' and 'callee' there.",
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition: '={{ $parameter.triggerOn?.some((name) => name !== "task.end") }}',
			},
		],
		builderHint: {
			searchHint:
				'Starts a workflow when a VoiceFox phone call has been analyzed. Set output to perCall for one item per call with all answers in it (spreadsheets, CRMs); to separate for three outputs (0: the call, 1: one item per collected answer, 2: one item per conversation analysis topic); to list for all of these in one output. With triggerOn task.end, output 0 is the task and output 1 the results per question.',
		},
		triggerPanel: {
			header: 'Let VoiceFox send its calls here',
			executionsHelp: {
				inactive:
					"<b>To try it:</b> click 'Execute step', copy the test URL, and paste it on the webhook page of the VoiceFox console as the URL of 'Call analysis completed'. Then make a call. <br /><br /><b>To go live:</b> put the production URL there instead, and publish this workflow. Each call then starts it by itself, and you see what arrived in the <a data-key='executions'>executions list</a>.",
				active:
					"<b>This workflow is live.</b> Each event that VoiceFox sends to the production URL starts it; you see them in the <a data-key='executions'>executions list</a>. <br /><br /><b>To try a change:</b> click 'Execute step' and let VoiceFox send to the test URL meanwhile.",
			},
			activationHint:
				"Paste the production URL on the webhook page of the VoiceFox console, with the credential's value as Authorization. Once this workflow is published, every call starts it without you.",
		},
		properties: triggerParameters,
	};

	methods = {
		credentialTest: {
			/** Looks at the values only: VoiceFox offers nobody to ask whether they are right. */
			async webhookTokenTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
			): Promise<INodeCredentialTestResult> {
				const problem = tokenProblem(credential.data ?? {});
				return problem === null
					? { status: 'OK', message: 'The token can be used. VoiceFox must send the same one.' }
					: { status: 'Error', message: problem };
			},
		},
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

				const problem = tokenProblem(await this.getCredentials(CREDENTIAL));
				if (problem === null) return true;
				throw new NodeOperationError(this.getNode(), 'No request could be authorized', {
					description: problem,
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const credential = await readCredential(this);
		if (credential === null) return refuseUnreadable(this, 'the credential');

		const authorization = authorize(this.getRequestObject().headers.authorization, credential);
		if (authorization !== 'authorized') return refuseUnauthorized(this, REFUSALS[authorization]);

		// n8n has no value for a parameter that the editor hides, and throws unless it is given one.
		const read = readSettings((name) => this.getNodeParameter(name, null));
		if (!read.readable) return refuseUnreadable(this, `the parameter '${read.parameter}'`);
		const { settings } = read;

		const delivery = await readDelivery(this.getRequestObject());
		if (!delivery.valid) return answerInvalid(this, delivery, settings);

		const choice = choiceOf(delivery.eventName);
		if (!settings.triggerOn.includes(choice)) {
			return ignore(this, `"${EVENT_LABELS[choice]}" is not selected in 'Trigger On'`);
		}

		const event = readEvent(delivery, settings.options.validation);
		if (!event.valid) return answerInvalid(this, event, settings);

		const refusing = refusingFilter(event, settings.filters);
		if (refusing !== null) return ignore(this, `it does not pass the filter '${refusing}'`);

		const claim = await claimDelivery(this, event, settings);
		if (claim === 'duplicate') return ignore(this, 'it is a copy of an event that was accepted already');
		if (claim === 'undecided') return refuseUndecided(this);

		warnOfUnknownZone(this, settings.options.timeZone);
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

function answerInvalid(context: IWebhookFunctions, invalid: InvalidPayload, settings: TriggerSettings) {
	return settings.options.invalidPayloads === 'emit'
		? accept(toInvalidItem(invalid, settings))
		: refuseInvalid(context, invalid.issues);
}

/** Test runs neither count as accepted nor are refused as copies: whoever tries a sample sends it again. */
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

function warnOfUnknownZone(context: IWebhookFunctions, zone: string) {
	if (zone !== '' && !isTimeZone(zone)) warn(context, 'left all times as sent: its time zone is unknown');
}
