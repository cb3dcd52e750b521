/**
 * Rows S36 to S42 of the failure catalogue: one sick backend makes nobody else sick, callers are told what they get,
 * and whoever leaves is not worked for. S40 (flapping) is in test/upstream/breaker.test.ts. And what old answers,
 * wishes for fresh ones, the cost report and fairness come to.
 */
import { describe, expect, it } from 'vitest';
import { ask, faultRig, listOf, SLUGS, stateOf } from '../support/fault-rig.js';
import type { Gateway, GraphAnswer } from '../support/gateway.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

const rig = faultRig();
const cloudmc = () => rig.emulator('cloudmc');

async function proxied(limits: object = {}) {
  const proxy = rig.keep(await startTcpProxy(cloudmc().port));
  const gateway = await rig.gateway({ cloudmc: { ...rig.cloudmcAt(proxy.url), ...limits } });
  return { proxy, gateway };
}

const breakerOf = async (gateway: Gateway): Promise<string> => (await stateOf(gateway, 'CLOUDMC')).breaker;

/** Three attempts, which is all that a new process may repeat, and one of each of the next two: five in a row. */
async function openBreaker(gateway: Gateway): Promise<void> {
  cloudmc().faults.add({ fault: { kind: 'refuse', status: 500 } });
  await ask(rig, gateway, SLUGS[0]);
  await ask(rig, gateway, SLUGS[1]);
  await ask(rig, gateway, SLUGS[2]);
  expect(await breakerOf(gateway)).toBe('OPEN');
  cloudmc().faults.clear();
  cloudmc().clearCalls();
}

describe('S36 one backend down', () => {
  it('its branch is null with an error, the others are whole, and the gateway stays ready', async () => {
    await cloudmc().stop();
    const gateway = await rig.gateway();
    expect((await ask(rig, gateway)).error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect((await fetch(`${gateway.app.adminUrl}/health/ready`)).status).toBe(200);
  });

  it('and one that hangs for a minute holds up nobody who does not ask it', async () => {
    cloudmc().faults.add({ fault: { kind: 'silent' } });
    const gateway = await rig.gateway({ cloudmc: { timeoutMs: 60_000 } });
    const leaving = new AbortController();
    const hanging = Array.from({ length: 40 }, (_, i) =>
      fetch(`${gateway.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: listOf(SLUGS[i % SLUGS.length] ?? '') }),
        signal: leaving.signal,
      }).catch(() => 'left'),
    );
    await until('all customers were asked for', () => rig.hits('cloudmc') === SLUGS.length);
    for (const slug of SLUGS) {
      const { data, errors } = await gateway.query(
        `{ organization(slug: "${slug}") { contracts { coverage { complete } } usage { month } } }`,
      );
      expect(errors).toEqual([]);
      expect(data.organization.contracts.coverage.complete).toBe(true);
    }
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({ callsInFlight: SLUGS.length });
    leaving.abort();
    expect(new Set(await Promise.all(hanging))).toEqual(new Set(['left']));
    await expect.poll(async () => (await stateOf(gateway, 'CLOUDMC')).callsInFlight).toBe(0);
  });
});

it('S37 all backends down: 200, nulls, an error for each, and the process says that it lives', async () => {
  const gateway = await rig.gateway();
  for (const emulator of Object.values(rig.sandbox().emulators)) await emulator.stop();
  const everything = `{ organization(slug: "sleepyco") {
    name commitments { nodes { id } coverage { missing } } contracts { totalCount } serviceOrders { totalCount }
    usage { month } minimumCommitmentState { status } billingHistory(range: { startsOn: "2026-01-01", endsBefore: "2026-11-01" }) { month }
  } }`;
  let answer: GraphAnswer | null = null;
  // After some rounds all breakers are open (a login's too), and no socket is tried any more.
  for (let round = 0; round < 7; round += 1) answer = await gateway.query(everything);
  expect(answer?.status).toBe(200);
  expect(answer?.data.organization).toEqual({
    name: 'SleepyCo',
    commitments: { nodes: [], coverage: { missing: ['COMMITMENT_MANAGER', 'LOGISENSE', 'CLOUDMC'] } },
    contracts: null,
    serviceOrders: null,
    usage: null,
    minimumCommitmentState: null,
    billingHistory: null,
  });
  expect(new Set(answer?.errors.map(({ extensions }) => extensions.source)).size).toBe(5);
  for (const { extensions } of answer?.errors ?? []) {
    expect(extensions).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: true });
    expect(extensions.retryAfterMs).toBeGreaterThan(0);
  }
  expect((await fetch(`${gateway.app.adminUrl}/health/live`)).status).toBe(200);
});

describe('S38 an open breaker', () => {
  it('refuses at once, says for how long, and opens no socket', async () => {
    const { proxy, gateway } = await proxied();
    await openBreaker(gateway);
    const accepted = proxy.accepted;
    for (const slug of SLUGS) {
      const { error, list } = await ask(rig, gateway, slug);
      expect(error).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: true });
      expect(error?.retryAfterMs).toBeGreaterThan(0);
      expect(error?.retryAfterMs).toBeLessThanOrEqual(2_400);
      expect(list.coverage.sources[0]).toMatchObject({ state: 'FAILED', code: 'CIRCUIT_OPEN' });
    }
    expect(rig.hits('cloudmc')).toBe(0);
    expect(proxy.accepted).toBe(accepted);
  });

  it('tells those who wait for a read from before it opened, and gives that read up', async () => {
    const { proxy, gateway } = await proxied({ timeoutMs: 60_000 });
    proxy.fault = { kind: 'hold' };
    const waiting = [ask(rig, gateway, SLUGS[6])];
    await until('the backend answered', () => proxy.held === 1);
    proxy.fault = null; // what came is kept back still
    const asked = rig.hits('monetizenow');
    waiting.push(ask(rig, gateway, SLUGS[6]), ask(rig, gateway, SLUGS[6]));
    await until('their other part was asked', () => rig.hits('monetizenow') > asked);
    expect(rig.hits('cloudmc')).toBe(1);
    await openBreaker(gateway);
    for (const { error, list } of await Promise.all(waiting)) {
      expect(error).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: true });
      expect(error?.retryAfterMs).toBeGreaterThan(0);
      expect(error?.retryAfterMs).toBeLessThanOrEqual(2_400);
      expect(list.coverage.sources).toMatchObject([{ state: 'FAILED', code: 'CIRCUIT_OPEN' }]);
    }
    // That it was given up by us is nothing that the backend did.
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({
      ...{ callsInFlight: 0, callsQueued: 0, isReachable: true },
      lastFailure: { code: 'UPSTREAM_UNAVAILABLE' },
    });
  });

  it('gives those who wait the old answer, where there is one', async () => {
    const { proxy, gateway } = await proxied({ timeoutMs: 60_000, freshForMs: 0, staleForMs: 60_000 });
    await ask(rig, gateway, SLUGS[6]);
    proxy.fault = { kind: 'hold' };
    const waiting = ask(rig, gateway, SLUGS[6]);
    await until('the backend answered', () => proxy.held === 1);
    proxy.fault = null;
    await openBreaker(gateway);
    const { error, list } = await waiting;
    expect(error).toBeNull();
    expect(list.coverage.sources).toMatchObject([{ state: 'STALE' }]);
  });

  it('is of one family of endpoints: another credential of the same backend goes on', async () => {
    const manager = rig.emulator('commitment-manager');
    manager.faults.add({ match: { path: '/organizations/' }, fault: { kind: 'refuse', status: 500 } });
    const gateway = await rig.gateway();
    const usage = '{ organization(slug: "sleepyco") { usage { month } } }';
    await gateway.query(usage);
    await gateway.query(usage);
    const { errors } = await gateway.query(usage);
    expect(errors[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect((await gateway.query(usage)).errors[0]?.extensions.code).toBe('CIRCUIT_OPEN');
    const { data } = await gateway.query(
      '{ organization(slug: "sleepyco") { commitments(filter: { sources: [COMMITMENT_MANAGER] }) { coverage { complete } } } }',
    );
    expect(data.organization.commitments.coverage.complete).toBe(true);
    expect((await stateOf(gateway, 'COMMITMENT_MANAGER')).breaker).toBe('OPEN');
  });
});

describe('S39 a half-open breaker', () => {
  it('sends one probe at a time, and closes after three that were answered', async () => {
    const { proxy, gateway } = await proxied();
    await openBreaker(gateway);
    rig.skip(2_400);
    proxy.fault = { kind: 'hold' };
    const probe = ask(rig, gateway, SLUGS[0]);
    await until('the probe is answered', () => proxy.held === 1);
    expect(await breakerOf(gateway)).toBe('HALF_OPEN');
    // Nobody else waits for it, not even whoever asks the same.
    for (const slug of SLUGS) {
      expect((await ask(rig, gateway, slug)).error).toMatchObject({ code: 'CIRCUIT_OPEN' });
    }
    expect(rig.hits('cloudmc')).toBe(1);
    proxy.release();
    expect((await probe).list.nodes).toHaveLength(3);
    await ask(rig, gateway, SLUGS[1]);
    expect(await breakerOf(gateway)).toBe('HALF_OPEN');
    await ask(rig, gateway, SLUGS[2]);
    expect(await breakerOf(gateway)).toBe('CLOSED');
  });

  it('opens for longer when its probe fails, and does not repeat it', async () => {
    const gateway = await rig.gateway();
    await openBreaker(gateway);
    rig.skip(2_400);
    cloudmc().faults.add({ fault: { kind: 'refuse', status: 500 } });
    expect((await ask(rig, gateway)).error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(rig.hits('cloudmc')).toBe(1);
    const { error } = await ask(rig, gateway);
    expect(error).toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(error?.retryAfterMs).toBeGreaterThan(2_400);
  });
});

it('S41 a backend that answers well but late opens the breaker too', async () => {
  cloudmc().faults.add({ fault: { kind: 'slow', ms: 1_500 } });
  const gateway = await rig.gateway({ cloudmc: { timeoutMs: 2_100 } });
  await Promise.all(SLUGS.slice(0, 5).map((slug) => gateway.query(listOf(slug))));
  expect(await breakerOf(gateway)).toBe('OPEN');
  expect((await ask(rig, gateway)).error).toMatchObject({ code: 'CIRCUIT_OPEN' });
});

describe('S42 a client that leaves', () => {
  const post = (gateway: Gateway, query: string, signal: AbortSignal) =>
    fetch(`${gateway.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal,
    }).then(
      () => 'answered',
      () => 'left',
    );

  it('takes its reads with it: the backend sees the socket close', async () => {
    const { proxy, gateway } = await proxied({ timeoutMs: 60_000 });
    cloudmc().faults.add({ fault: { kind: 'silent' } });
    const client = new AbortController();
    const asked = post(gateway, listOf('sleepyco'), client.signal);
    await until('the backend was asked', () => rig.hits('cloudmc') === 1);
    expect(proxy.open).toBe(1);
    client.abort();
    expect(await asked).toBe('left');
    await until('the socket is closed', () => proxy.open === 0);
    expect(rig.hits('cloudmc')).toBe(1);
    expect(await stateOf(gateway, 'CLOUDMC')).toMatchObject({ breaker: 'CLOSED', lastFailure: null });
  });

  it('but not those that somebody else waits for', async () => {
    const { proxy, gateway } = await proxied({ timeoutMs: 60_000 });
    proxy.fault = { kind: 'hold' };
    const client = new AbortController();
    const first = post(gateway, listOf('sleepyco'), client.signal);
    await until('the backend answered', () => proxy.held === 1);
    const second = ask(rig, gateway);
    // It joins the call that is under way: nothing shows from outside but that there is no second one.
    await until('its other part was asked', () => rig.hits('monetizenow') > 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    client.abort();
    expect(await first).toBe('left');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(proxy.open).toBe(1);
    proxy.release();
    expect((await second).list.nodes).toHaveLength(3);
    expect(rig.hits('cloudmc')).toBe(1);
  });
});

describe('an old answer', () => {
  const stale = (list: { nodes: { freshness: { stale: boolean } }[] }) =>
    list.nodes.map(({ freshness }) => freshness.stale);

  it('stands in for a backend that died, says so, and not beyond its time', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 1_000, staleForMs: 60_000 } });
    const before = await ask(rig, gateway);
    expect(stale(before.list)).toEqual([false, false, false]);
    await cloudmc().stop();
    rig.skip(30_000);
    const during = await ask(rig, gateway);
    expect(during.error).toBeNull();
    expect(during.list.nodes.map(({ externalId }: { externalId: string }) => externalId)).toEqual(
      before.list.nodes.map(({ externalId }: { externalId: string }) => externalId),
    );
    expect(stale(during.list)).toEqual([true, true, true]);
    expect(during.list.coverage).toMatchObject({
      complete: true,
      missing: [],
      sources: [{ state: 'STALE' }],
    });
    expect(during.list.coverage.sources[0].freshness).toMatchObject({ stale: true });
    expect(during.list.coverage.sources[0].freshness.ageMs).toBeGreaterThanOrEqual(30_000);
    rig.skip(31_000);
    expect((await ask(rig, gateway)).error).toMatchObject({ source: 'CLOUDMC', retryable: true });
  });

  it('stands in while the breaker is open, and for nobody else', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 0, staleForMs: 60_000 } });
    await ask(rig, gateway, SLUGS[2]);
    await openBreaker(gateway);
    const known = await ask(rig, gateway, SLUGS[2]);
    expect(known.list.coverage.sources).toMatchObject([{ state: 'STALE' }]);
    expect((await ask(rig, gateway, SLUGS[3])).error).toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(rig.hits('cloudmc')).toBe(0);
  });

  it('is given for as long again as it was fresh, while a new one is fetched behind it', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 60_000, staleForMs: 600_000 } });
    await ask(rig, gateway);
    await ask(rig, gateway);
    expect(rig.hits('cloudmc')).toBe(1);
    rig.skip(61_000);
    cloudmc().faults.add({ times: 1, fault: { kind: 'slow', ms: 30 } });
    expect(stale((await ask(rig, gateway)).list)).toEqual([true, true, true]);
    await until('the new one came', () => cloudmc().calls[1]?.status === 200);
    await expect
      .poll(async () => stale((await ask(rig, gateway)).list), { timeout: 5_000 })
      .toEqual([false, false, false]);
    expect(rig.hits('cloudmc')).toBe(2);
  });

  it('is not given to whoever wants a fresh one, not even in an outage', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 60_000, staleForMs: 600_000 } });
    await ask(rig, gateway);
    await ask(rig, gateway, 'sleepyco', '@fresh(within: 0)');
    expect(rig.hits('cloudmc')).toBe(2);
    await ask(rig, gateway, 'sleepyco', '@fresh(within: 50000)');
    expect(rig.hits('cloudmc')).toBe(2);
    cloudmc().faults.add({ fault: { kind: 'refuse', status: 500 } });
    const { error } = await ask(rig, gateway, 'sleepyco', '@fresh(within: 0)');
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('is no excuse for a record that the backend says is gone', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 0, staleForMs: 600_000 } });
    await ask(rig, gateway);
    cloudmc().faults.add({
      fault: { kind: 'refuse', status: 400, json: { errors: [{ code: 1, message: 'no' }] } },
    });
    expect((await ask(rig, gateway)).error).toMatchObject({ code: 'UPSTREAM_REJECTED', retryable: false });
  });
});

describe('the cost report', () => {
  it('counts what was sent, shared, cached, stale, repeated and failed', async () => {
    const gateway = await rig.gateway({ cloudmc: { freshForMs: 60_000, staleForMs: 600_000 } });
    const cost = async (slug = 'sleepyco') => {
      const { text } = await gateway.query(listOf(slug), {}, { 'graphql-upstream-report': '1' });
      return (JSON.parse(text) as { extensions: { upstream: Record<string, object> } }).extensions.upstream[
        'CLOUDMC'
      ];
    };
    const nothing = { sent: 0, shared: 0, cached: 0, stale: 0, retried: 0, failed: 0 };
    cloudmc().faults.add({ times: 1, fault: { kind: 'refuse', status: 503 } });
    expect(await cost()).toMatchObject({ ...nothing, sent: 2, retried: 1 });
    expect(await cost()).toMatchObject({ ...nothing, cached: 1 });
    cloudmc().faults.add({ times: 1, fault: { kind: 'slow', ms: 100 } });
    const [one, other] = await Promise.all([cost(SLUGS[1]), cost(SLUGS[1])]);
    expect([one, other]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...nothing, sent: 1 }),
        expect.objectContaining({ ...nothing, shared: 1 }),
      ]),
    );
    cloudmc().faults.add({ fault: { kind: 'refuse', status: 400, json: {} } });
    expect(await cost(SLUGS[2])).toMatchObject({ ...nothing, sent: 1, failed: 1 });
    rig.skip(200_000);
    cloudmc().faults.replace([{ fault: { kind: 'refuse', status: 503 } }]);
    expect(await cost()).toMatchObject({ ...nothing, sent: 2, retried: 1, stale: 1, failed: 1 });
  });

  it('is for those who ask for it', async () => {
    const { text } = await (await rig.gateway()).query(listOf('sleepyco'));
    expect(text).not.toContain('"extensions":{"upstream"');
  });
});

it('one customer with forty requests delays itself alone: four with one each are served in turn', async () => {
  const manager = rig.emulator('commitment-manager');
  const gateway = await rig.gateway();
  const leaving = new AbortController();
  const idOf = (slug: string) =>
    rig.sandbox().profiles.find((one) => one.slug === slug)?.commitmentManager?.organizationId ?? '';
  const days = Array.from(
    { length: 40 },
    (_, i) => `2026-${String(1 + (i % 9)).padStart(2, '0')}-${10 + Math.floor(i / 9)}`,
  );
  const noisy = days.map((startsOn) =>
    fetch(`${gateway.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ organization(slug: "sleepyco") { billingHistory(range: { startsOn: "${startsOn}", endsBefore: "2026-11-01" }) { month } } }`,
      }),
      signal: leaving.signal,
    }).catch(() => null),
  );
  await until('the second is used up and thirty wait', () => manager.calls.length === 10);
  await expect.poll(async () => (await stateOf(gateway, 'COMMITMENT_MANAGER')).callsQueued).toBe(30);
  const quiet = SLUGS.slice(1, 5);
  const answers = await Promise.all(
    quiet.map((slug) => gateway.query(`{ organization(slug: "${slug}") { usage { month } } }`)),
  );
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  const places = quiet.map((slug) => manager.calls.findIndex(({ path }) => path.includes(idOf(slug))));
  for (const place of places) {
    expect(place).toBeGreaterThanOrEqual(10);
    expect(place).toBeLessThan(20);
  }
  expect(manager.calls.some(({ status }) => status === 429)).toBe(false);
  leaving.abort();
  await Promise.all(noisy);
});
