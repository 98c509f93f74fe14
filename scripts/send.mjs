// @ts-check
// `npm run send`: sends made-up events as VoiceFox does and prints the answers.
import { randomInt } from 'node:crypto';
import { readOptions, wholeNumber } from './lib/arguments.mjs';
import { Fault, runScript, usageFault } from './lib/faults.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { send } from './lib/webhook.mjs';

/** @param {typeof import('./lib/sample-calls.mjs')} samples */
const usageOf = ({ KINDS, LANGUAGES }) => `Usage: npm run send -- --url <address> --token <value> [options]
  --url <address>   the trigger's test or production URL
  --token <value>   the credential's Authorization Token ("" sends none)
  --kind <kind>     ${KINDS.join(', ')}
                    (default: mixed, which takes turns); survey: 20 answers in English, Japanese and Chinese
  --language <l>    ${LANGUAGES.join(', ')} (default: any)
  --answers <n>     how many answers an event has (default: 2 to 5)
  --count <n>       how many events (default: 1, with mixed 4)
  --seed <n>        sends the same events as the last time with this number (which the trigger ignores as
                    duplicates, unless its "Ignore Duplicates" is off); default: new ones each time`;

runScript(async () => {
	await ensureDependencies();
	// Loaded afterwards, because it compiles the package's sources with one of them.
	const samples = await import('./lib/sample-calls.mjs');
	const { url, token, ...wanted } = sendOptions(samples);
	const { kind, count, seed } = wanted;
	console.log(`${count} × ${kind} to ${url} (--seed ${seed})`);
	const statuses = [];
	for (const [place, { kind: its, event }] of samples.sampleCalls(wanted).entries()) {
		const { status, text, ms } = await timedSend(url, event, token);
		statuses.push(status);
		console.log(
			`${String(place + 1).padStart(4)}  ${its.padEnd(12)}  ${status}  ${ms} ms  ${text.slice(0, 200)}`,
		);
	}
	const accepted = statuses.filter((status) => status === 200).length;
	console.log(`${accepted} of ${count} answered with 200${adviceFor(statuses)}`);
	return accepted === count ? 0 : 1;
});

/** @param {typeof import('./lib/sample-calls.mjs')} samples */
function sendOptions(samples) {
	const usage = usageOf(samples);
	const { url, token, kind, language, count, answers, seed } = readOptions(usage, {
		url: { type: 'string', default: '' },
		token: { type: 'string' },
		kind: { type: 'string', default: 'mixed' },
		language: { type: 'string' },
		answers: { type: 'string' },
		count: { type: 'string' },
		seed: { type: 'string' },
	});
	if (!URL.canParse(url)) throw usageFault(`--url is missing or not a valid URL.\n${usage}`);
	if (token === undefined) throw usageFault(`--token is missing.\n${usage}`);
	if (!samples.KINDS.includes(kind)) throw usageFault(`There is no kind "${kind}".\n${usage}`);
	if (language !== undefined && !samples.LANGUAGES.some((known) => known === language))
		throw usageFault(`There is no language "${language}".\n${usage}`);
	const number = (/** @type {string} */ name, /** @type {string} */ text) => wholeNumber(usage, name, text);
	return {
		url,
		token,
		kind,
		language,
		answers: answers === undefined ? undefined : number('answers', answers),
		count: number('count', count ?? (kind === 'mixed' ? '4' : '1')),
		seed: seed === undefined ? randomInt(2 ** 31) : number('seed', seed),
	};
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
