/**
 * Measures what the journal costs, on a SQLite file on disk:
 *
 *     npm run bench:journal                       # both
 *     npx tsx test/bench/journal.ts mutation      # what it adds to a mutation: intent and outcome, each durable
 *     npx tsx test/bench/journal.ts start         # from opening a store with a million settled rows to the first change
 *
 * The program that is measured is the compiled one: what runs it from source wraps every function that it makes.
 * `--count n` makes one shorter or longer, `--folder path` puts the file elsewhere (a tmpfs has no disk to wait for).
 * The figure of the mutation is the median of five rounds: in each, the p99 with the journal less the p99 without.
 * Prints the figures with their limits and the machine's load; ends with 0 if all are kept, 1 if not, 2 if asked wrongly.
 * These are no tests: the figures are those of the machine and of whatever else it does.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Libsql from 'libsql';
import type { ChangePort } from '../../src/domain/change-port.js';
import type { ContractChange } from '../../src/domain/change.js';
import { NO_RESULT, type Plan } from '../../src/domain/operation.js';
import type { ChangeRequest } from '../../src/domain/operations.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import { databaseOpener } from '../../src/journal/database.js';
import { noFailpoint } from '../../src/journal/failpoint.js';
import { createJournal, type Journal } from '../../src/journal/journal.js';
import { newRow } from '../../src/journal/rows.js';
import { createStore } from '../../src/journal/store.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { compiled } from '../support/compiled.js';
import { mutations } from './journal-mutation.js';

const MUTATION_LIMIT_MS = 2;
const START_LIMIT_MS = 5_000;
const ROUNDS = 5;
/** The program gets quicker for a thousand mutations or so; one that serves has them behind it. */
const WARM_UP = 1_500;
const BARE = new Uint8Array(16_384);
/** A disk that is none. */
const MEMORY = '/dev/shm';

const CUSTOMER: Organization = {
  slug: 'acme' as OrganizationSlug,
  name: 'Acme',
  currency: null,
  commitmentManager: null,
  salesforce: null,
  logisense: null,
  monetizenow: null,
  cloudmc: null,
};

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\nUsage: journal.ts [mutation|start] [--count n] [--folder path]\n`);
  process.exit(2);
}

function requestFor(number: number): ChangeRequest {
  return {
    organization: CUSTOMER,
    change: {
      kind: 'CONTRACT_QUANTITY_CHANGE',
      contractId: `ctrct_${number}`,
      effective: null,
      offerings: [{ offeringId: 'offr_1', products: [{ productId: 'prod_1', quantity: '10' }] }],
    },
    idempotencyKey: `bench-${number}-${randomUUID()}`,
    dryRun: false,
    expectedVersion: null,
    reason: 'a benchmark',
  };
}

function planFor({ contractId }: ContractChange): Plan {
  return {
    target: `MONETIZENOW/${contractId}`,
    externalId: contractId,
    request: {
      method: 'POST',
      path: `/api/contracts/${contractId}/operations`,
      body: JSON.stringify({ offerings: [{ offeringId: 'offr_1', products: [{ quantity: 10 }] }] }),
    },
    implications: [],
    unchecked: [],
    version: null,
    before: { offerings: [{ id: 'offr_1', quantity: '9' }] },
  };
}

/** About what MonetizeNow answers with: a quote, a contract and an invoice. */
const OUTCOME = { quote: 'q'.repeat(600), contract: 'c'.repeat(900), invoice: 'i'.repeat(500) };

/** A backend that answers at once: what is left is the journal's. */
const port: ChangePort<ContractChange> = {
  plan: (_, change) => Promise.resolve({ isSendable: true, plan: planFor(change) }),
  send: () => Promise.resolve({ state: 'SUCCEEDED', outcome: OUTCOME, after: { offerings: [] } }),
  look: () => Promise.resolve({ state: 'NOT_APPLIED' }),
  result: () => NO_RESULT,
};
const ports = { contracts: port, resourceCommitments: null, contractCommitments: null, sync: null };

function journalOn(
  file: string,
  organization: (slug: string) => Organization | null = () => CUSTOMER,
): Journal {
  const open = databaseOpener({ kind: 'sqlite', file });
  return createJournal({
    open: async () => createStore(await open()),
    times: {
      sendMs: 10_000,
      followMs: 0,
      twinMs: 1_000,
      provenAfterMs: 60_000,
      giveUpAfterMs: 600_000,
      holdMs: 30_000,
    },
    clock: Date.now,
    timers: systemTimers,
    newId: randomUUID,
    holder: 'bench',
    ports: () => ports,
    organization,
    failpoint: noFailpoint,
    tell: () => undefined,
  });
}

async function change(journal: Journal, number: number): Promise<void> {
  const caller = { client: 'bench', requestId: String(number), signal: new AbortController().signal };
  const done = await journal.forCaller(caller, ports).perform(requestFor(number));
  if (done.kind !== 'performed' || !done.isDurable) throw new Error('a change was not made');
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function verdict(what: string, value: number, limit: number): boolean {
  const isKept = value <= limit;
  say(`${isKept ? 'kept  ' : 'BROKEN'}  ${what}: ${value.toFixed(2)} ms (limit ${limit} ms)`);
  return isKept;
}

/** Written over again and again, as the journal's log is: a file that grows takes twice as long to sync. */
function openBare(file: string): number {
  const handle = openSync(file, 'w');
  writeSync(handle, BARE);
  fdatasyncSync(handle);
  return handle;
}

/** What the disk and the machine's other work make of the least that two durable commits need. */
function twoSyncedWrites(handle: number): number {
  const begun = performance.now();
  for (let i = 0; i < 2; i += 1) {
    writeSync(handle, BARE, 0, BARE.length, 0);
    fdatasyncSync(handle);
  }
  return performance.now() - begun;
}

interface Floor {
  /** Milliseconds that each pair of commits took. */
  readonly taken: number[];
  measure(): void;
  close(): void;
}

/** The least that two commits take with this driver and disk: one small row each, and nothing of ours around it. */
function commitsOfOneRow(file: string): Floor {
  const connection = new Libsql(file);
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('create table rows (id integer primary key, text text)');
  const insert = connection.prepare('insert into rows (text) values (?)');
  const text = 'x'.repeat(1_000);
  const taken: number[] = [];
  return {
    taken,
    measure() {
      const begun = performance.now();
      for (let i = 0; i < 2; i += 1) insert.run([text]);
      taken.push(performance.now() - begun);
    },
    close: () => connection.close(),
  };
}

/** The journal alone, with a backend that answers at once. */
async function alone(file: string, count: number): Promise<void> {
  const journal = journalOn(file);
  await journal.start();
  for (let i = 0; i < WARM_UP; i += 1) await change(journal, i);
  const taken: number[] = [];
  const bare: number[] = [];
  let processor = 0;
  const handle = openBare(`${file}.bare`);
  for (let i = 0; i < count; i += 1) {
    const { user, system } = process.cpuUsage();
    const begun = performance.now();
    await change(journal, i);
    taken.push(performance.now() - begun);
    const after = process.cpuUsage();
    processor += after.user + after.system - user - system;
    bare.push(twoSyncedWrites(handle));
  }
  closeSync(handle);
  await journal.stop();
  taken.sort((a, b) => a - b);
  bare.sort((a, b) => a - b);
  say(
    `${count} changes, one after the other: p50 ${quantile(taken, 0.5).toFixed(2)} ms, p90 ${quantile(taken, 0.9).toFixed(2)} ms, ` +
      `p99 ${quantile(taken, 0.99).toFixed(2)} ms, longest ${(taken.at(-1) ?? 0).toFixed(2)} ms`,
  );
  say(`of that the processor: ${(processor / count / 1_000).toFixed(2)} ms on average`);
  say(
    `beside it, two synced writes of 16 KiB without any database: p50 ${quantile(bare, 0.5).toFixed(2)} ms, ` +
      `p99 ${quantile(bare, 0.99).toFixed(2)} ms`,
  );
}

function sortedOf(times: readonly number[]): readonly number[] {
  return [...times].sort((a, b) => a - b);
}

/** By the part of them that is quicker, over all and round by round. */
function addedBy(times: readonly number[], without: readonly number[], part: number): readonly number[] {
  const length = Math.ceil(without.length / ROUNDS);
  return Array.from({ length: ROUNDS }, (_, round) => {
    const of = (all: readonly number[]) =>
      quantile(sortedOf(all.slice(round * length, (round + 1) * length)), part);
    return of(times) - of(without);
  }).filter((added) => !Number.isNaN(added));
}

/**
 * The same with all of a mutation around it: with a journal on the disk, with one in memory (what the journal itself
 * takes, and no disk), and without any.
 */
async function overHttp(file: string, count: number): Promise<boolean> {
  const inMemory = existsSync(MEMORY) ? mkdtempSync(join(MEMORY, 'bench-journal-')) : null;
  const handle = openBare(`${file}.bare`);
  const bare: number[] = [];
  const floor = commitsOfOneRow(`${file}.floor`);
  const files = [file, ...(inMemory === null ? [] : [join(inMemory, 'journal.db')])];
  const { withJournal, without } = await mutations(files, journalOn, count, WARM_UP, () => {
    bare.push(twoSyncedWrites(handle));
    floor.measure();
  }).finally(() => {
    closeSync(handle);
    floor.close();
    if (inMemory !== null) rmSync(inMemory, { recursive: true, force: true });
  });
  const [onDisk = [], ofItsOwn] = withJournal;
  const tell = (what: string, times: readonly number[]) => {
    const sorted = sortedOf(times);
    const [middle, high, highest] = [0.5, 0.9, 0.99].map((part) => quantile(sorted, part).toFixed(2));
    say(`${count} mutations over HTTP, ${what}: p50 ${middle} ms, p90 ${high} ms, p99 ${highest} ms`);
  };
  tell('with the journal', onDisk);
  if (ofItsOwn !== undefined) tell('with the journal in memory', ofItsOwn);
  tell('without any', without);
  tell('no mutation: two synced writes of 16 KiB beside them', bare);
  tell('no mutation: two commits of one row each beside them', floor.taken);
  const median = (values: readonly number[]) => quantile(sortedOf(values), 0.5);
  const report = (what: string, times: readonly number[]) => {
    const added = addedBy(times, without, 0.99);
    say(
      `what ${what} adds to the p50: ${median(addedBy(times, without, 0.5)).toFixed(2)} ms; ` +
        `to the p99, round by round: ${added.map((each) => each.toFixed(2)).join(', ')} ms`,
    );
    return verdict(`what ${what} adds to the p99 of a mutation`, median(added), MUTATION_LIMIT_MS);
  };
  if (ofItsOwn !== undefined) report('the journal in memory', ofItsOwn);
  return report('the journal', onDisk);
}

/** One settled row and its two entries, copied with ids, keys and targets of their own; the chain is not what is measured. */
function fill(file: string, count: number): void {
  const row = newRow({
    id: 'seed',
    request: requestFor(0),
    client: 'bench',
    fingerprint: 'f'.repeat(64),
    plan: planFor(requestFor(0).change as ContractChange),
    requestId: 'r',
    holder: 'bench',
    now: Date.UTC(2026, 0, 1),
    heldUntil: 0,
  });
  const settled = {
    ...row,
    state: 'SUCCEEDED',
    settled_at: row.sent_at + 500,
    holder: null,
    outcome: JSON.stringify(OUTCOME),
  };
  const names = Object.keys(settled);
  const numbered: Readonly<Record<string, string>> = {
    id: `'op-' || n`,
    idempotency_key: `'key-' || n`,
    target: `'target-' || n`,
    requested_at: 'requested_at + n * 1000',
  };
  const connection = new Libsql(file);
  connection.exec('PRAGMA synchronous = OFF');
  connection
    .prepare(
      `insert into operations (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
    )
    .run(Object.values(settled));
  const numbers = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`;
  connection.exec(
    `${numbers} insert into operations (${names.map((name) => `"${name}"`).join(', ')})
     select ${names.map((name) => numbered[name] ?? `"${name}"`).join(', ')} from numbers, operations where id = 'seed'`,
  );
  connection.exec(
    `${numbers} insert into audit (seq, at, operation_id, organization, client, event, details, previous, hash)
     select n * 2 - e, n, 'op-' || n, 'acme', 'bench', 'ANSWERED', '${'d'.repeat(300)}', '${'p'.repeat(64)}', '${'h'.repeat(64)}'
     from numbers, (select 0 as e union all select 1)`,
  );
  connection.exec(`update audit_head set seq = ${count * 2}`);
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  connection.close();
}

async function start(file: string, count: number): Promise<boolean> {
  const made = journalOn(file);
  await made.start();
  await made.stop();
  const filling = performance.now();
  fill(file, count);
  say(
    `${count} settled rows with 2 entries each: ${Math.round(statSync(file).size / 1_048_576)} MiB, ` +
      `filled by SQL in ${Math.round((performance.now() - filling) / 1_000)} s`,
  );
  const begun = performance.now();
  const journal = journalOn(file);
  await journal.start();
  const open = performance.now() - begun;
  await change(journal, 1);
  const first = performance.now() - begun;
  const caller = { client: 'bench', requestId: '-', signal: new AbortController().signal };
  const listing = performance.now();
  const { totalCount } = await journal.forCaller(caller, ports).list(CUSTOMER, {}, 20, null);
  const list = performance.now() - listing;
  await journal.stop();
  say(
    `opened after ${open.toFixed(0)} ms, first change after ${first.toFixed(0)} ms; ` +
      `a page of 20 of ${totalCount}, counted, in ${list.toFixed(0)} ms`,
  );
  return verdict('from opening to the first change', first, START_LIMIT_MS);
}

const { values, positionals } = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { count: { type: 'string' }, folder: { type: 'string', default: tmpdir() } },
    });
  } catch (error) {
    return refuse(String(error));
  }
})();
const [only] = positionals;
if (positionals.length > 1 || (only !== undefined && only !== 'mutation' && only !== 'start')) {
  refuse(`what is ${positionals.join(' ')}?`);
}
const count = values.count === undefined ? null : Number(values.count);
if (count !== null && !(Number.isSafeInteger(count) && count > 0))
  refuse('--count must be a whole number above 0');

if (import.meta.filename.endsWith('.ts')) {
  const program = join(compiled(['src', 'test/bench', 'test/support']), 'test/bench/journal.js');
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const folder = mkdtempSync(join(values.folder, 'bench-journal-'));
say(
  `Node ${process.version}, load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}, ${folder}`,
);
let isKept = true;
try {
  if (only !== 'start') {
    await alone(join(folder, 'mutation.db'), count ?? 5_000);
    isKept = await overHttp(join(folder, 'http.db'), count ?? 3_000);
  }
  if (only !== 'mutation') isKept = (await start(join(folder, 'start.db'), count ?? 1_000_000)) && isKept;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(
  `load now ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}; noisy where others use the machine`,
);
process.exitCode = isKept ? 0 : 1;
