/**
 * What a change leaves behind until a full collection: next to nothing. The driver's results, and generators that are
 * made anew for each transaction, left six kilobytes of each, and one small collection of a hundred changes took four
 * milliseconds.
 */
import { randomUUID } from 'node:crypto';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStore, type OperationStore, type Row } from '../../../src/journal/store.js';
import { newRow } from '../../../src/journal/rows.js';
import { ACME, createRig, type Rig } from '../support/rig.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how?: { readonly type: 'minor' }) => void;

const WARM_UP = 400;
const CHANGES = 500;
/** Bytes of each. */
const LEFT = 3_000;

let rig: Rig;
let store: OperationStore;
beforeEach(async () => {
  rig = await createRig();
  store = createStore(await rig.database());
});
afterEach(() => rig.close());

function rowFor(number: number): Row {
  return newRow({
    id: randomUUID(),
    request: {
      organization: ACME,
      change: { kind: 'CONTRACT_CANCEL', contractId: `ctrct_${number}`, effective: null },
      idempotencyKey: randomUUID(),
      dryRun: false,
      expectedVersion: null,
      reason: null,
    },
    client: 'test',
    fingerprint: 'f'.repeat(64),
    plan: {
      target: `MONETIZENOW/${number}`,
      externalId: null,
      request: { method: 'POST', path: '/', body: 'b'.repeat(500) },
      implications: [],
      unchecked: [],
      version: null,
      before: null,
    },
    requestId: 'r',
    holder: 'test',
    now: number,
    heldUntil: number + 1,
  });
}

async function change(number: number): Promise<void> {
  const row = rowFor(number);
  expect(await store.byKey('acme', 'test', row.idempotency_key)).toBeNull();
  const begun = await store.begin(row, { request: 'x'.repeat(500) });
  if (begun.kind !== 'mine') throw new Error(`it was ${begun.kind}`);
  const settled = { state: 'SUCCEEDED', settled_at: number, outcome: 'o'.repeat(500) } as const;
  await store.change(row, settled, number, 'ANSWERED', { state: 'SUCCEEDED' });
}

function old(): number {
  // What is young is old by the second time, or gone.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => ['old_space', 'large_object_space', 'shared_space'].includes(name))
    .reduce((sum, { space_used_size: used }) => sum + used, 0);
}

it('leaves next to nothing', async () => {
  for (let n = 0; n < WARM_UP; n += 1) await change(n);
  collect();
  const before = old();
  for (let n = 0; n < CHANGES; n += 1) {
    await change(WARM_UP + n);
    if (n % 50 === 0) collect({ type: 'minor' });
  }
  expect((old() - before) / CHANGES).toBeLessThan(LEFT);
});
