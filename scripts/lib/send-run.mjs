// @ts-check
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Fault, runScript, usageFault } from './faults.mjs';
import { KINDS, sampleCalls } from './sample-calls.mjs';
import { send } from './webhook.mjs';

const USAGE = `Usage: npm run send -- --url <address> --token <value> [options]
  --url <address>   the trigger's test or production URL
  --token <value>   the credential's Authorization Token ("" sends none)
  --kind <kind>     ${KINDS.join(', ')} (default: mixed, which takes turns);
                    survey: 20 answers in Japanese, Chinese and English
  --count <n>       how many events (default: 1, with mixed 4)
  --rate <n>        how many a second at most (default: 5)
  --seed <n>        sends the same events as the last time with this number (which the trigger ignores as
                    copies, unless its "Ignore Duplicates" is off); default: new ones each time`;

/** What `npm run send` does: sends made-up events as VoiceFox does and prints the answers. */
export const runSend = () =>
	runScript(async () => {
		const { url, token, kind, count, rate, seed } = readOptions();
		console.log(`${count} × ${kind} to ${url} (--seed ${seed})`);
		const started = Date.now();
		const statuses = [];
		for (const [place, { kind: its, event }] of sampleCalls({ kind, count, seed }).entries()) {
			await pause(started + (place * 1000) / rate - Date.now());
			const { status, text, ms } = await timedSend(url, event, token);
			statuses.push(status);
			console.log(
				`${String(place + 1).padStart(4)}  ${its.padEnd(8)}  ${status}  ${ms} ms  ${text.slice(0, 200)}`,
			);
		}
		const accepted = statuses.filter((status) => status === 200).length;
		console.log(`${accepted} of ${count} answered with 200${adviceFor(statuses)}`);
		return accepted === count ? 0 : 1;
	});

function readOptions() {
	const { url = '', token, kind, count, rate, seed, help } = parsedFlags();
	if (help) {
		console.log(USAGE);
		process.exit(0);
	}
	if (!URL.canParse(url)) throw usageFault(`--url is missing or no address.\n${USAGE}`);
	if (token === undefined) throw usageFault(`--token is missing.\n${USAGE}`);
	if (!KINDS.includes(kind)) throw usageFault(`There is no kind "${kind}".\n${USAGE}`);
	return {
		url,
		token,
		kind,
		count: positive('count', count ?? (kind === 'mixed' ? '4' : '1'), true),
		rate: positive('rate', rate, false),
		seed: seed === undefined ? randomInt(2 ** 31) : positive('seed', seed, true),
	};
}

function parsedFlags() {
	try {
		const text = /** @type {const} */ ({ type: 'string' });
		const kind = /** @type {const} */ ({ type: 'string', default: 'mixed' });
		const rate = /** @type {const} */ ({ type: 'string', default: '5' });
		const help = /** @type {const} */ ({ type: 'boolean', default: false });
		const options = { url: text, token: text, kind, count: text, rate, seed: text, help };
		return parseArgs({ options }).values;
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${USAGE}`);
	}
}

/** @param {string} name @param {string} text @param {boolean} isWhole */
function positive(name, text, isWhole) {
	const number = Number(text);
	if (number > 0 && Number.isFinite(number) && (!isWhole || Number.isInteger(number))) return number;
	throw usageFault(`--${name} must be a ${isWhole ? 'whole ' : ''}number above 0.\n${USAGE}`);
}

/** @param {string} url @param {object} event @param {string} token */
async function timedSend(url, event, token) {
	const started = performance.now();
	try {
		const { status, text } = await send(url, event, { authorization: token ? `Bearer ${token}` : undefined });
		return { status, text, ms: Math.round(performance.now() - started) };
	} catch (error) {
		const { cause, message } = /** @type {Error & { cause?: { code?: string } }} */ (error);
		throw new Fault(
			`Nobody answers at ${url}: ${cause?.code ?? message}. Is n8n running, and the address right?`,
		);
	}
}

/** @param {number[]} statuses */
function adviceFor(statuses) {
	if (statuses.includes(401)) return '. 401: --token is not the value of the credential.';
	if (statuses.includes(404))
		return '. 404: publish the workflow, or click "Execute step" in the trigger when it is the test URL (it takes one event at a time).';
	return '';
}
