// @ts-check
// n8n's real editor in a real browser: what a person finds, sees and clicks. The guide's steps are taken one by one.
import { after, before, describe } from 'node:test';
import { guideTests } from './guide.mjs';
import { mistakeTests } from './mistakes.mjs';
import { nodeListTests } from './node-list.mjs';
import { otherNodeTests } from './other-nodes.mjs';
import { parameterTests } from './parameters.mjs';
import { endWorld, startWorld } from './world.mjs';

/** Filled before the first test. */
const world = /** @type {import('./world.mjs').World} */ ({});

before(async () => void Object.assign(world, await startWorld()));
after(endWorld);

describe('the guide', () => guideTests(world));
describe("n8n's list of nodes", () => nodeListTests(world));
describe('the parameters', () => parameterTests(world));
describe('what goes wrong', () => mistakeTests(world));
describe('the other nodes', () => otherNodeTests(world));
