/**
 * What keeping history costs: a request, a year of it, and looking back.
 *
 * `npm run bench:history`: the time that recording adds to a request (new looks, and the same look again), the rows and
 * bytes that 2,000 organizations leave that are looked at hourly while 1 % of the looks see a change, and how long it
 * takes to say how things were in a store of a million rows. Some 30 s; machines differ, so nothing is judged.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { instantOfMillis, type Day } from '../../src/domain/calendar.js';
import type { MinimumCommitment } from '../../src/domain/commitment.js';
import { decimal, money, type CurrencyCode } from '../../src/domain/money.js';
import type { Listing } from '../../src/domain/observation.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { lookOf } from '../../src/history/look.js';
import { createHistory } from '../../src/history/read.js';
import { createRecorder } from '../../src/history/recorder.js';
import { createHistoryStore } from '../../src/history/store.js';
import { openDatabase } from '../../src/journal/database.js';
import { systemTimers } from '../../src/upstream/timers.js';

const say = (line: string) => process.stdout.write(`${line}\n`);
const ORGANIZATIONS = 2_000;
const RECORDS = 5;
const HOUR = 3_600_000;
const YEAR = 365 * 24;
const START = Date.UTC(2026, 0, 1);
const MEASURED_MS = 8_000;
const MOST_ROWS = 1_000_000;

const organizations = Array.from({ length: ORGANIZATIONS }, (_, n): Organization => ({
  slug: `customer-${n}` as OrganizationSlug,
  name: `Customer ${n}`,
  currency: 'USD' as CurrencyCode,
  commitmentManager: { organizationId: 'x' },
  salesforce: null,
  logisense: null,
  monetizenow: null,
  cloudmc: null,
}));

function listingAt(at: number, slug: OrganizationSlug, version: number): Listing<MinimumCommitment> {
  const observation = { observedAt: instantOfMillis(at), stale: false };
  const term = { startsOn: '2026-01-01' as Day, endsBefore: '2027-01-01' as Day };
  const items = Array.from({ length: RECORDS }, (_, n): MinimumCommitment => ({
    kind: 'minimum',
    source: 'COMMITMENT_MANAGER',
    externalId: `6f9619ff-8b86-d011-b42d-00c04fc964f${n}`,
    organization: slug,
    name: null,
    status: 'ACTIVE',
    statusText: 'active',
    term,
    committed: money(decimal(String(15_000 + (n === 0 ? version : 0))), 'USD' as CurrencyCode),
    committedPer: 'MONTH',
    products: [],
    periods: [
      {
        externalId: null,
        commitmentExternalId: `6f9619ff-8b86-d011-b42d-00c04fc964f${n}`,
        order: 1,
        occurrences: null,
        frequency: null,
        isRemainderOfTerm: false,
        ...term,
      },
    ],
    createdAt: observation.observedAt,
    updatedAt: null,
    cancelledAt: null,
    observation,
  })).map((item) => ({ ...item, createdAt: instantOfMillis(START) }));
  return { items, dropped: [], truncated: false, observation };
}

function quantile(times: readonly number[], part: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(2);
}

function request(): void {
  const recorder = createRecorder({
    store: () => null,
    clock: Date.now,
    timers: systemTimers,
    tell: () => undefined,
    room: { looks: 1_000_000, records: 10_000_000 },
  });
  for (const round of [0, 1, 2]) {
    const listings = organizations.map(({ slug }) => listingAt(START + round * HOUR, slug, 0));
    const took = (again: number) => {
      const begun = performance.now();
      for (let n = 0; n < again; n += 1) {
        organizations.forEach((organization, i) => {
          recorder.record(
            organization,
            'MINIMUM_COMMITMENT',
            listings[i] ?? listingAt(0, organization.slug, 0),
          );
        });
      }
      return ((performance.now() - begun) * 1_000) / (ORGANIZATIONS * again);
    };
    const fresh = took(1);
    const same = took(20);
    if (round === 2)
      say(
        `on the path of a request: ${fresh.toFixed(2)} µs for a new look, ${same.toFixed(2)} µs for one that is known`,
      );
  }
}

async function year(file: string): Promise<void> {
  const db = await openDatabase({ kind: 'sqlite', file });
  const store = createHistoryStore(db);
  const write = async (organization: Organization, at: number, version: number) => {
    const [written] = await store.write([
      await lookOf({
        organization: organization.slug,
        kind: 'MINIMUM_COMMITMENT',
        observedAt: instantOfMillis(at),
        isComplete: true,
        items: listingAt(at, organization.slug, version).items,
      }),
    ]);
    return written ?? 'late';
  };
  const first = performance.now();
  for (const organization of organizations) await write(organization, START, 0);
  say(
    `first looks at ${ORGANIZATIONS} lists of ${RECORDS}: ${((performance.now() - first) / ORGANIZATIONS).toFixed(2)} ms each`,
  );
  const bytes = () => {
    const { page_count: pages } = new Libsql(file).prepare('PRAGMA page_count').get() as {
      page_count: number;
    };
    return pages * 4_096;
  };
  const base = bytes();
  const taken: Record<string, number[]> = { unchanged: [], changed: [] };
  const end = performance.now() + MEASURED_MS;
  let hours = 0;
  let changes = 0;
  // Every hundredth sees a change: another part of the organizations each hour.
  while (performance.now() < end) {
    hours += 1;
    for (const [n, organization] of organizations.entries()) {
      if (performance.now() > end) break;
      const version =
        Math.floor((n % 100) + hours) - (n % 100) > 0 ? Math.floor((hours + (n % 100)) / 100) : 0;
      const begun = performance.now();
      const what = await write(organization, START + hours * HOUR, version);
      (taken[what] ??= []).push(performance.now() - begun);
      if (what === 'changed') changes += 1;
    }
  }
  for (const what of ['unchanged', 'changed']) {
    const times = taken[what] ?? [];
    say(
      `${times.length} looks ${what}: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms each, encoding included`,
    );
  }
  await db.destroy();
  const grown = bytes() - base;
  const perYear = ORGANIZATIONS * YEAR * 0.01;
  say(
    `${changes} changes took ${Math.round(grown / Math.max(1, changes))} bytes each; a year with 1 % of hourly looks: ` +
      `${Math.round(perYear)} changes, ${Math.round(perYear) * 2} rows, ${Math.round((perYear * grown) / Math.max(1, changes) / 1_048_576)} MiB ` +
      `over ${Math.round(base / 1_048_576)} MiB of how things are`,
  );
}

async function lookBack(file: string): Promise<void> {
  const connection = new Libsql(file);
  connection.exec('PRAGMA synchronous = OFF');
  // Each list's first record gets a past: the same body, at moments of its own.
  const versions = Math.floor(MOST_ROWS / ORGANIZATIONS);
  connection.exec(`
    delete from observed_looks;
    delete from observed_records where until_at is not null;
    update observed_records set seen_at = ${START} + ${versions} * 60000;
    update observed_lists set first_at = ${START}, from_at = ${START} + ${versions} * 60000, to_at = ${START} + ${versions} * 60000;
    with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${versions - 1})
    insert into observed_records (list, external_id, seen_at, previous_at, until_at, hash, body)
      select list, external_id, ${START} + n * 60000, ${START} + n * 60000 - 1, ${START} + (n + 1) * 60000, hash || n, body
      from numbers, observed_records where until_at is null and external_id like '%f0';
    with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${versions - 1})
    insert into observed_looks (list, from_at, to_at, until_at, is_complete, complete_at)
      select id, ${START} + n * 60000, ${START} + n * 60000, ${START} + (n + 1) * 60000, 1, null from numbers, observed_lists;
    PRAGMA wal_checkpoint(TRUNCATE);`);
  connection.close();
  const db = await openDatabase({ kind: 'sqlite', file });
  const history = createHistory(db);
  const { count } = await db
    .selectFrom('observed_records')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  say(
    `a store of ${count} records' states and as many looks, ${Math.round(statSync(file).size / 1_048_576)} MiB`,
  );
  for (const [what, part] of [
    ['a moment ago', 1],
    ['half way back', 0.5],
    ['at the beginning', 0.01],
  ] as const) {
    const taken: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const organization = organizations[(n * 37) % ORGANIZATIONS];
      if (organization === undefined) continue;
      const begun = performance.now();
      await history.asOf(
        organization,
        'MINIMUM_COMMITMENT',
        instantOfMillis(START + versions * 60_000 * part + 1),
      );
      taken.push(performance.now() - begun);
    }
    say(`asOf ${what}: p50 ${quantile(taken, 0.5)} ms, p99 ${quantile(taken, 0.99)} ms`);
  }
  for (const [what, some] of [
    ['one organization', ['customer-7' as OrganizationSlug]],
    ['all', null],
  ] as const) {
    const taken: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const begun = performance.now();
      await history.changes({ organizations: some, since: instantOfMillis(START), first: 50 });
      taken.push(performance.now() - begun);
    }
    say(`the last 50 changes of ${what}: p50 ${quantile(taken, 0.5)} ms, p99 ${quantile(taken, 0.99)} ms`);
  }
  await db.destroy();
}

const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
try {
  say(`Node ${process.version}, ${folder}`);
  request();
  await year(join(folder, 'history.db'));
  await lookBack(join(folder, 'history.db'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
