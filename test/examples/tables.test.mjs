// @ts-check
// A row per call goes into a table with the node's automatic mapping: the real nodes, n8n's own Data Table and a PostgreSQL
// for real, Google Sheets and Airtable against the stand-in, with what they would write.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { executionAfter } from '../../scripts/lib/executions.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';
import { sampleEvent } from '../../scripts/lib/project.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { ownDatabase, POSTGRES } from '../support/postgres.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../support/workflows.mjs';
import { serviceCredentials } from './credentials.mjs';
import { startN8nWithStandIn } from './n8n.mjs';
import { example } from './samples.mjs';

const TABLE = 'calls';
const AUTOMATIC = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] };

/** The user's columns: what they are called, where they come from, and their types. */
const COLUMNS = [
	{ column: 'session_id', field: '', type: 'string' },
	{ column: 'started', field: 'start_at', type: 'string' },
	{ column: 'phone', field: 'caller_number', type: 'string' },
	{ column: 'seconds', field: 'billsec', type: 'number' },
	{ column: 'again', field: 'order again', type: 'string' },
	{ column: 'mood', field: '客户情绪', type: 'string' },
	{ column: 'city', field: 'extra_city', type: 'string' },
];
const values = COLUMNS.map(({ column, field }) => ({ field: field || column, column }));

/** An outbound call that has them all, and an inbound one that lacks some. */
const EVENTS = [await sampleEvent('outbound-analysis'), await sampleEvent('inbound-analysis')];
const ROWS = [
	{
		session_id: '3e9d5a70-1c42-4b8f-a6d3-7f0e2b9c8d14',
		started: '2026-11-20 14:02:11',
		phone: '+12025550100',
		seconds: 77,
		again: 'Yes',
		mood: '积极',
		city: 'Springfield',
	},
	{
		session_id: 'b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
		started: '2026-11-20 10:15:02',
		phone: '+12025550143',
		seconds: 152,
		again: null,
		mood: null,
		city: null,
	},
];

/** Columns of the types that take no empty text; "guests" is a question, answered with a number. */
const TYPED_COLUMNS = [
	{ column: 'session_id', type: 'string' },
	{ column: 'answer_at', type: 'date' },
	{ column: 'billsec', type: 'number' },
	{ column: 'guests', type: 'number' },
	{ column: 'wishes', type: 'string' },
];
const EVENT_NAMES = ['callin.collect', 'callin.hangup'];
const typedValues = TYPED_COLUMNS.map(({ column }) => ({ field: column, column }));

/** Missed calls as VoiceFox and a Go program write them, a question without an answer, and one with a NUL in it. */
const withoutValues = await callsWithoutValues();

async function callsWithoutValues() {
	const missed = await sampleEvent('missed-call');
	const answered = await sampleEvent('inbound-analysis');
	/** @param {any} event @param {object} data */
	const of = (event, data) => ({ ...event, event_data: { ...event.event_data, ...data } });
	/** @param {string} guests @param {string} wishes */
	const answers = (guests, wishes) => ({
		collect_targets: [
			{ question: 'How many guests?', hit: guests !== '', result: guests },
			{ question: 'Any wishes?', hit: wishes !== '', result: wishes },
		],
	});
	return {
		events: [
			missed,
			of(missed, { session_id: 'zero-time', answer_at: '0001-01-01 00:00:00' }),
			of(answered, { session_id: 'no-answers', ...answers('', ' ') }),
			of(answered, { session_id: 'nul', ...answers('4', 'a\0 quiet room') }),
		],
		rows: [
			{ session_id: missed.event_data.session_id, isAnswered: false, billsec: 0, guests: null, wishes: null },
			{ session_id: 'zero-time', isAnswered: false, billsec: 0, guests: null, wishes: null },
			{ session_id: 'no-answers', isAnswered: true, billsec: 152, guests: null, wishes: null },
			{ session_id: 'nul', isAnswered: true, billsec: 152, guests: 4, wishes: 'a quiet room' },
		],
	};
}

/** A stored row that says whether it has a time, which each table returns in its own form. @param {any} row */
const withoutTime = ({ answer_at: at, ...row }) => ({ ...row, isAnswered: at !== null });

/** @type {Awaited<ReturnType<typeof startN8nWithStandIn>>} */
let instance;
/** @type {(node: any) => any} */
let withCredential;

before(async () => {
	instance = await startN8nWithStandIn();
	withCredential = await serviceCredentials(instance.n8n, instance.addresses);
});

after(() => instance?.stop());

/**
 * Sends the calls to a trigger with a node behind it, one after the other.
 * @param {any} node
 * @param {object} parameters of the trigger
 * @param {object[]} [events]
 */
async function callsInto(node, parameters, events = EVENTS) {
	const { n8n, standIn } = instance;
	standIn.reset();
	const { workflowId, url } = await n8n.publish({
		name: node.name,
		nodes: [triggerNode({ output: 'row', ...parameters }, { credential: n8n.credential }), node],
		connections: connectionsFrom(TRIGGER_NAME, [[node.name]]),
		settings: { executionOrder: 'v1' },
	});
	let last = 0;
	for (const event of events) {
		assert.equal((await send(url, event, n8n.authorized)).status, 200);
		const execution = await executionAfter(n8n.rest, workflowId, last);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
		last = execution.id;
	}
}

describe('a row per call is mapped automatically', () => {
	describe("into n8n's Data Table", () => {
		/**
		 * @param {string} name of a new table
		 * @param {{ column: string, type: string }[]} columns its columns
		 * @param {object} parameters of the trigger
		 * @param {object[]} [events]
		 */
		async function storedRows(name, columns, parameters, events) {
			const { rest } = instance.n8n;
			const tables = `/projects/${(await rest('GET', '/projects/personal')).id}/data-tables`;
			const { id } = await rest('POST', tables, {
				name,
				columns: columns.map(({ column, type }) => ({ name: column, type })),
			});
			const dataTableId = { __rl: true, mode: 'name', value: name };
			const insert = { operation: 'insert', dataTableId, columns: AUTOMATIC, options: {} };
			await callsInto(
				workflowNode('Into the Table', 'n8n-nodes-base.dataTable', 1.1, insert),
				parameters,
				events,
			);
			const { data } = await rest('GET', `${tables}/${id}/rows?sortBy=id:asc`);
			return data.map((/** @type {any} */ { id: _, createdAt, updatedAt, ...row }) => row);
		}

		test('with the columns of the table', async () => {
			assert.deepEqual(await storedRows(TABLE, COLUMNS, { columns: { values } }), ROWS);
		});

		test('with values that are not there, in columns for numbers and dates', async () => {
			const parameters = { triggerOn: EVENT_NAMES, columns: { values: typedValues } };
			const rows = await storedRows('typed', TYPED_COLUMNS, parameters, withoutValues.events);
			assert.deepEqual(rows.map(withoutTime), withoutValues.rows);
		});
	});

	describe('into PostgreSQL', () => {
		/** @type {Awaited<ReturnType<typeof ownDatabase>> | undefined} */
		let database;
		/** @type {import('../support/workflows.mjs').Credential} */
		let credential;
		let missing = '';

		before(async () => {
			const { modules } = await installedN8n();
			const pg = createRequire(join(modules, 'n8n', 'package.json'))('pg');
			try {
				database = await ownDatabase(pg, 'voicefox_tables_test_');
			} catch (error) {
				// Where all tests run there is a server.
				if (process.env.CI === 'true') throw error;
				missing = /** @type {Error} */ (error).message;
				return;
			}
			const data = { ...POSTGRES, database: database.name, ssl: 'disable' };
			credential = await instance.n8n.storedCredential('postgres', data);
		});

		after(() => database?.drop());

		/**
		 * @param {string} definitions of the columns
		 * @param {object} parameters of the trigger
		 * @param {object[]} [events]
		 */
		async function storedRows(definitions, parameters, events) {
			const { client } = /** @type {NonNullable<typeof database>} */ (database);
			await client.query(`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (${definitions})`);
			const insert = {
				operation: 'insert',
				schema: { __rl: true, mode: 'name', value: 'public' },
				table: { __rl: true, mode: 'name', value: TABLE },
				columns: AUTOMATIC,
				options: {},
			};
			const settings = { credentials: { postgres: credential } };
			await callsInto(
				workflowNode('Into PostgreSQL', 'n8n-nodes-base.postgres', 2.6, insert, settings),
				parameters,
				events,
			);
			return (await client.query(`SELECT * FROM ${TABLE}`)).rows;
		}

		test('with the columns of the table', async (t) => {
			if (missing) return t.skip(missing);
			const types = COLUMNS.map(({ column, type }) => `${column} ${type === 'number' ? 'integer' : 'text'}`);
			assert.deepEqual(await storedRows(types.join(), { columns: { values } }), ROWS);
		});

		test('with values that are not there, in columns for numbers and dates', async (t) => {
			if (missing) return t.skip(missing);
			const types = { string: 'text', number: 'integer', date: 'timestamp' };
			const definitions = TYPED_COLUMNS.map(
				({ column, type }) => `${column} ${types[/** @type {keyof types} */ (type)]}`,
			);
			const parameters = { triggerOn: EVENT_NAMES, columns: { values: typedValues } };
			const rows = await storedRows(definitions.join(), parameters, withoutValues.events);
			assert.deepEqual(rows.map(withoutTime), withoutValues.rows);
		});

		test('with all that the calls have, questions in any language included', async (t) => {
			if (missing) return t.skip(missing);
			const names = ['event_name', 'session_id', 'billsec', 'answers_total', 'answers_hit'];
			const numbers = [
				'billsec',
				'answers_total',
				'answers_hit',
				'task_id',
				'task_item_id',
				'duration',
				'ring_time',
			];
			const others = ['start_at', 'direction', 'caller_number', 'callee_number', 'answer_at', 'end_at'];
			const more = ['hangup_side', 'hangup_reason', 'record_url', 'assistant_ids'];
			const extras = ['extra_姓名', 'extra_order_no', 'extra_city'];
			const asked = EVENTS.flatMap(({ event_data: { collect_targets, conversation_analysis } }) => [
				...collect_targets.map((/** @type {any} */ { question }) => question),
				...conversation_analysis.map((/** @type {any} */ { title }) => title),
			]);
			const all = [...new Set([...names, ...numbers, ...others, ...more, ...extras, ...asked])];
			const types = all.map((name) => `"${name}" ${numbers.includes(name) ? 'integer' : 'text'}`);
			const [outbound, inbound] = await storedRows(types.join(), {});
			assert.deepEqual(
				[outbound['Would you order again?'], outbound['客户情绪'], outbound['extra_姓名'], outbound.billsec],
				['Yes', '积极', '王小明', 77],
			);
			assert.deepEqual(
				[inbound['ご予約の人数は何名様ですか?'], inbound['Would you order again?'], inbound.assistant_ids],
				['4名', null, '318'],
			);
		});
	});

	test('into Google Sheets, as it would write them', async () => {
		const { nodes } = await example('row-per-call-google-sheets');
		const node = nodes.find((/** @type {any} */ { name }) => name === 'Add or Update Row');
		await callsInto(withCredential(node), { columns: { values } });
		const [header, ...rows] = instance.standIn.rows();
		assert.deepEqual(header, Object.keys(ROWS[0] ?? {}));
		assert.deepEqual(
			rows,
			ROWS.map((row) => Object.values(row)),
		);
	});

	test('into Airtable, as it would write them', async () => {
		const parameters = {
			operation: 'create',
			base: { __rl: true, mode: 'id', value: 'appExample000001' },
			table: { __rl: true, mode: 'id', value: 'tblExample000001' },
			columns: AUTOMATIC,
			options: {},
		};
		await callsInto(
			withCredential(workflowNode('Into Airtable', 'n8n-nodes-base.airtable', 2.1, parameters)),
			{
				columns: { values },
			},
		);
		const sent = instance.standIn.requests();
		assert.deepEqual(
			sent.map(({ path, headers }) => [path, headers.authorization]),
			ROWS.map(() => ['/v0/appExample000001/tblExample000001', 'Bearer airtable-example']),
		);
		assert.deepEqual(
			sent.map(({ body }) => body.fields),
			ROWS,
		);
	});
});
