import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { draggable } from '../../items/names';
import { unreachableProblem } from '../../protocol/address';
import { propertiesOf } from '../../settings/define';
import { settingsFor, toLinkedItems, type Operation } from '../operation';
import { eventFor } from '../sample/event';
import { SAMPLE_SETTINGS } from '../sample/settings';
import { outcomeOf } from './explanations';
import { post, targetOf } from './post';
import { triggerUrl } from './triggerUrl';

const url = triggerUrl(
	'Copy it from the VoiceFox Trigger. For the test URL, click Execute step there before you run this node.',
);

/**
 * Sends a made-up event to a trigger of this n8n, with the credential's token.
 *
 * @returns one item: the status, what became of the event in words, whether the workflow starts, and the event
 * @throws ProblemError when the URL is not of this n8n (nothing is sent then), or the event was not taken
 */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const target = await targetOf(context, settingsFor([url] as const, context, itemIndex).url, itemIndex);
	const event = await eventFor(context, itemIndex);
	const answer = await post(context, target, event);

	const { started, answer: outcome } = outcomeOf(answer);
	const words = [outcome, unreachableProblem(target.url)].filter((sentence) => sentence !== null);
	const json = {
		status: answer.statusCode,
		answer: words.join('. But '),
		started,
		event: draggable({ ...event }),
	};
	return toLinkedItems([json], itemIndex);
}

/** Sends a made-up event to a VoiceFox Trigger, so that a workflow can be tried without a call. */
export const sendSample: Operation = {
	option: {
		name: 'Send Sample',
		value: 'sendSample',
		action: 'Send sample to trigger',
		description: 'Send a made-up event to a VoiceFox Trigger of this n8n, to try a workflow without a call',
	},
	toolDescription:
		'Send a made-up phone call to a VoiceFox Trigger of this n8n, to try a workflow without a real call. Use it only when the user wants a test. Gives one object: status, answer (what became of the event, in words), started (whether the workflow starts), event (what was sent).',
	description: propertiesOf([url, ...SAMPLE_SETTINGS]),
	execute,
};
