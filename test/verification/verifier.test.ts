/**
 * Verifications on a real store: looked at when they should be, once each however many gateways there are, written down
 * with what was seen, taken up after a restart, and told to whoever follows.
 */
import { describe, expect, it } from 'vitest';
import { instantOfMillis } from '../../src/domain/calendar.js';
import type { ChangeVerification } from '../../src/domain/change-verification.js';
import { decimal, money, type CurrencyCode } from '../../src/domain/money.js';
import { StoreError } from '../../src/journal/store-error.js';
import {
  ACME,
  createVerificationRig,
  linesOf,
  OTHER,
  type VerificationRig,
  type VerifierProcess,
} from './support/rig.js';

async function seen(process: VerifierProcess, id: string): Promise<ChangeVerification> {
  const found = await process.verifications().byId(ACME, id);
  if (found === null) throw new Error('it is gone');
  return found;
}

/** Billing takes the change over, as the webhook brings it. */
function arrive({ billing, clock }: VerificationRig, minimum = '17500'): void {
  billing.minimum = minimum;
  billing.lastUpdatedAt = instantOfMillis(clock());
}

describe('the schedule', () => {
  it('looks first after two minutes, then each minute, and no more once it is settled', async () => {
    await using rig = await createVerificationRig();
    const gateway = await rig.process();
    const { verification } = await gateway.verifications().start(rig.request('1'));
    expect(verification).toMatchObject({ state: 'PENDING_SYNC', looks: [], settledAt: null });
    await rig.advance(119);
    expect(rig.billing.looks).toHaveLength(0);
    await rig.advance(71); // 190 s
    arrive(rig);
    await rig.advance(400);
    const settled = await seen(gateway, verification.id);
    expect(linesOf(settled)).toEqual([
      '120 PENDING_SYNC NOT_THERE_YET',
      '180 PENDING_SYNC NOT_THERE_YET',
      '240 VERIFIED AS_EXPECTED',
    ]);
    expect(settled).toMatchObject({ state: 'VERIFIED', nextLookAt: null });
    expect(settled.settledAt).toBe(settled.looks.at(-1)?.lookedAt);
    expect(rig.billing.looks).toHaveLength(3);
    expect(gateway.news).toEqual([
      {
        kind: 'settled',
        verificationId: verification.id,
        organization: 'acme',
        state: 'VERIFIED',
        cause: 'AS_EXPECTED',
      },
    ]);
  });

  it('ends five minutes after the change: with a difference, or without a word from billing', async () => {
    await using rig = await createVerificationRig();
    const gateway = await rig.process();
    const missing = await gateway.verifications().start(rig.request('1'));
    await rig.advance(310);
    const settled = await seen(gateway, missing.verification.id);
    expect(linesOf(settled)).toEqual([
      '120 PENDING_SYNC NOT_THERE_YET',
      '180 PENDING_SYNC NOT_THERE_YET',
      '240 PENDING_SYNC NOT_THERE_YET',
      '300 MISMATCH NOT_UPDATED',
    ]);
    expect(settled.looks[3]?.comparisons[0]).toEqual({
      field: 'MINIMUM',
      verdict: 'DIFFERS',
      expected: '17500.00 USD',
      actual: '15000.00 USD',
    });
    const silent = await gateway.verifications().start(rig.request('2'));
    rig.billing.isDown = true;
    await rig.advance(310);
    expect(linesOf(await seen(gateway, silent.verification.id)).at(-1)).toBe('300 TIMED_OUT UNREADABLE');
    const old = await gateway.verifications().start(rig.request('3'));
    Object.assign(rig.billing, { isDown: false, isStale: true, minimum: '17500' });
    await rig.advance(310);
    expect(linesOf(await seen(gateway, old.verification.id)).at(-1)).toBe('300 TIMED_OUT UNREADABLE');
  });

  it('counts from the change: of one that was made long ago, one look decides', async () => {
    await using rig = await createVerificationRig();
    const gateway = await rig.process();
    const changedAt = instantOfMillis(rig.clock() - 150_000);
    const recent = await gateway.verifications().start(rig.request('1', { changedAt }));
    const longAgo = instantOfMillis(rig.clock() - 3_600_000);
    const late = await gateway.verifications().start(rig.request('2', { changedAt: longAgo }));
    await rig.advance(200);
    expect(
      linesOf(await seen(gateway, late.verification.id)).map((line) => line.replace(/^\S+ /, '')),
    ).toEqual(['MISMATCH NOT_UPDATED']);
    const lines = linesOf(await seen(gateway, recent.verification.id));
    expect(lines.length).toBe(4);
    expect(lines.at(-1)).toBe('150 MISMATCH NOT_UPDATED');
  });
});

describe('several gateways on one store', () => {
  it('look once each time, together', async () => {
    await using rig = await createVerificationRig();
    const gateways = [await rig.process(), await rig.process(), await rig.process()];
    const started = await Promise.all(
      Array.from({ length: 6 }, (_, n) => gateways[n % 3]!.verifications().start(rig.request(String(n)))),
    );
    await rig.advance(305);
    for (const { verification } of started) {
      expect(linesOf(await seen(gateways[0]!, verification.id))).toHaveLength(4);
    }
    expect(rig.billing.looks).toHaveLength(24);
    expect(gateways.flatMap(({ news }) => news)).toHaveLength(6);
  });

  it('take over what one leaves behind, and what it writes afterwards does not count', async () => {
    await using rig = await createVerificationRig();
    const first = await rig.process();
    const { verification } = await first.verifications().start(rig.request('1'));
    let release: () => void = () => undefined;
    rig.billing.held = new Promise((resolve) => (release = resolve));
    await rig.advance(121); // it looks, and gets no answer
    expect(rig.billing.looks).toHaveLength(1);
    const second = await rig.process();
    await rig.advance(30); // it holds the look for a minute
    expect(rig.billing.looks).toHaveLength(1);
    rig.billing.held = null;
    arrive(rig);
    await rig.advance(40);
    expect(rig.billing.looks).toHaveLength(2);
    rig.billing.minimum = '1';
    release();
    await rig.advance(10);
    const settled = await seen(second, verification.id);
    expect(settled.looks.map(({ number, state }) => `${number} ${state}`)).toEqual(['1 VERIFIED']);
    expect(first.news).toEqual([]);
  });
});

describe('a restart', () => {
  it('loses nothing: what is overdue is looked at at once', async () => {
    await using rig = await createVerificationRig();
    const first = await rig.process();
    const { verification } = await first.verifications().start(rig.request('1'));
    await rig.advance(125);
    await first.stop();
    await rig.advance(60);
    expect(rig.billing.looks).toHaveLength(1);
    arrive(rig);
    const second = await rig.process();
    await rig.advance(1);
    const settled = await seen(second, verification.id);
    expect(linesOf(settled)).toEqual(['120 PENDING_SYNC NOT_THERE_YET', '185 VERIFIED AS_EXPECTED']);
  });

  it('gives back a look that was under way', async () => {
    await using rig = await createVerificationRig();
    const first = await rig.process();
    const { verification } = await first.verifications().start(rig.request('1'));
    rig.billing.held = new Promise(() => undefined);
    await rig.advance(121);
    await first.stop();
    rig.billing.held = null;
    const second = await rig.process();
    await rig.advance(2); // not the minute for which it was held
    expect((await seen(second, verification.id)).looks).toHaveLength(1);
  });
});

describe('asking twice', () => {
  it('with the same key and input is the same verification; with another input it is refused', async () => {
    await using rig = await createVerificationRig();
    const gateway = await rig.process();
    const request = rig.request('1');
    const first = await gateway.verifications().start(request);
    const spelled = money(decimal('17500.000'), 'USD' as CurrencyCode);
    const again = await gateway
      .verifications()
      .start({ ...request, expected: { ...request.expected, minimum: spelled }, reason: 'again' });
    expect(again).toMatchObject({
      isReplay: true,
      verification: { id: first.verification.id, reason: null },
    });
    expect(first.isReplay).toBe(false);
    const other = { ...request, changedAt: instantOfMillis(rig.clock() - 1_000) };
    await expect(gateway.verifications().start(other)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const ofOther = await gateway.verifications('another').start(other);
    expect(ofOther.isReplay).toBe(false);
    await expect(
      gateway.verifications().start({ ...request, idempotencyKey: 'short' }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('at once makes one', async () => {
    await using rig = await createVerificationRig();
    const gateways = [await rig.process(), await rig.process()];
    const request = rig.request('1');
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) => gateways[n % 2]!.verifications().start(request)),
    );
    expect(new Set(all.map(({ verification }) => verification.id)).size).toBe(1);
    expect(all.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  });
});

it('the money that was expected comes back to the last digit', async () => {
  await using rig = await createVerificationRig();
  const gateway = await rig.process();
  const minimum = money(decimal(`${'9'.repeat(60)}.${'1'.repeat(60)}`), 'XXA' as CurrencyCode);
  const expected = { minimum, startsOn: null, endsBefore: null };
  const { verification } = await gateway.verifications().start(rig.request('1', { expected }));
  expect((await seen(gateway, verification.id)).expected).toEqual(expected);
});

it('a customer sees its own, newest first, page by page', async () => {
  await using rig = await createVerificationRig();
  const gateway = await rig.process();
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    ids.unshift((await gateway.verifications().start(rig.request(String(n)))).verification.id);
    await rig.advance(1);
  }
  const foreign = await gateway.verifications().start(rig.request('9', { organization: OTHER }));
  const verifications = gateway.verifications();
  const first = await verifications.list(ACME, 3, null);
  const second = await verifications.list(ACME, 3, first.verifications.at(-1)!.id);
  expect([...first.verifications, ...second.verifications].map(({ id }) => id)).toEqual(ids);
  expect([first.hasMore, second.hasMore, first.totalCount]).toEqual([true, false, 5]);
  expect(await verifications.byId(ACME, foreign.verification.id)).toBeNull();
  await expect(verifications.list(ACME, 3, foreign.verification.id)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

it('who follows sees it as it is, after each look of any gateway, and the end', async () => {
  await using rig = await createVerificationRig();
  const [one, two] = [await rig.process(), await rig.process()];
  const { verification } = await one!.verifications().start(rig.request('1'));
  const heard: string[][] = [[], []];
  const following = [one!, two!].map(async (gateway, n) => {
    const { signal } = new AbortController();
    for await (const { state, looks } of gateway.verifications().follow(ACME, verification.id, signal)) {
      heard[n]!.push(`${looks.length} ${state}`);
    }
  });
  await rig.advance(200);
  arrive(rig);
  await rig.advance(50);
  await Promise.all(following);
  const steps = ['0 PENDING_SYNC', '1 PENDING_SYNC', '2 PENDING_SYNC', '3 VERIFIED'];
  expect(heard).toEqual([steps, steps]);
});

it('who follows a look of the same gateway hears of it at that moment', async () => {
  await using rig = await createVerificationRig();
  const gateway = await rig.process();
  const { verification } = await gateway.verifications().start(rig.request('1'));
  await rig.advance(0.5); // so that nobody asks in the same moment anyway
  const leaving = new AbortController();
  const heard: number[] = [];
  const following = (async () => {
    const seen = gateway.verifications().follow(ACME, verification.id, leaving.signal);
    for await (const { looks } of seen) heard.push(looks.length);
  })();
  await rig.advance(119.5);
  expect(heard).toEqual([0, 1]);
  leaving.abort();
  await following;
});

it('a store that does not work is told as such, and what was started goes on when it works again', async () => {
  await using rig = await createVerificationRig();
  const gateway = await rig.process();
  const { verification } = await gateway.verifications().start(rig.request('1'));
  await gateway.stop();
  let isBroken = true;
  const broken = await rig.process({
    store: () => (isBroken ? Promise.reject(new StoreError('unreachable', 'no route to it')) : rig.store()),
  });
  await expect(broken.verifications().start(rig.request('2'))).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    extras: { isRetryable: true },
  });
  await expect(broken.verifications().byId(ACME, verification.id)).rejects.not.toThrow(/no route/);
  await rig.advance(130);
  expect(broken.news.map(({ kind }) => kind)).toEqual(['delayed']);
  isBroken = false;
  arrive(rig);
  await rig.advance(6);
  expect(broken.news.map(({ kind }) => kind)).toEqual(['delayed', 'settled', 'recovered']);
});
