// @ts-check
// The Call Log Trigger's memory under each of n8n's schedulers, while another node of the workflow saves its own copy of n8n's
// data, VoiceFox answers 503 and counts wrong at random, n8n's clock jumps by a hundred days, and n8n is killed.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { amount, isShort, promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { CALL_LOG_TRIGGER_NAME, connectionsFrom, workflowNode } from '../support/workflows.mjs';
import { POLL_SECONDS, watchedAccount } from './support/watched.mjs';

const CALL_EVERY_MS = 1500;
const CALLS_MS = amount({ full: 60_000, short: 8000 });
/** Longer than a poll's distance, so that the neighbour saves what is older than the trigger's. */
const NEIGHBOUR_SECONDS = amount({ full: 20, short: 4 });
const TWO_POLLS_MS = 2 * POLL_SECONDS * 1000 + 2000;
const PATIENCE_MS = 90_000;
const DAYS = 86_400_000;
const CLOCK = fileURLToPath(new URL('support/clock.cjs', import.meta.url));

const NEWER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

/** @typedef {{ what: string, env: Record<string, string>, jumps: number[] }} Form jumps: how far n8n's clock is ahead, one after the other */
/** @type {Form[]} */
const FORMS = [
	{ what: "n8n's scheduler", env: {}, jumps: [100 * DAYS, -100 * DAYS, 0] },
	{ what: 'its newer scheduler', env: NEWER, jumps: [0] },
	{
		what: 'its newer scheduler with durable cursors',
		env: { ...NEWER, N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' },
		jumps: [0],
	},
];

/** The trigger, and behind it a node that saves its own copy of what n8n remembers of the workflow. */
function withNeighbour() {
	const wait = workflowNode('Later', 'n8n-nodes-base.wait', 1.1, { amount: NEIGHBOUR_SECONDS });
	const jsCode = "$getWorkflowStaticData('global').at = Math.random();\nreturn [];";
	const code = workflowNode('Neighbour', 'n8n-nodes-base.code', 2, { jsCode });
	return {
		nodes: [wait, code],
		connections: {
			...connectionsFrom(CALL_LOG_TRIGGER_NAME, [[wait.name]]),
			...connectionsFrom(wait.name, [[code.name]]),
		},
	};
}

/** @param {() => boolean | Promise<boolean>} holds */
async function until(holds) {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await holds()) && Date.now() < deadline) await pause(1000);
}

/** @param {Form} form @returns {Promise<string>} the figures */
async function prove({ env, jumps }) {
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-clock-'));
	const clockFile = join(folder, 'ahead');
	const n8n = await startTestN8n({
		env: {
			...env,
			GENERIC_TIMEZONE: 'UTC',
			TZ: 'UTC',
			EXECUTIONS_DATA_PRUNE: 'false',
			NODE_OPTIONS: `--require=${CLOCK}`,
			TEST_CLOCK_FILE: clockFile,
		},
	});
	try {
		return await proved(n8n, clockFile, jumps, 'N8N_SCHEDULER_ENABLED' in env);
	} finally {
		await n8n.remove();
		await rm(folder, { recursive: true });
	}
}

/**
 * @param {import('../support/n8n.mjs').TestN8n} n8n
 * @param {string} clockFile
 * @param {number[]} jumps
 * @param {boolean} isNewer whether the trigger sees what is saved
 */
async function proved(n8n, clockFile, jumps, isNewer) {
	const options = { settleMinutes: 0, timeZone: 'UTC' };
	const watched = await watchedAccount(n8n, 'neighbour', { options, ...withNeighbour() });
	try {
		return await figures(n8n, watched, clockFile, jumps, isNewer);
	} finally {
		await watched.account.close();
	}
}

/**
 * @param {import('../support/n8n.mjs').TestN8n} n8n
 * @param {import('./support/watched.mjs').WatchedAccount} watched
 * @param {string} clockFile
 * @param {number[]} jumps
 * @param {boolean} isNewer
 */
async function figures(n8n, watched, clockFile, jumps, isNewer) {
	const { account, workflowId } = watched;
	const isBusy = async () =>
		(await n8n.executionStates(workflowId)).some(({ status }) =>
			['new', 'running', 'waiting'].includes(status),
		);
	const isCaughtUp = async () => {
		const ids = new Set((await watched.caughtUp()).map(({ session_id: id }) => id));
		return watched.owed().every((id) => ids.has(id));
	};
	const makeCalls = async () => {
		for (let passed = 0; passed < CALLS_MS; passed += CALL_EVERY_MS) {
			account.addCall();
			await pause(CALL_EVERY_MS);
		}
	};
	await until(watched.isWatching);
	account.beOdd(0.2);
	for (const ahead of jumps) {
		await writeFile(clockFile, String(ahead));
		await makeCalls();
	}
	account.beOdd(0);
	await until(async () => (await isCaughtUp()) && !(await isBusy()));
	await pause(TWO_POLLS_MS);

	await n8n.kill();
	for (let calls = 0; calls < 3; calls++) account.addCall();
	await n8n.start();
	await makeCalls();
	await until(isCaughtUp);
	await pause(TWO_POLLS_MS);

	const ids = (await watched.caughtUp()).map(({ session_id: id }) => id);
	const owed = watched.owed();
	const lost = owed.filter((id) => !ids.includes(id));
	const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
	const isSaid = n8n.log().includes('nothing is saved of the calls that this trigger knew');
	// Three polls in a row may have met a 503, which the third one says.
	const failures = (await watched.failures()).filter((text) => !text.startsWith('VoiceFox could not answer'));
	assert.deepEqual({ lost, failures }, { lost: [], failures: [] });
	// n8n's present scheduler polls on a copy of what is saved, so that the trigger cannot see what its neighbour has put back.
	if (isNewer) assert.deepEqual(doubled, []);
	return `${owed.length} calls, 0 lost, ${doubled.length} doubled${isSaid ? ' after a lost memory, and the log says so' : ''}; ${account.requests()} requests`;
}

for (const form of isShort ? FORMS.slice(0, 1) : FORMS) {
	await promise(
		`Under ${form.what}, no call is lost to a neighbour, the clock, 503s, wrong counts and kill -9`,
		() => prove(form),
	);
}
