import type { IDataObject } from 'n8n-workflow';

import { readDelivery } from '../../nodes/VoiceFox/trigger/delivery';
import type { SentEvent } from '../../nodes/VoiceFox/voicefox/events';
import { readEvent, type ValidationMode, type VoiceFoxEvent } from '../../nodes/VoiceFox/voicefox/validation';
import callEndedFixture from '../fixtures/call-ended.json';
import inboundFixture from '../fixtures/inbound-analysis.json';
import missedCallFixture from '../fixtures/missed-call.json';
import outboundFixture from '../fixtures/outbound-analysis.json';
import taskEndFixture from '../fixtures/task-end.json';

/** An event as VoiceFox sends it. */
export type Body = IDataObject & { event_name: string; event_data: IDataObject };

export const inbound = inboundFixture as Body;
export const outbound = outboundFixture as Body;
export const callEnded = callEndedFixture as Body;
export const missedCall = missedCallFixture as Body;
export const taskEnd = taskEndFixture as Body;

/** The sample events whose fields VoiceFox documents. */
export const documented: Body[] = [inbound, outbound, callEnded, taskEnd];

/** The event with some fields of its `event_data` replaced; `undefined` leaves a field out. */
export const withData = (body: Body, changes: IDataObject): Body =>
	JSON.parse(JSON.stringify({ ...body, event_data: { ...body.event_data, ...changes } })) as Body;

/** The fields of an event's `event_data` but the named ones. */
export const dataWithout = (body: Body, ...names: string[]): IDataObject =>
	Object.fromEntries(Object.entries(body.event_data).filter(([name]) => !names.includes(name)));

/** Fields as an item holds them: VoiceFox's, but the two that n8n's expressions refuse have other names. */
export const renamed = (fields: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name === 'caller' || name === 'callee' ? `${name}_number` : name,
			value,
		]),
	);

/** The collected answers of an analysis event. */
export const answersOf = (body: Body) => body.event_data.collect_targets as IDataObject[];

/** The conversation analyses of an analysis event. */
export const topicsOf = (body: Body) => body.event_data.conversation_analysis as IDataObject[];

/** Reads a JSON value as n8n hands over a body of `application/json`. */
export const deliveryOf = async (body: unknown) =>
	await readDelivery({ body, contentType: 'application/json' });

/** Reads a body and its event, both of which must be valid. */
export async function eventOf(body: unknown, mode: ValidationMode = 'tolerant'): Promise<VoiceFoxEvent> {
	const delivery = await deliveryOf(body);
	if (!delivery.valid) throw new Error(`The test's body is no delivery: ${JSON.stringify(delivery.issues)}`);
	const event = readEvent(delivery, mode);
	if (!event.valid) throw new Error(`The test's body is no event: ${JSON.stringify(event.issues)}`);
	return event;
}

/** Validates a body: the converted `event_data`, or the issues. */
export async function validated(body: unknown, mode: ValidationMode = 'tolerant') {
	const event = readEvent((await deliveryOf(body)) as SentEvent, mode);
	return event.valid ? event.data : event.issues;
}

/** The places whose values tolerant validation passes on as sent. */
export const asSentOf = async (body: unknown) => (await eventOf(body)).asSent;
