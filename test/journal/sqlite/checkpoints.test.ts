/** The write-ahead log of a journal comes into its file beside those who write, and is no longer than it has to be. */
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrganizationSlug } from '../../../src/domain/organization.js';
import type { Look } from '../../../src/history/look.js';
import { createHistoryStore } from '../../../src/history/store.js';
import { createCheckpoints } from '../../../src/journal/checkpoints.js';
import { openDatabase } from '../../../src/journal/database.js';
import { createStore, type OperationStore } from '../../../src/journal/store.js';

const NOTE = { at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null } as const;
/** Commits that write next to nothing. */
const APART = 500;
const VALUES_APART = 40_000;

describe('when the log is copied', () => {
  /** Copies that end when they are told to. */
  function copier() {
    const running: { end(): void; fail(): void }[] = [];
    const copy = vi.fn(
      () =>
        new Promise<void>((resolve, reject) => {
          running.push({ end: resolve, fail: () => reject(new Error('no room')) });
        }),
    );
    const checkpoints = createCheckpoints(copy);
    const commit = (times: number, values = 1) => {
      for (let i = 0; i < times; i += 1) checkpoints.committed(values);
    };
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { copy, running, checkpoints, commit, settled };
  }

  it('is when enough was committed, one copy at a time', async () => {
    const { copy, running, commit, settled } = copier();
    commit(APART - 1);
    expect(copy).toHaveBeenCalledTimes(0);
    commit(1);
    expect(copy).toHaveBeenCalledTimes(1);
    commit(3 * APART);
    expect(copy).toHaveBeenCalledTimes(1);
    running[0]?.end();
    await settled();
    // What came meanwhile, however little; then nothing is left.
    expect(copy).toHaveBeenCalledTimes(2);
    running[1]?.end();
    await settled();
    expect(copy).toHaveBeenCalledTimes(2);
    commit(APART);
    expect(copy).toHaveBeenCalledTimes(3);
  });

  it('is after a few commits of many values', () => {
    const { copy, commit } = copier();
    commit(9, VALUES_APART / 10);
    expect(copy).toHaveBeenCalledTimes(0);
    commit(1, VALUES_APART / 10);
    expect(copy).toHaveBeenCalledTimes(1);
  });

  it('ends where writers are always quicker, until the next time', async () => {
    const { copy, running, commit, settled } = copier();
    commit(APART);
    for (let i = 0; i < 10; i += 1) {
      commit(1);
      running[i]?.end();
      await settled();
    }
    expect(copy).toHaveBeenCalledTimes(4);
    commit(APART);
    expect(copy).toHaveBeenCalledTimes(5);
  });

  it('is again after one that failed', async () => {
    const { copy, running, commit, settled } = copier();
    commit(APART);
    running[0]?.fail();
    await settled();
    commit(APART - 1);
    expect(copy).toHaveBeenCalledTimes(1);
    commit(1);
    expect(copy).toHaveBeenCalledTimes(2);
  });

  it('is over when it was closed, and never again', async () => {
    const { copy, running, checkpoints, commit, settled } = copier();
    commit(APART + 1);
    let isClosed = false;
    const closed = checkpoints.close().then(() => {
      isClosed = true;
    });
    await settled();
    expect(isClosed).toBe(false);
    commit(1);
    running[0]?.end();
    await closed;
    commit(2 * APART);
    expect(copy).toHaveBeenCalledTimes(1);
  });
});

describe('the log of a journal', () => {
  let folder: string;
  let file: string;
  let store: OperationStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    file = join(folder, 'gateway.db');
    store = createStore(await openDatabase({ kind: 'sqlite', file }));
  });
  afterEach(async () => {
    await store.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  const notes = async (times: number) => {
    for (let i = 0; i < times; i += 1) await store.note(NOTE);
  };
  const rowsIn = (path: string, table: string): number => {
    const connection = new Libsql(path);
    const [{ count } = { count: -1 }] = connection
      .prepare(`select count(*) as count from ${table}`)
      .all() as {
      readonly count: number;
    }[];
    connection.close();
    return count;
  };
  const entriesOf = (path: string) => rowsIn(path, 'audit');
  /** In the file alone, without its log. */
  const rowsInFile = (table: string): number => {
    const copy = join(folder, 'copy.db');
    copyFileSync(file, copy);
    const count = rowsIn(copy, table);
    for (const rest of ['', '-wal', '-shm']) rmSync(copy + rest, { force: true });
    return count;
  };
  const inFile = () => rowsInFile('audit');

  it('comes into the file, is used again from its beginning, and nothing is lost', async () => {
    await notes(APART - 100);
    expect(inFile()).toBe(0);
    await notes(200);
    await vi.waitUntil(() => inFile() > APART / 2, { timeout: 10_000 });
    const length = statSync(`${file}-wal`).size;
    await notes(100);
    expect(statSync(`${file}-wal`).size).toBe(length);
    await store.close();
    expect(entriesOf(file)).toBe(APART + 200);
  });

  it('comes into the file after few commits of much, too', async () => {
    const db = await openDatabase({ kind: 'sqlite', file });
    const history = createHistoryStore(db);
    const records = Array.from({ length: 5 }, (_, n) => ({ externalId: `r${n}`, hash: 'h', body: '{}' }));
    const looksOf = (batch: number): Look[] =>
      Array.from({ length: 20 }, (_, n) => ({
        organization: `c${batch}-${n}` as OrganizationSlug,
        source: 'CLOUDMC',
        kind: 'RESOURCE_COMMITMENT',
        at: 1,
        isComplete: true,
        digest: 'd',
        records,
      }));
    for (let batch = 0; batch < 60; batch += 1) await history.write(looksOf(batch));
    await vi.waitUntil(() => rowsInFile('observed_records') > 0, { timeout: 10_000 });
    await db.destroy();
  });

  it('stays where it is while the file is away, and no other is made', async () => {
    await notes(APART - 1);
    const aside = `${file}.aside`;
    renameSync(file, aside);
    await expect(store.note(NOTE)).rejects.toMatchObject({ trouble: 'missing' });
    await store.close();
    expect(existsSync(file)).toBe(false);
    renameSync(aside, file);
    store = createStore(await openDatabase({ kind: 'sqlite', file }));
    await notes(1);
    await store.close();
    expect(entriesOf(file)).toBe(APART);
  });
});
