/**
 * The whole pattern of changing a service order safely (seed 000): check, change the order in the CRM, wait, verify in
 * billing; with the webhook between the two late, lost, half done or sent twice, and the gateway restarted meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { crmOf, type Crm } from '../support/crm-change.js';
import { listen } from '../support/event-stream.js';
import { startGateway, type Gateway } from '../support/gateway.js';
import { leapingTime } from '../support/leaping-time.js';
import { NOW, TODAY } from '../support/sandboxed-gateway.js';
import { until } from '../support/until.js';

const PREFLIGHT = `query {
  organization(slug: "sleepyco") {
    preflight(change: {
      minimum: { amount: "17500", currency: "USD" }
      requiredMinimum: { amount: "15000", currency: "USD" }
    }) {
      verdict
      current { minimum { amount } term { startsOn endsBefore } commitmentHandlerId }
      checks { code verdict }
    }
  }
}`;
const ORDERS = `query @fresh(within: 0) {
  organization(slug: "sleepyco") {
    serviceOrders { nodes { externalId commitmentHandlerId updatedAt } }
    commitments(filter: { sources: [COMMITMENT_MANAGER], statuses: [ACTIVE] }) { nodes { committed { amount } } }
  }
}`;
const START = `mutation ($input: ChangeVerificationStartInput!) {
  changeVerificationStart(input: $input) { changeVerification { id state nextLookAt } userErrors { message } }
}`;
const FOLLOW = `subscription ($id: ID!) {
  changeVerification(id: $id) {
    state cause message
    looks { number comparisons { field verdict expected actual } }
  }
}`;

const MINUTE = 60_000;

async function start() {
  const time = leapingTime(NOW);
  const { clock, timers } = time;
  const sandbox = await startSandbox({ today: TODAY, clock });
  const folder = mkdtempSync(join(tmpdir(), 'safe-change-'));
  const open = () =>
    startGateway({
      backends: sandbox.backends,
      accounts: sandbox.directory,
      clock,
      timers,
      store: join(folder, 'journal.db'),
      room: { least: 2_000 }, // a machine that is busy with other tests is not what is tested here
    });
  let gateway = await open();
  return {
    sandbox,
    time,
    crm: crmOf(sandbox),
    get gateway() {
      return gateway;
    },
    async restart(whileStopped: () => void = () => undefined) {
      await gateway[Symbol.asyncDispose]();
      whileStopped();
      gateway = await open();
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function checked({ query }: Gateway) {
  const { data, errors } = await query(PREFLIGHT);
  expect(errors).toEqual([]);
  const { checks, verdict, current } = data.organization.preflight;
  const verdicts = Object.fromEntries(
    checks.map((one: { code: string; verdict: string }) => [one.code, one.verdict]),
  );
  return { verdicts, verdict, current };
}

async function orderOf({ query }: Gateway, handlerId: string) {
  const { data } = await query(ORDERS);
  const { serviceOrders, commitments } = data.organization;
  const order = serviceOrders.nodes.find(
    (one: { commitmentHandlerId: string }) => one.commitmentHandlerId === handlerId,
  );
  return {
    order,
    committed: commitments.nodes.map((one: { committed: { amount: string } }) => one.committed.amount),
  };
}

/** Ends the order and signs it anew with the other amount: billing allows one commitment at a time. */
async function change(crm: Crm, orderId: string, between: () => void = () => undefined): Promise<void> {
  await crm.update(orderId, { Stage__c: 'Terminated' });
  between();
  await crm.update(orderId, {
    Stage__c: 'Signed',
    Rev_Ops_Approved__c: false,
    Min_Monthly_Commit__c: 17_500,
  });
  await crm.update(orderId, { Rev_Ops_Approved__c: true });
}

async function verify({ query }: Gateway, changedAt: string): Promise<string> {
  const { data, errors } = await query(START, {
    input: {
      organization: 'sleepyco',
      expected: {
        minimum: { amount: '17500', currency: 'USD' },
        startsOn: '2026-06-01',
        endsBefore: '2027-06-01',
      },
      changedAt,
      idempotencyKey: 'safe-change-0001',
      reason: 'Upgrade of the minimum',
    },
  });
  expect(errors).toEqual([]);
  expect(data.changeVerificationStart.userErrors).toEqual([]);
  return data.changeVerificationStart.changeVerification.id;
}

interface Step {
  readonly changeVerification: {
    readonly state: string;
    readonly cause: string;
    readonly looks: readonly unknown[];
  };
}
const lineOf = ({ changeVerification: { state, cause, looks } }: Step) => `${looks.length} ${state} ${cause}`;

/** Checks, changes and begins to verify; the webhook is as it was told to be. */
async function pattern(
  over: Awaited<ReturnType<typeof start>>,
  webhook: { readonly webhookMs?: number; readonly webhook?: string },
  between: () => void = () => undefined,
) {
  const before = await checked(over.gateway);
  expect(before.verdicts).toMatchObject({
    COMMITMENT_ACTIVE: 'PASS',
    SYNCHRONIZED: 'PASS',
    MINIMUM_MET: 'PASS',
    NO_OPEN_OPERATION: 'PASS',
  });
  expect(before.verdict).not.toBe('FAIL');
  expect(before.current).toMatchObject({
    minimum: { amount: '15000.00' },
    term: { startsOn: '2026-06-01', endsBefore: '2027-06-01' },
  });
  const { order } = await orderOf(over.gateway, before.current.commitmentHandlerId);
  over.sandbox.emulator('salesforce').behave(webhook);
  await change(over.crm, order.externalId, between);
  const { data } = await over.gateway.query(ORDERS);
  const changed = data.organization.serviceOrders.nodes.find(
    (one: { externalId: string }) => one.externalId === order.externalId,
  );
  const id = await verify(over.gateway, changed.updatedAt);
  return { id, orderId: order.externalId as string };
}

describe('a service order is changed, and its webhook', () => {
  it('is late, over a restart of the gateway: the change is on its way, and then verified', async () => {
    await using over = await start();
    const { id } = await pattern(over, { webhookMs: 4 * MINUTE - 10_000 });
    const first = await listen(over.gateway.app.url, FOLLOW, { id });
    await first.heard(1);
    over.time.leap(2 * MINUTE);
    await first.heard(2);
    expect(first.events.map(lineOf)).toEqual(['0 PENDING_SYNC null', '1 PENDING_SYNC NOT_THERE_YET']);
    // What billing shows meanwhile is how it was, and no discrepancy.
    expect((await orderOf(over.gateway, '')).committed).toEqual(['15000.00']);

    await over.restart(() => over.time.leap(MINUTE));
    await first.ended;
    const second = await listen(over.gateway.app.url, FOLLOW, { id });
    // Overdue by now, and looked at at once.
    await second.heard(1);
    await until('it was looked at again', () =>
      second.events.map(lineOf).includes('2 PENDING_SYNC NOT_THERE_YET'),
    );
    over.time.leap(MINUTE);
    await second.ended;
    expect(lineOf(second.events.at(-1) as Step)).toBe('3 VERIFIED AS_EXPECTED');
    expect((await orderOf(over.gateway, '')).committed).toEqual(['17500.00']);
  });

  it('fails: billing was not updated, and both values are told', async () => {
    await using over = await start();
    const { id, orderId } = await pattern(over, { webhookMs: MINUTE, webhook: 'fail' });
    const heard = await listen(over.gateway.app.url, FOLLOW, { id });
    for (const [count, minutes] of [2, 1, 1, 1].entries()) {
      await heard.heard(count + 1);
      over.time.leap(minutes * MINUTE);
    }
    await heard.ended;
    expect(heard.events.map(lineOf)).toEqual([
      '0 PENDING_SYNC null',
      '1 PENDING_SYNC NOT_THERE_YET',
      '2 PENDING_SYNC NOT_THERE_YET',
      '3 PENDING_SYNC NOT_THERE_YET',
      '4 MISMATCH NOT_UPDATED',
    ]);
    const { looks } = heard.events.at(-1).changeVerification;
    expect(looks.at(-1).comparisons).toContainEqual({
      field: 'MINIMUM',
      verdict: 'DIFFERS',
      expected: '17500.00 USD',
      actual: '15000.00 USD',
    });
    expect((await over.crm.feed(orderId)).filter((line) => line.includes('failed'))).toHaveLength(2);
  });

  it('fails for the second half of the change: billing holds nothing any more', async () => {
    await using over = await start();
    const { id } = await pattern(over, { webhookMs: MINUTE }, () => {
      over.sandbox.emulator('salesforce').behave({ webhook: 'fail' });
    });
    over.time.leap(10 * MINUTE);
    const heard = await listen(over.gateway.app.url, FOLLOW, { id });
    await heard.ended;
    expect(lineOf(heard.events.at(-1) as Step)).toBe('1 MISMATCH NO_COMMITMENT');
  });

  it('comes twice: it is verified once, and billing holds one commitment', async () => {
    await using over = await start();
    const { id, orderId } = await pattern(over, { webhookMs: MINUTE, webhook: 'duplicate' });
    const heard = await listen(over.gateway.app.url, FOLLOW, { id });
    await heard.heard(1);
    over.time.leap(2 * MINUTE);
    await heard.ended;
    expect(heard.events.map(lineOf)).toEqual(['0 PENDING_SYNC null', '1 VERIFIED AS_EXPECTED']);
    expect((await over.crm.feed(orderId)).slice(-4).map((line) => line.split(' ')[1])).toEqual([
      '204',
      '409',
      '201',
      '409',
    ]);
    const after = await checked(over.gateway);
    expect(after.current).toMatchObject({ minimum: { amount: '17500.00' } });
    const { order, committed } = await orderOf(over.gateway, after.current.commitmentHandlerId);
    expect(order.externalId).toBe(orderId); // the order has the handler id of the first answer
    expect(committed).toEqual(['17500.00']);
    // Nothing looks any more.
    over.sandbox.emulator('commitment-manager').clearCalls();
    over.time.leap(10 * MINUTE);
    await over.gateway.query('{ __typename }');
    expect(over.sandbox.emulator('commitment-manager').calls).toEqual([]);
  });
});
