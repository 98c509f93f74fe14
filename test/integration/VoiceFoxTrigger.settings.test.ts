import type { IDataObject } from 'n8n-workflow';

import { cannotBeRead } from '../../nodes/VoiceFox/settings/define';
import { callEnded, inbound, outbound, taskEnd } from '../support/events';
import { deliver, workflowWith } from './support/trigger';

const accepted = { status: 200, body: {} };

/** What a delivery to a node with these settings led to. */
const delivered = async (parameters: IDataObject, body: object = inbound) =>
	await deliver({ body }, { parameters });

/** Expressions that n8n resolves to undefined or null; errors other than of syntax are among them. */
const NOTHINGS = ['={{ undefined }}', '={{ null }}', '={{ $json.nope }}', '={{ nope() }}'];

const SETTINGS: Array<[label: string, parameters: (nothing: string) => IDataObject]> = [
	['Trigger On', (triggerOn) => ({ triggerOn })],
	['Output', (output) => ({ output })],
	['Hit Status', (hitStatus) => ({ hitStatus })],
	['Answered or Missed', (answered) => ({ filters: { answered } })],
	['Assistant IDs', (assistantIds) => ({ filters: { assistantIds } })],
	['Direction', (direction) => ({ filters: { direction } })],
	['Minimum Talk Time', (minimumTalkTime) => ({ filters: { minimumTalkTime } })],
	['Only These Questions', (questions) => ({ filters: { questions } })],
	['Only These Questions', (question) => ({ filters: { questions: ['order again', question] } })],
	['Phone Numbers', (phoneNumbers) => ({ filters: { phoneNumbers } })],
	['Start Workflow When', (callHits) => ({ filters: { callHits } })],
	['Task IDs', (taskIds) => ({ filters: { taskIds } })],
	['Ignore Duplicates', (ignoreDuplicates) => ({ options: { ignoreDuplicates } })],
	['Include Raw Event', (includeRawEvent) => ({ options: { includeRawEvent } })],
	['Output Unprocessed Events', (notProcessed) => ({ options: { notProcessed } })],
	["VoiceFox's Time Zone", (timeZone) => ({ options: { timeZone } })],
	['Validation', (validation) => ({ options: { validation } })],
];

describe('a setting whose expression comes to nothing', () => {
	it.each(SETTINGS)('is a setting that cannot be read: %s', async (label, parameters) => {
		for (const nothing of NOTHINGS) {
			const outcome = await delivered(parameters(nothing));
			const { status, headers, body, items } = outcome;
			expect([nothing, status, headers['Retry-After'], body, items]).toEqual([
				...[nothing, 503, '60', { error: 'Unavailable' }, null],
			]);
			expect(outcome.log).toEqual([expect.stringMatching(/^warn /)]);
			expect(outcome.log[0]).toContain(cannotBeRead(`The setting '${label}'`));
		}
	});

	it.each<[string, IDataObject]>([
		['Output', { output: '={{ 1 + }}' }],
		['Direction', { filters: { minimumTalkTime: 5, direction: '={{ 1 + }}' } }],
		["VoiceFox's Time Zone", { options: { timeZone: '={{ 1 + }}' } }],
		['Columns', { output: 'row', columns: { values: [{ field: '={{ 1 + }}' }] } }],
	])('is named like one for whose expression n8n throws: %s', async (label, parameters) => {
		const outcome = await delivered(parameters);
		expect(outcome).toMatchObject({ status: 503, items: null });
		expect(outcome.log).toEqual([expect.stringContaining(`The setting '${label}' cannot be read`)]);
	});

	it.each([
		['Output', { output: 'sideways' }],
		['Hit Status', { hitStatus: 'maybe' }],
		["VoiceFox's Time Zone", { options: { timeZone: {} } }],
		['Direction', { filters: { direction: 'sideways', minimumTalkTime: 5 } }],
	])('is named like one with a value that cannot be used: %s', async (label, parameters) => {
		const outcome = await delivered(parameters);
		expect(outcome).toMatchObject({ status: 503, items: null });
		expect(outcome.log).toEqual([expect.stringContaining(`The setting '${label}' cannot be read`)]);
	});
});

describe('a setting with an expression', () => {
	it('has the value that n8n resolves', async () => {
		const filters = {
			questions: '={{ ["order", "again"].join(" ") }}',
			minimumTalkTime: '={{ 7 * 11 }}',
			taskIds: '={{ [9021] }}',
			phoneNumbers: '={{ 12025550167 }}',
		};
		const outcome = await delivered({ output: '={{ "list" }}', filters }, outbound);
		expect(outcome).toMatchObject({ ...accepted, log: [] });
		expect(outcome.items?.map((items) => items.length)).toEqual([1 + 1 + 2]);
	});

	it('may be empty where empty means all', async () => {
		const filters = { questions: [], taskIds: '={{ "" }}', assistantIds: '={{ [] }}', phoneNumbers: '' };
		expect((await delivered({ filters }, outbound)).items?.map((items) => items.length)).toEqual([1, 3, 2]);
	});
});

describe('a setting that the editor hides', () => {
	it.each([taskEnd, callEnded].map((body) => [body.event_name, body] as const))(
		'has its default for %s, whatever was left in it',
		async (event_name, body) => {
			for (const hitStatus of ['hit', 'nonsense', '={{ undefined }}']) {
				const outcome = await delivered({ triggerOn: [event_name], hitStatus }, body);
				expect(outcome).toMatchObject(accepted);
				expect(outcome.items?.[0]).toHaveLength(1);
			}
		},
	);

	it('is not in the node that n8n runs', () => {
		const { node } = workflowWith({ parameters: { triggerOn: ['task.end'], hitStatus: '={{ undefined }}' } });
		expect(Object.keys(node.parameters)).toEqual(['triggerOn', 'output', 'filters', 'options']);
	});

	it('is no column of another form than the row', async () => {
		const columns = { values: [{ field: '={{ 1 + }}', column: '' }] };
		expect(await delivered({ output: 'perCall', columns })).toMatchObject(accepted);
		expect(await delivered({ output: 'row', columns })).toMatchObject({ status: 503 });
	});
});

describe("'Columns'", () => {
	it('take expressions', async () => {
		const columns = { values: [{ field: '={{ "order" }}', column: '={{ "a" + 1 }}' }, { field: 'billsec' }] };
		expect((await delivered({ output: 'row', columns }, outbound)).items).toEqual([
			[{ a1: 'Yes', billsec: 77 }],
		]);
	});
});
