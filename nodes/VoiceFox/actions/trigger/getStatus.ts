import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isTriggerStatus, STATUS_EVENT, type ReasonCount, type TriggerStatus } from '../../protocol/status';
import { propertiesOf } from '../../settings/define';
import { settingsFor, toLinkedItems, type Operation } from '../operation';
import { notATrigger, takenBody } from './explanations';
import { post, targetOf } from './post';
import { triggerUrl } from './triggerUrl';

const url = triggerUrl(
	'Copy the production URL from the VoiceFox Trigger. Its workflow must be published; asking does not start it.',
);

/** So many reasons of a kind are named in the summary; the item has them all. */
const MOST_NAMED = 3;

const ONE_PROCESS =
	'This is what one n8n process knows. In queue mode, each webhook process counts what it received itself: execute this node again to ask another one';

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `10:15` for today, else `28 Nov 10:15`. */
function shortTime(iso: string, now: DateTime): string {
	const time = DateTime.fromISO(iso, { zone: now.zone }).setLocale('en');
	return time.toFormat(time.hasSame(now, 'day') ? 'HH:mm' : 'd LLL HH:mm');
}

/** `3 requests refused: why (last 10:15)`; with several reasons each with its count. */
function reasonsInWords(reasons: ReasonCount[], what: string, done: string, now: DateTime): string[] {
	if (reasons.length === 0) return [];

	const total = reasons.reduce((sum, { count }) => sum + count, 0);
	const named = reasons.slice(0, MOST_NAMED).map(({ reason, count, last }) => {
		const times = reasons.length === 1 ? '' : `${count} times, `;
		return `${reason} (${times}last ${shortTime(last, now)})`;
	});
	const more = reasons.length - named.length;
	if (more > 0) named.push(`${counted(more, 'more reason')}`);
	return [`${counted(total, what)} ${done}: ${named.join(', ')}`];
}

/**
 * A trigger's status in a sentence.
 *
 * @param now in the zone whose wall clock its times show
 */
export function summaryOf(
	{ since, accepted, refused, ignored, warnings, problem }: TriggerStatus,
	now: DateTime,
): string {
	const start = DateTime.fromISO(since, { zone: now.zone }).setLocale('en').toFormat('d LLL HH:mm');
	const happened = [
		`${counted(accepted, 'event')} accepted since ${start}`,
		...reasonsInWords(refused, 'request', 'refused', now),
		...reasonsInWords(ignored, 'event', 'ignored', now),
		...reasonsInWords(warnings, 'warning', 'given', now),
	].join('; ');
	return problem === null ? happened : `${happened}. ${problem}`;
}

/**
 * Asks a trigger of this n8n what became of the requests it got.
 *
 * @returns one item: the status, a summary in words first
 * @throws ProblemError when the URL is not of this n8n (nothing is sent then), or no trigger answers
 */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const target = await targetOf(context, settingsFor([url] as const, context, itemIndex).url, itemIndex);
	const answer = takenBody(await post(context, target, { event_name: STATUS_EVENT }));
	if (!isTriggerStatus(answer)) return notATrigger();

	context.addExecutionHints({ message: ONE_PROCESS, location: 'outputPane' });
	const summary = summaryOf(answer, DateTime.now().setZone(context.getTimezone()));
	return toLinkedItems([{ summary, ...answer }], itemIndex);
}

/** Tells why calls did not arrive, without n8n's log. */
export const getStatus: Operation = {
	option: {
		name: 'Get Status',
		value: 'getStatus',
		action: 'Get status of trigger',
		description: 'Find out why calls did not arrive: what a VoiceFox Trigger accepted, refused and ignored',
	},
	toolDescription:
		'Find out why phone calls did not start a workflow: what a VoiceFox Trigger of this n8n accepted, refused and ignored since n8n started, and why. Needs the URL of the trigger. Gives one object: summary (in words), since, accepted, refused, ignored and warnings (each a list of reason, count and last), url, problem.',
	description: propertiesOf([url]),
	execute,
};
