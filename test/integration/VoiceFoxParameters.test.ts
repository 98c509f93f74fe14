/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import inbound from '../fixtures/inbound-analysis.json';
import { cannotBeRead } from '../../nodes/VoiceFox/settings/define';
import { errorOf, runVoiceFox } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

const inboundCall = inbound.event_data;

beforeEach(() => voiceFox.reset());

describe('a parameter that cannot be used ends in a sentence, before VoiceFox is asked', () => {
	const unreadable = (label: string) => cannotBeRead(`The setting '${label}'`);
	const unreadableFields = unreadable('Fields');
	const time = 'is not a time that can be read. Use a form such as 2026-11-20 09:00:00';

	it.each([
		['task', 'get', { taskId: '' }, "'Task ID' is empty. Enter a number or map a field that has it"],
		['task', 'get', { taskId: 'abc' }, `'Task ID' must be a whole number above 0, not "abc"`],
		[
			'task',
			'get',
			{ taskId: ' 0 ' },
			'The call belongs to no task: VoiceFox gives inbound calls the task ID 0. Keep them out with a filter',
		],
		[
			'assistant',
			'get',
			{ assistantId: '' },
			"'Assistant ID' is empty. Enter a number or map a field that has it",
		],
		['call', 'getAll', { limit: 0 }, "'Limit' must be a number, 1 or more"],
		['call', 'getAll', { limit: 'many' }, unreadable('Limit')],
		[
			'call',
			'getAll',
			{ filters: { taskIds: '1, x' } },
			`'Task IDs' takes whole numbers separated by commas, not "x"`,
		],
		[
			'call',
			'getAll',
			{ filters: { assistantIds: 'y' } },
			`'Assistant IDs' takes whole numbers separated by commas, not "y"`,
		],
		['call', 'getAll', { timeRange: 'custom', startTime: 'soon' }, `'Start Time' ${time}`],
		['call', 'getAll', { timeRange: 'custom', endTime: 'soon' }, `'End Time' ${time}`],
		[
			'call',
			'get',
			{ options: { timeZone: 'x'.repeat(70) } },
			`The time zone "${'x'.repeat(60)}" in 'VoiceFox's Time Zone' is not known. Use a name such as Asia/Tokyo`,
		],
		['call', 'get', { fields: 'odd' }, unreadableFields],
		['call', 'get', { fields: '={{ undefined }}' }, unreadableFields],
		['call', 'getAll', { fields: 'separate' }, unreadableFields],
		['call', 'getAll', { timeRange: 'custom', startTime: '={{ undefined }}' }, unreadable('Start Time')],
		['call', 'getAll', { timeRange: 'lastYear' }, unreadable('Time Range')],
		['call', 'fly', {}, "This version of the node has no operation 'fly' for 'call'. Update the package"],
	])('%s %s %j', async (resource, operation, parameters, message) => {
		const settings = { items: [inboundCall], credential: credentialFor(voiceFox) };
		expect((await errorOf(runVoiceFox({ resource, operation, ...parameters }, settings))).message).toBe(
			message,
		);
		expect(voiceFox.requests).toEqual([]);
	});

	it('a time zone of the workflow that nobody knows', async () => {
		const timeZone = 'Mars/'.padEnd(70, 'x');
		const settings = { timeZone, credential: credentialFor(voiceFox) };
		const running = runVoiceFox({ resource: 'call', operation: 'getAll', timeRange: 'yesterday' }, settings);
		expect((await errorOf(running)).message).toBe(
			`The workflow's time zone "${timeZone.slice(0, 60)}" is not known. Set 'VoiceFox's Time Zone' in the options`,
		);
	});
});
