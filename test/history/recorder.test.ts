/** Requests are recorded behind their backs: once for each look, within bounds, and whatever the store does. */
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { instantOfMillis, type Instant } from '../../src/domain/calendar.js';
import { sourceError } from '../../src/domain/failure.js';
import type { Listing } from '../../src/domain/observation.js';
import type { Organization } from '../../src/domain/organization.js';
import type { RecordPort, Sources } from '../../src/domain/ports.js';
import type { ServiceOrder } from '../../src/domain/service-order.js';
import { recording } from '../../src/history/recording.js';
import { createRecorder, type HistoryNews, type RecorderOptions } from '../../src/history/recorder.js';
import type { Look, Outage } from '../../src/history/look.js';
import type { HistoryStore } from '../../src/history/store.js';
import { StoreError } from '../../src/journal/store-error.js';
import { manualTimers } from '../support/manual-timers.js';
import { organization } from '../journal/support/rig.js';

const linked = (slug: string): Organization => ({
  ...organization(slug),
  salesforce: { missionControlAccountId: 'a', organizationId: null },
});
const ACME = linked('acme');

const listing = (second: number, changes: Partial<Listing<ServiceOrder>> = {}): Listing<ServiceOrder> => ({
  items: [{ externalId: 'o1', name: String(second) } as ServiceOrder],
  dropped: [],
  truncated: false,
  observation: {
    observedAt: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z` as Instant,
    stale: false,
  },
  ...changes,
});

let looks: Look[];
let outages: Outage[];
let news: HistoryNews[];
let trouble: StoreError | null;
let forgotten: string[];
beforeEach(() => {
  looks = [];
  outages = [];
  news = [];
  trouble = null;
  forgotten = [];
});

const store: HistoryStore = {
  write(some) {
    if (trouble !== null) return Promise.reject(trouble);
    looks.push(...some);
    return Promise.resolve(some.map(() => 'changed'));
  },
  writeOutage(outage) {
    if (trouble !== null) return Promise.reject(trouble);
    outages.push(outage);
    return Promise.resolve();
  },
  forgetOutages: () => Promise.resolve(0),
  outdated: (cutoff, after) => Promise.resolve(after === 0 ? [7] : (forgotten.push(`until ${cutoff}`), [])),
  forget: (list) => Promise.resolve(forgotten.push(`list ${list}`) === 1 ? 200 : 0),
  overfull: () => Promise.resolve([{ organization: 'acme', rows: 50_300 }]),
  forgetOldest: (slug, most) => {
    forgotten.push(`${slug} ${most}`);
    return Promise.resolve(most);
  },
};

const timers = manualTimers();
const recorder = (more: Partial<RecorderOptions> = {}) =>
  createRecorder({
    store: () => store,
    clock: () => timers.now(),
    timers,
    tell: (what) => news.push(what),
    ...more,
  });
const seconds = () => looks.map(({ at }) => (at / 1_000) % 60);

it('takes a look once, however often it is served', async () => {
  const own = recorder();
  for (let i = 0; i < 3; i += 1) own.record(ACME, 'SERVICE_ORDER', listing(1));
  own.record(linked('other'), 'SERVICE_ORDER', listing(1));
  own.record(ACME, 'SERVICE_ORDER', listing(2));
  await own.flush();
  expect(looks.map(({ organization: slug, at }) => [slug, (at / 1_000) % 60])).toEqual([
    ['acme', 1],
    ['acme', 2],
    ['other', 1],
  ]);
});

it('writes what waited when it began, and leaves what is seen meanwhile for the next time', async () => {
  let second = 2;
  const busy: HistoryStore = {
    ...store,
    write(some) {
      for (const _ of some) own.record(ACME, 'SERVICE_ORDER', listing((second += 2)));
      return store.write(some);
    },
  };
  const own = recorder({ store: () => busy });
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  own.record(linked('other'), 'SERVICE_ORDER', listing(1));
  await own.flush();
  expect(looks).toHaveLength(2);
  expect(own.state().waiting).toBe(2);
});

it('takes the first and the newest of the looks within a second, and none in part for one that is whole', async () => {
  const own = recorder();
  const at = (millis: string, changes: Partial<Listing<ServiceOrder>> = {}) =>
    listing(0, {
      items: [{ externalId: 'o1', name: millis } as ServiceOrder],
      observation: { observedAt: `2026-01-01T00:00:${millis}Z` as Instant, stale: false },
      ...changes,
    });
  for (const millis of ['01.000', '01.400', '01.200', '01.999'])
    own.record(ACME, 'SERVICE_ORDER', at(millis));
  own.record(ACME, 'SERVICE_ORDER', at('02.000'));
  own.record(ACME, 'SERVICE_ORDER', at('02.001', { truncated: true }));
  own.record(ACME, 'SERVICE_ORDER', at('02.002'));
  expect(own.state().waiting).toBe(4);
  await own.flush();
  expect(looks.map(({ at: millis }) => millis % 60_000)).toEqual([1_000, 1_999, 2_000, 2_002]);
  expect(own.state().dropped).toBe(0);
});

it('leaves out what is stale, and customers without an account there', async () => {
  const own = recorder();
  own.record(ACME, 'SERVICE_ORDER', listing(1, { observation: { ...listing(1).observation, stale: true } }));
  own.record(organization('none'), 'SERVICE_ORDER', listing(1));
  await own.flush();
  expect(looks).toEqual([]);
});

it('writes looks together, some at a time, and none of what came meanwhile', async () => {
  const written: number[] = [];
  const own = recorder({
    store: () => ({
      ...store,
      write(some) {
        written.push(some.length);
        own.record(linked('late'), 'SERVICE_ORDER', listing(1));
        return store.write(some);
      },
    }),
  });
  for (let n = 0; n < 16; n += 1) own.record(linked(`c${n}`), 'SERVICE_ORDER', listing(1));
  for (const second of [3, 5, 7, 9, 11]) own.record(ACME, 'SERVICE_ORDER', listing(second));
  const many = Array.from({ length: 150 }, (_, i) => ({ externalId: String(i) }) as ServiceOrder);
  own.record(linked('big'), 'SERVICE_ORDER', listing(1, { items: many }));
  own.record(linked('small'), 'SERVICE_ORDER', listing(1));
  await own.flush();
  // Twenty, then as many as have a hundred records.
  expect(written).toEqual([20, 2, 1]);
  expect(looks.filter(({ organization: slug }) => slug === 'acme').map(({ at }) => at % 60_000)).toEqual([
    3_000, 5_000, 7_000, 9_000, 11_000,
  ]);
  expect(own.state()).toMatchObject({ changed: 23, waiting: 1 });
});

it('tries by itself each of what was not taken together', async () => {
  const own = recorder({
    store: () => ({
      ...store,
      write: (some) =>
        some.some(({ organization: slug }) => slug === 'bad')
          ? Promise.reject(new StoreError('refused', 'no'))
          : store.write(some),
    }),
  });
  for (const slug of ['a', 'bad', 'b']) own.record(linked(slug), 'SERVICE_ORDER', listing(1));
  await own.flush();
  expect(looks.map(({ organization: slug }) => slug)).toEqual(['a', 'b']);
  expect(news).toMatchObject([{ kind: 'refused', look: { organization: 'bad' } }]);
  expect(own.state()).toMatchObject({ changed: 2, dropped: 1, waiting: 0 });
});

describe('a list of the same likeness', () => {
  /** Tells how often it was printed. */
  function counted() {
    let prints = 0;
    const record = {
      externalId: 'o1',
      get name() {
        prints += 1;
        return 'Order';
      },
    } as ServiceOrder;
    return { record, prints: () => prints };
  }

  it('is not printed again, and shows the same', async () => {
    const { record, prints } = counted();
    const own = recorder();
    for (const second of [1, 3, 5]) {
      own.record(ACME, 'SERVICE_ORDER', listing(second, { items: [record], likeness: 'as ever' }));
      await own.flush();
    }
    expect(prints()).toBe(1);
    const [first, second, third] = looks;
    expect(first?.records).toHaveLength(1);
    expect([second, third]).toMatchObject([
      { digest: first?.digest, records: null, isComplete: true },
      { digest: first?.digest, records: null, isComplete: true },
    ]);
  });

  it('is printed where it is a part, another one, or of another likeness', async () => {
    const { record, prints } = counted();
    const own = recorder();
    const seen = (second: number, changes: Partial<Listing<ServiceOrder>>) => {
      own.record(ACME, 'SERVICE_ORDER', listing(second, { items: [record], likeness: 'a', ...changes }));
      return own.flush();
    };
    await seen(1, {});
    await seen(3, { truncated: true });
    await seen(5, {});
    await seen(7, { likeness: 'b' });
    expect(prints()).toBe(4);
    own.record(linked('other'), 'SERVICE_ORDER', listing(9, { items: [record], likeness: 'b' }));
    await own.flush();
    expect(prints()).toBe(5);
    expect(looks.every(({ records }) => records !== null)).toBe(true);
  });

  it('tells its records if the store knows the list otherwise', async () => {
    const { record } = counted();
    const own = recorder({
      store: () => ({
        ...store,
        write: async (some) => {
          const written = await store.write(some);
          return some.map(({ records }, at) => (records === null ? 'untold' : (written[at] ?? 'late')));
        },
      }),
    });
    for (const second of [1, 3]) {
      own.record(ACME, 'SERVICE_ORDER', listing(second, { items: [record], likeness: 'as ever' }));
      await own.flush();
    }
    expect(looks.map(({ at, records }) => [at % 60_000, records?.length])).toEqual([
      [1_000, 1],
      [3_000, undefined],
      [3_000, 1],
    ]);
    expect(own.state()).toMatchObject({ changed: 2, waiting: 0 });
  });
});

describe('between times', () => {
  const lists = (count: number, second: number) => {
    for (let n = 0; n < count; n += 1) own.record(linked(`c${n}`), 'SERVICE_ORDER', listing(second));
  };
  let own: ReturnType<typeof recorder>;
  const settled = async () => {
    for (let n = 0; n < 10; n += 1) await turn();
  };

  it('writes as soon as looks at many lists wait, and not while a request runs', async () => {
    own = recorder();
    lists(19, 1);
    await settled();
    expect(looks).toEqual([]);
    own.record(ACME, 'SERVICE_ORDER', listing(1));
    expect(looks).toEqual([]);
    await settled();
    expect([looks.length, own.state().waiting, forgotten]).toEqual([20, 0, []]);
  });

  it('leaves to its time what another look of the same second may take the place of', async () => {
    own = recorder();
    const within = (millis: number) => ({
      observation: { observedAt: `2026-01-01T00:00:01.${String(millis)}Z` as Instant, stale: false },
    });
    lists(20, 1);
    await settled();
    for (let millis = 100; millis < 900; millis += 1) {
      for (let n = 0; n < 20; n += 1)
        own.record(linked(`c${n}`), 'SERVICE_ORDER', listing(1, within(millis)));
    }
    await settled();
    expect([looks.length, own.state().waiting]).toEqual([20, 20]);
    await own.flush();
    expect(looks.slice(20).map(({ at }) => at % 60_000)).toEqual(Array.from({ length: 20 }, () => 1_899));
  });

  it('does not try while the store does not work', async () => {
    let tries = 0;
    own = recorder({
      store: () => ({
        ...store,
        write(some) {
          tries += 1;
          return store.write(some);
        },
      }),
    });
    trouble = new StoreError('locked', 'others write');
    lists(20, 1);
    await settled();
    lists(20, 3);
    await settled();
    expect(tries).toBe(1);
    trouble = null;
    await own.flush();
    lists(20, 5);
    await settled();
    expect([looks.length, own.state().waiting]).toEqual([60, 0]);
  });

  it('writes more at once where hundreds wait', async () => {
    let most = 0;
    own = recorder({
      store: () => ({
        ...store,
        write(some) {
          most = Math.max(most, some.length);
          return store.write(some);
        },
      }),
    });
    lists(450, 1);
    await settled();
    await own.flush();
    expect([looks.length, own.state().waiting]).toEqual([450, 0]);
    expect(most).toBe(Math.ceil(20 * 4.5));
  });

  it('goes on while it forgets', async () => {
    let done: (rows: number) => void = () => undefined;
    own = recorder({
      store: () => ({ ...store, forgetOutages: () => new Promise((resolve) => (done = resolve)) }),
    });
    const flushed = own.flush();
    await settled();
    lists(20, 1);
    await settled();
    expect([looks.length, own.state().waiting]).toEqual([20, 0]);
    done(0);
    await flushed;
    expect(forgotten).not.toEqual([]);
  });

  it('is no reason for a flush to leave anything', async () => {
    own = recorder();
    lists(20, 1);
    own.record(ACME, 'SERVICE_ORDER', listing(1));
    own.record(
      ACME,
      'SERVICE_ORDER',
      listing(1, { observation: { observedAt: '2026-01-01T00:00:01.500Z' as Instant, stale: false } }),
    );
    await turn();
    await own.flush();
    expect([looks.length, own.state().waiting]).toEqual([22, 0]);
  });
});

it('knows what is complete', async () => {
  const own = recorder();
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  own.record(ACME, 'SERVICE_ORDER', listing(2, { truncated: true }));
  const lost = sourceError('UPSTREAM_MALFORMED', 'SALESFORCE').failure;
  own.record(ACME, 'SERVICE_ORDER', listing(3, { dropped: [lost] }));
  await own.flush();
  expect(looks.map(({ isComplete }) => isComplete)).toEqual([true, false, false]);
});

it('writes nothing while a request runs', async () => {
  const own = recorder();
  own.start();
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  await turn();
  expect([looks.length, own.state().waiting]).toEqual([0, 1]);
  await timers.tick(1_000);
  await turn();
  expect([looks.length, own.state().waiting]).toEqual([1, 0]);
  await own.stop();
});

it('keeps what waits while the store does not work, and says so once', async () => {
  const own = recorder();
  trouble = new StoreError('full', 'the disk is full');
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  await own.flush();
  await own.flush();
  expect([news.map(({ kind }) => kind), own.state().waiting]).toEqual([['delayed'], 1]);
  trouble = null;
  await own.flush();
  expect([news.map(({ kind }) => kind), seconds()]).toEqual([['delayed', 'recovered'], [1]]);
});

it('others who write are no news', async () => {
  const own = recorder();
  trouble = new StoreError('locked', 'database is locked');
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  for (let i = 0; i < 9; i += 1) await own.flush();
  expect(news).toEqual([]);
  await own.flush();
  expect(news).toMatchObject([{ kind: 'delayed' }]);
});

it('goes on after a look that the store does not take, or that is no data', async () => {
  const own = recorder();
  trouble = new StoreError('refused', 'no');
  own.record(ACME, 'SERVICE_ORDER', listing(1));
  await own.flush();
  trouble = null;
  own.record(ACME, 'SERVICE_ORDER', listing(2, { items: [{ externalId: 'o', name: new Map() } as never] }));
  own.record(ACME, 'SERVICE_ORDER', listing(3));
  await own.flush();
  expect([seconds(), news.map(({ kind }) => kind), own.state().dropped]).toEqual([
    [3],
    ['refused', 'refused'],
    2,
  ]);
});

it('waits for so many looks and no more; of each list the newest stays; what is dropped is counted and told', async () => {
  const own = recorder({ store: () => null, room: { looks: 3, records: 100 } });
  for (const second of [1, 2]) own.record(ACME, 'SERVICE_ORDER', listing(second));
  own.record(linked('b'), 'SERVICE_ORDER', listing(1));
  own.record(linked('c'), 'SERVICE_ORDER', listing(1));
  own.record(ACME, 'SERVICE_ORDER', listing(3));
  expect([own.state().waiting, own.state().dropped]).toEqual([2, 3]);
  await own.flush();
  expect(news).toEqual([{ kind: 'overrun', looks: 3 }]);
});

it('waits for so many records and no more', () => {
  const own = recorder({ store: () => null, room: { looks: 100, records: 3 } });
  const many = Array.from({ length: 4 }, (_, i) => ({ externalId: String(i) }) as ServiceOrder);
  own.record(ACME, 'SERVICE_ORDER', listing(1, { items: many }));
  own.record(ACME, 'SERVICE_ORDER', listing(2));
  expect([own.state().waiting, own.state().dropped]).toEqual([1, 1]);
});

it('forgets now and then, by age and by number', async () => {
  const now = 500 * 86_400_000;
  let at = now;
  const own = recorder({ clock: () => at });
  await own.flush();
  expect(forgotten).toEqual(['list 7', 'list 7', `until ${100 * 86_400_000}`, 'acme 200', 'acme 100']);
  forgotten = [];
  at += 3_599_999;
  await own.flush();
  expect(forgotten).toEqual([]);
  at += 1;
  await own.flush();
  expect(forgotten).not.toEqual([]);
});

it('ports that record answer as they did, and a failure is for whoever asked alone', async () => {
  const heard: unknown[] = [];
  const answers = [
    Promise.resolve(listing(1)),
    Promise.reject(sourceError('UPSTREAM_TIMEOUT', 'SALESFORCE')),
  ];
  const all = Promise.resolve(new Map([[ACME.slug, listing(2)]]));
  let next = 0;
  const port = {
    list: () => answers[next++]!,
    byId: () => Promise.resolve(null),
    isId: () => true,
    listAll: () => all,
  } satisfies RecordPort<ServiceOrder> & { listAll: unknown };
  const sources = { serviceOrders: port, contracts: null, spend: null } as unknown as Sources;
  const own = recording(sources, {
    record: (...args) => heard.push(args),
    failed: (...args) => heard.push(args),
  });
  expect(own.contracts).toBeNull();
  const first = own.serviceOrders!.list(ACME);
  expect(first).toBe(answers[0]);
  await first;
  await expect(own.serviceOrders!.list(ACME)).rejects.toThrow('Salesforce did not answer in time.');
  expect(own.serviceOrders!.listAll([ACME, linked('b')])).toBe(all);
  await turn();
  expect(heard).toEqual([
    [ACME, 'SERVICE_ORDER', listing(1)],
    [ACME, 'SERVICE_ORDER', expect.objectContaining({ code: 'UPSTREAM_TIMEOUT' })],
    [ACME, 'SERVICE_ORDER', listing(2)],
  ]);
  expect([own.serviceOrders!.byId, own.serviceOrders!.isId]).toEqual([port.byId, port.isId]);
});

it('keeps an outage as one, until a look succeeds or it fails otherwise', async () => {
  let now = Date.parse('2026-06-01T00:00:00Z');
  const from = now;
  const own = recorder({ clock: () => now });
  const fail = (code: 'UPSTREAM_TIMEOUT' | 'CIRCUIT_OPEN', after: number) => {
    now += after;
    own.failed(ACME, 'SERVICE_ORDER', { code });
  };
  const seen = () =>
    outages.splice(0).map((outage) => [outage.code, outage.from - from, outage.to - from, outage.until]);
  fail('UPSTREAM_TIMEOUT', 0);
  for (let i = 0; i < 5; i += 1) fail('UPSTREAM_TIMEOUT', 1_000);
  own.failed(organization('none'), 'SERVICE_ORDER', { code: 'CIRCUIT_OPEN' });
  await own.flush();
  expect(seen()).toEqual([['UPSTREAM_TIMEOUT', 0, 0, null]]);
  fail('UPSTREAM_TIMEOUT', 60_000);
  await own.flush();
  expect(seen()).toEqual([['UPSTREAM_TIMEOUT', 0, 65_000, null]]);
  fail('CIRCUIT_OPEN', 1_000);
  await own.flush();
  expect(seen()).toEqual([['CIRCUIT_OPEN', 66_000, 66_000, null]]);
  // An older look that comes late ends nothing.
  own.record(
    ACME,
    'SERVICE_ORDER',
    listing(1, { observation: { observedAt: instantOfMillis(from), stale: false } }),
  );
  await own.flush();
  expect(seen()).toEqual([]);
  now += 1_000;
  own.record(
    ACME,
    'SERVICE_ORDER',
    listing(1, { observation: { observedAt: instantOfMillis(now), stale: false } }),
  );
  await own.flush();
  expect(seen()).toEqual([['CIRCUIT_OPEN', 66_000, 66_000, now]]);
  // What nobody tried for long is another one.
  fail('CIRCUIT_OPEN', 1_000);
  fail('CIRCUIT_OPEN', 301_000);
  await own.flush();
  expect(seen()).toHaveLength(2);
  expect(own.state().waiting).toBe(0);
});
