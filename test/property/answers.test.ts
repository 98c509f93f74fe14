import fc from 'fast-check';

import { anyParameters, eventText, jsonText } from '../support/arbitraries';
import { isPlainData } from '../support/json';
import { ALL_EVENTS } from '../support/settings';
import { BEARER, deliver, TOKEN, type Outcome } from '../integration/support/trigger';

const RUNS = { numRuns: 1000 };

const contentType = fc.constantFrom('application/json', 'text/plain', 'application/x+json', null);
const anyBody = fc.oneof({ weight: 3, arbitrary: eventText }, jsonText);

const OUTPUTS: Record<string, number> = { separate: 3, perCall: 1, list: 1 };

const isEmpty = (body: unknown) => JSON.stringify(body) === '{}';

/** The rows of contract section 3.3 that an authorized request can fall under, by what tells them apart. */
const ROWS: Record<string, (outcome: Outcome) => boolean> = {
	accepted: ({ status, body, items }) => status === 200 && isEmpty(body) && items !== null,
	ignored: ({ status, body, items }) => status === 200 && isEmpty(body) && items === null,
	invalid: ({ status, body, items }) =>
		status === 400 && (body as { error: string }).error === 'Invalid payload' && items === null,
	unauthorized: ({ status, items }) => status === 401 && items === null,
	unavailable: ({ status, items }) => status === 503 && items === null,
};

const rowsOf = (outcome: Outcome) => Object.keys(ROWS).filter((row) => ROWS[row]?.(outcome));

describe('any JSON as body', () => {
	it('gets exactly one answer of the contract, and nothing is thrown', async () => {
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
				expect(outcome.log).toHaveLength(row === 'accepted' ? outcome.log.length : 1);
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

				const emits = parameters.options.invalidPayloads === 'emit';
				expect(items).toHaveLength((OUTPUTS[parameters.output] ?? 0) + (emits ? 1 : 0));
				expect(items.flat().length).toBeGreaterThanOrEqual(1);
				for (const item of items.flat()) expect(isPlainData(item)).toBe(true);
			}),
			RUNS,
		);
	});

	it('is never rejected when invalid payloads are passed on', async () => {
		await fc.assert(
			fc.asyncProperty(anyBody, contentType, anyParameters, async (body, type, parameters) => {
				const options = { ...parameters.options, invalidPayloads: 'emit' };
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
				const emits = parameters.options.invalidPayloads === 'emit';
				expect({ status, starts: items !== null }).toEqual({ status: emits ? 200 : 400, starts: emits });
			}),
			RUNS,
		);
	});
});

describe('any Authorization header', () => {
	const reduced = (value: string) => value.trim().replace(/^bearer(\s+|$)/i, '');
	const header = fc.oneof(
		fc.string(),
		fc.string().map((text) => `Bearer ${text}`),
		fc.string().map((text) => TOKEN + text),
		fc.nat(BEARER.length).map((end) => BEARER.slice(0, end)),
		fc.constantFrom(TOKEN, BEARER, ` ${BEARER}\t`, `bEARER  ${TOKEN}`),
	);

	it('lets in the token and nothing else, whatever the body is', async () => {
		await fc.assert(
			fc.asyncProperty(header, anyBody, anyParameters, async (authorization, body, parameters) => {
				const outcome = await deliver({ body, authorization }, { parameters });
				if (reduced(authorization) === TOKEN) expect(outcome.status).not.toBe(401);
				else expect(outcome).toMatchObject({ status: 401, body: { error: 'Unauthorized' }, items: null });
			}),
			RUNS,
		);
	});
});
