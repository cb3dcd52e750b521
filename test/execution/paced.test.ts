/** The gateway reads replies, and goes on with joined answers, when its pace says that it is their turn. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { EXECUTION } from '../support/execution.js';
import { startGateway, type Gateway, type GraphAnswer } from '../support/gateway.js';
import { until } from '../support/until.js';

const QUERY = `{ organization(slug: "sleepyco") {
  commitments(filter: { sources: [CLOUDMC] }) { nodes { id } }
} }`;

const READS_NOTHING = '{ organizations { nodes { slug } } }';

let sandbox: Sandbox;
let gateway: Gateway;
/** Those who wait for their turn. */
let turns: (() => void)[];

beforeEach(async () => {
  turns = [];
  sandbox = await startSandbox();
  gateway = await startGateway({
    backends: sandbox.backends,
    accounts: sandbox.directory,
    pace: { turn: () => new Promise((resolve) => turns.push(resolve)) },
  });
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await sandbox.stop();
});

/** All turns of that moment, and those that come of them, until it is answered. */
async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  let isAnswered = false;
  const watched = asked.finally(() => {
    isAnswered = true;
  });
  while (!isAnswered) {
    for (const turn of turns.splice(0)) turn();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return watched;
}

it('a reply is not read before its turn', async () => {
  let isAnswered = false;
  const asked = gateway.query(QUERY).finally(() => {
    isAnswered = true;
  });
  await until('the reply is there', () => turns.length > 0);
  expect(isAnswered).toBe(false);
  const { data, errors } = await answered(asked);
  expect(errors).toEqual([]);
  expect(data.organization.commitments.nodes.length).toBeGreaterThan(0);
});

// Left to graphql-js, each query is executed by itself.
it.runIf(EXECUTION === 'compiled')('answers that were joined go on one by one', async () => {
  const all: Promise<GraphAnswer>[] = [];
  // Only those that come within one turn of the loop are joined.
  await until('some have joined another', () => {
    if (turns.length === 0) all.push(...Array.from({ length: 6 }, () => gateway.query(READS_NOTHING)));
    return turns.length > 0;
  });
  const answers = await answered(Promise.all(all));
  for (const { data } of answers) expect(data).toEqual(answers[0]?.data);
});
