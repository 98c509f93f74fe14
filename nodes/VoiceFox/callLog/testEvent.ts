import type { IDataObject } from 'n8n-workflow';

import { PAGE_SIZE } from '../api/callLogs';
import { fail } from '../api/errors';
import { eventOfCallLog } from '../voicefox/callLog';
import { sessionIdIn } from '../voicefox/ids';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { isObject } from '../voicefox/values';
import type { CallLogApi, RoundSettings } from './context';
import { startOf } from './listing';
import { earliest, HOUR, latest, type Window } from './window';

const isCall = (entry: unknown): entry is IDataObject =>
	isObject(entry) && 'id' in sessionIdIn(entry.sessionId);

/** The latest call on the first and the last page: one of them holds the last call when VoiceFox sorts them by time. */
async function latestCall(api: CallLogApi, window: Window): Promise<IDataObject | null> {
	const first = await api.page(window, 1);
	const pages = Math.ceil((first.total ?? 0) / PAGE_SIZE);
	const last = pages > 1 ? (await api.page(window, pages)).calls : [];
	const calls = [...first.calls, ...last].filter(isCall);
	return calls.reduce<IDataObject | null>(
		(latest, call) => (latest === null || startOf(call) > startOf(latest) ? call : latest),
		null,
	);
}

/**
 * The last call, as a sample of what the trigger gives.
 *
 * @throws ProblemError when there is none within Look Back, or VoiceFox cannot be asked
 */
export async function sampleCall(
	api: CallLogApi,
	settings: RoundSettings,
	now: number,
): Promise<VoiceFoxEvent> {
	const entry = await latestCall(api, {
		startTime: earliest(now - settings.lookBack, settings),
		endTime: latest(now + HOUR, settings),
	});
	if (entry === null) {
		fail(
			`VoiceFox has no call of the last ${settings.lookBack / HOUR} hours. Make a call, or raise 'Look Back' in the options`,
		);
	}
	const event = eventOfCallLog(await api.details(String(entry.sessionId)), entry);
	if (!event.valid) {
		const paths = event.issues.map(({ path }) => path);
		fail(`VoiceFox's call log has a form that cannot be read: ${paths.join(', ')}`);
	}
	return event;
}
