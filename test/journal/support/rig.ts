/**
 * Journals on a real store, with a backend in memory and time that moves when a test says so. The store is a SQLite file
 * in a folder of its own, or a database of its own in the PostgreSQL that `JOURNAL_POSTGRES_URL` names.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import type { ChangeRequest, Operations, Performed } from '../../../src/domain/operations.js';
import type { Operation } from '../../../src/domain/operation.js';
import type { Organization, OrganizationSlug } from '../../../src/domain/organization.js';
import { databaseOpener, type Database, type StoreLocation } from '../../../src/journal/database.js';
import { noFailpoint, type Failpoint } from '../../../src/journal/failpoint.js';
import {
  createJournal,
  type Journal,
  type JournalNews,
  type JournalTimes,
} from '../../../src/journal/journal.js';
import { createStore, type OperationStore } from '../../../src/journal/store.js';
import { manualTimers, type ManualTimers } from '../../support/manual-timers.js';
import { createBackend, type Backend } from './backend.js';

export const START = Date.UTC(2026, 10, 15);

export const TIMES: JournalTimes = {
  sendMs: 10_000,
  followMs: 3_000,
  twinMs: 2_000,
  provenAfterMs: 60_000,
  giveUpAfterMs: 600_000,
  holdMs: 30_000,
};

export function organization(slug: string): Organization {
  return {
    slug: slug as OrganizationSlug,
    name: slug,
    currency: null,
    commitmentManager: null,
    salesforce: null,
    logisense: null,
    monetizenow: null,
    cloudmc: null,
  };
}

export const ACME = organization('acme');
export const OTHER = organization('other');

/** A change of a contract. */
export function request(key: string, changes: Partial<ChangeRequest> & { contractId?: string } = {}) {
  const { contractId = 'ctrct_1', ...rest } = changes;
  return {
    organization: ACME,
    change: { kind: 'CONTRACT_CANCEL', contractId, effective: null },
    idempotencyKey: key,
    dryRun: false,
    expectedVersion: null,
    reason: 'it is over',
    ...rest,
  } satisfies ChangeRequest;
}

export interface Process {
  readonly journal: Journal;
  readonly news: JournalNews[];
  operations(client?: string, signal?: AbortSignal): Operations;
  perform(asked: ChangeRequest, client?: string): Promise<Performed>;
  /** As if it had been killed: its store is closed under it, and nothing of what it does reaches anybody. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly times?: Partial<JournalTimes>;
  readonly failpoint?: Failpoint;
  readonly wrap?: (store: OperationStore) => OperationStore;
  /** Milliseconds that its clock is ahead. */
  readonly skew?: () => number;
  readonly backend?: Backend;
  /** Another way to the same store. */
  readonly location?: StoreLocation;
  /** Not to take up what was left, and not to work in the background. */
  readonly isIdle?: boolean;
}

export interface Rig {
  readonly location: StoreLocation;
  readonly backend: Backend;
  readonly timers: ManualTimers;
  clock(): number;
  /** A gateway's journal on the store; as many as one likes. */
  process(options?: ProcessOptions): Promise<Process>;
  /** A connection of the test's own. */
  database(): Promise<Database>;
  /** Moves time on, and lets everything that it starts come to rest. */
  advance(ms: number): Promise<void>;
  /** Moves time on until the promise ends, a minute at most. */
  ends<Value>(promise: Promise<Value>): Promise<Value>;
  /** Lets everything that has been started come to rest. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

async function makeLocation(): Promise<{ location: StoreLocation; remove: () => Promise<void> }> {
  const url = process.env['JOURNAL_POSTGRES_URL'];
  if (url === undefined || process.env['SUITE'] !== 'postgres') {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    return {
      location: { kind: 'sqlite', file: join(folder, 'data', 'gateway.db') },
      remove: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  }
  const name = `journal_${randomUUID().replaceAll('-', '')}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  const admin = async (statement: string) => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  return {
    location: { kind: 'postgres', url: own.href },
    remove: () => admin(`drop database if exists ${name} with (force)`),
  };
}

/** Steps of time: small enough that nothing that waits for a moment sees it far behind. */
const STEP_MS = 250;

export async function createRig(): Promise<Rig> {
  const { location, remove } = await makeLocation();
  const timers = manualTimers();
  const backend = createBackend();
  const processes: { stop: () => Promise<void> }[] = [];
  const databases: Database[] = [];
  const clock = () => START + timers.now();
  let underWay = 0;

  /** Counts what is asked of it, so that a test can wait until nothing is. */
  const counted = (store: OperationStore): OperationStore =>
    Object.fromEntries(
      Object.entries(store).map(([name, method]: [string, (...args: unknown[]) => Promise<unknown>]) => [
        name,
        async (...args: unknown[]) => {
          underWay += 1;
          try {
            return await method(...args);
          } finally {
            underWay -= 1;
          }
        },
      ]),
    ) as unknown as OperationStore;

  const settle = async () => {
    for (let still = 0; still < 3; still = underWay === 0 ? still + 1 : 0) await turn();
  };

  const rig: Rig = {
    location,
    backend,
    timers,
    clock,
    settle,
    async advance(ms) {
      await settle();
      for (let left = ms; left > 0; left -= STEP_MS) {
        await timers.tick(Math.min(STEP_MS, left));
        await settle();
      }
    },
    async ends(promise) {
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      promise.then(over, over);
      for (let waited = 0; !isOver && waited < 60_000; waited += STEP_MS) await rig.advance(STEP_MS);
      if (!isOver) throw new Error('it does not end');
      return promise;
    },
    async process({
      times,
      failpoint = noFailpoint,
      wrap = (store: OperationStore) => store,
      skew = () => 0,
      backend: own = backend,
      location: through = location,
      isIdle = false,
    } = {}) {
      const news: JournalNews[] = [];
      const open = databaseOpener(through);
      const stores: OperationStore[] = [];
      let isDead = false;
      const journal = createJournal({
        open: async () => {
          underWay += 1;
          try {
            const store = createStore(await open());
            stores.push(store);
            return wrap(counted(store));
          } finally {
            underWay -= 1;
          }
        },
        times: { ...TIMES, ...times },
        clock: () => clock() + skew(),
        timers: {
          now: () => timers.now(),
          after: (ms, run) =>
            timers.after(ms, () => {
              if (!isDead) run();
            }),
        },
        newId: randomUUID,
        holder: randomUUID(),
        ports: () => own.ports,
        organization: (slug) => [ACME, OTHER].find((each) => each.slug === slug) ?? null,
        failpoint,
        tell: (what) => news.push(what),
      });
      const operations: Process['operations'] = (client = 'shop', signal = new AbortController().signal) =>
        journal.forCaller({ client, requestId: randomUUID(), signal }, own.ports);
      const made: Process = {
        journal,
        news,
        operations,
        perform: (asked, client) => operations(client).perform(asked),
        async kill() {
          isDead = true;
          for (const store of stores) await store.close().catch(() => undefined);
        },
      };
      processes.push({
        stop: async () => {
          if (isDead) return;
          await rig.ends(journal.stop());
        },
      });
      if (!isIdle) await journal.start();
      return made;
    },
    async database() {
      const db = await databaseOpener(location)();
      databases.push(db);
      return db;
    },
    async close() {
      for (const each of processes) await each.stop();
      for (const db of databases) await db.destroy();
      await remove();
    },
  };
  return rig;
}

/** The operation of an answer that must be one. */
export function operationIn(performed: Performed): Operation {
  if (performed.kind !== 'performed') throw new Error(`it was ${performed.kind}`);
  return performed.operation;
}

/** Resolves to what the promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { readonly code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

/** A promise and the means to end it. */
export function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
