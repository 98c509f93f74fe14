import fc from 'fast-check';

import { anyParameters, eventText, jsonText } from '../support/arbitraries';
import { isPlainData } from '../support/json';
import { ALL_EVENTS } from '../support/settings';
import { deliver, TOKEN, type Outcome } from '../integration/support/trigger';

const RUNS = { numRuns: 1000 };

const contentType = fc.constantFrom('application/json', 'text/plain', 'application/x+json', null);
const anyBody = fc.oneof({ weight: 3, arbitrary: eventText }, jsonText);

const OUTPUTS: Record<string, number> = { separate: 3, row: 1, perCall: 1, list: 1 };

const isEmpty = (body: unknown) => JSON.stringify(body) === '{}';

/** The answers that a request can get, by what tells them apart. */
const ROWS: Record<string, (outcome: Outcome) => boolean> = {
	accepted: ({ status, body, items }) => status === 200 && isEmpty(body) && items !== null,
	ignored: ({ status, body, items }) => status === 200 && isEmpty(body) && items === null,
	invalid: ({ status, body, items }) =>
		status === 400 && (body as { error: string }).error === 'Invalid payload' && items === null,
	unauthorized: ({ status, items }) => status === 401 && items === null,
	unavailable: ({ status, items }) => status === 503 && items === null,
};

/** Lines beside the answer's own: a setting that does less than its user thinks, or that an event was passed on. */
const REMARK =
	/^(warn .*: (passed on as sent|an entry in |times are left as they are)|info .*: passed an event on as unprocessed)/;

const rowsOf = (outcome: Outcome) => Object.keys(ROWS).filter((row) => ROWS[row]?.(outcome));

describe('any JSON as body', () => {
	it('gets exactly one of the answers, and nothing is thrown', async () => {
		const seen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(anyBody, contentType, anyParameters, async (body, type, parameters) => {
				const outcome = await deliver({ body, contentType: type }, { parameters });
				const [row = '', ...others] = rowsOf(outcome);
				seen.add(row);

				expect(others).toEqual([]);
				expect(['accepted', 'ignored', 'invalid']).toContain(row);
				if (row === 'invalid') {
					const { issues } = outcome.body as { issues: unknown[] };
					expect(issues.length).toBeGreaterThanOrEqual(1);
					expect(issues.length).toBeLessThanOrEqual(20);
					for (const issue of issues) {
						expect(issue).toEqual({
							path: expect.any(String) as string,
							message: expect.any(String) as string,
						});
					}
				}
				const answers = outcome.log.filter((line) => !REMARK.test(line));
				expect(answers).toHaveLength(row === 'accepted' ? 0 : 1);
			}),
			RUNS,
		);
		expect([...seen].sort()).toEqual(['accepted', 'ignored', 'invalid']);
	});

	it('fills as many outputs as the editor shows, with at least one item, each of them plain data', async () => {
		const accepting = anyParameters.map((parameters) => ({
			...parameters,
			triggerOn: ALL_EVENTS,
			filters: {},
		}));
		await fc.assert(
			fc.asyncProperty(anyBody, accepting, async (body, parameters) => {
				const { items } = await deliver({ body }, { parameters });
				if (items === null) return;

				const outputs = OUTPUTS[parameters.output]!;
				const isPassedOn = items.length > outputs;
				expect(items).toHaveLength(outputs + (isPassedOn ? 1 : 0));
				expect(items.slice(isPassedOn ? 0 : outputs, outputs).flat()).toEqual([]);
				if (isPassedOn) expect(parameters.options.notProcessed).toContain(items[outputs]?.[0]?.kind);
				expect(items.flat().length).toBeGreaterThanOrEqual(1);
				for (const item of items.flat()) expect(isPlainData(item)).toBe(true);
			}),
			RUNS,
		);
	});

	it('is never rejected when invalid payloads are passed on', async () => {
		await fc.assert(
			fc.asyncProperty(anyBody, contentType, anyParameters, async (body, type, parameters) => {
				const options = { ...parameters.options, notProcessed: ['invalid'] };
				const outcome = await deliver(
					{ body, contentType: type },
					{ parameters: { ...parameters, options } },
				);
				expect(outcome.status).toBe(200);
			}),
			RUNS,
		);
	});
});

describe('any text as body', () => {
	it('gets an answer, too', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), anyParameters, async (body, parameters) => {
				const { status, items } = await deliver({ body, contentType: null }, { parameters });
				const emits = parameters.options.notProcessed?.includes('invalid') ?? false;
				expect({ status, starts: items !== null }).toEqual({ status: emits ? 200 : 400, starts: emits });
			}),
			RUNS,
		);
	});
});

describe('any Authorization header', () => {
	const space = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 });
	const filledSpace = fc.string({ unit: fc.constantFrom(' ', '\t'), minLength: 1, maxLength: 3 });
	const bearer = fc.mixedCase(fc.constant('bearer'));
	const scheme = fc.oneof(
		fc.constant(''),
		fc.tuple(bearer, filledSpace).map((parts) => parts.join('')),
	);
	const right = fc.tuple(space, scheme, fc.constant(TOKEN), space).map((parts) => parts.join(''));

	/** By construction: none of these is the token, with or without one "Bearer" in front. */
	const wrong = fc.oneof(
		fc.tuple(scheme, fc.string()).map(([start, text]) => start + text.replaceAll(TOKEN, '')),
		fc.tuple(scheme, fc.nat(TOKEN.length - 1)).map(([start, end]) => start + TOKEN.slice(0, end)),
		fc.tuple(scheme, fc.constantFrom('x', '"', 'Bearer')).map(([start, added]) => start + TOKEN + added),
		fc.tuple(scheme, fc.constantFrom('x', '"', 'Basic ')).map(([start, added]) => start + added + TOKEN),
		fc.tuple(bearer, filledSpace, bearer, filledSpace).map((parts) => parts.join('') + TOKEN),
		scheme.map((start) => start + TOKEN.toUpperCase()),
		scheme.map((start) => start + TOKEN.replace(' ', '  ')),
	);

	it('lets in the token, whatever the body is', async () => {
		await fc.assert(
			fc.asyncProperty(right, anyBody, anyParameters, async (authorization, body, parameters) => {
				const outcome = await deliver({ body, authorization }, { parameters });
				expect(outcome.status).not.toBe(401);
			}),
			{ numRuns: 300 },
		);
	});

	it('lets in nothing else, whatever the body is', async () => {
		await fc.assert(
			fc.asyncProperty(wrong, anyBody, anyParameters, async (authorization, body, parameters) => {
				const outcome = await deliver({ body, authorization }, { parameters });
				expect(outcome).toMatchObject({ status: 401, body: { error: 'Unauthorized' }, items: null });
			}),
			RUNS,
		);
	});
});
