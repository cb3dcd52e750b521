/** A SQLite file in trouble: nothing is sent, nothing is made anew, and it works again without a restart. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/change-port.js';
import type { OrganizationSlug } from '../../../src/domain/organization.js';
import type { Look } from '../../../src/history/look.js';
import { createHistoryStore } from '../../../src/history/store.js';
import { databaseOpener, openDatabase } from '../../../src/journal/database.js';
import { createStore } from '../../../src/journal/store.js';
import { verifyAudit } from '../../../src/journal/audit.js';
import { succeeded } from '../support/backend.js';
import { createRig, failureOf, operationIn, request, type Process, type Rig } from '../support/rig.js';

const KEY = 'key-00000001';

let rig: Rig;
let file: string;
beforeEach(async () => {
  rig = await createRig();
  if (rig.location.kind !== 'sqlite') throw new Error('this suite is for files');
  file = rig.location.file;
});
afterEach(async () => {
  await rig.close();
});

/** Everything in a row beside the file: nothing was sent, changes are refused, and it says why. */
async function expectRefused({ perform, journal }: Process, trouble: string): Promise<void> {
  const sends = rig.backend.sends.length;
  const refused = await failureOf(perform(request('key-in-trouble', { contractId: 'ctrct_trouble' })));
  expect(refused).toMatchObject({ code: 'STORE_UNAVAILABLE', extras: { isRetryable: true } });
  expect(refused.message).not.toContain(file);
  expect(rig.backend.sends).toHaveLength(sends);
  expect(journal.state()).toMatchObject({ isWritable: false });
  expect(journal.state().trouble).toMatch(new RegExp(`^${trouble}: `));
}

async function expectRecovered({ perform, journal, news }: Process): Promise<void> {
  await rig.advance(6_000);
  expect(journal.state()).toMatchObject({ isWritable: true, trouble: null });
  expect(news).toContainEqual({ kind: 'store-works-again' });
  expect(operationIn(await perform(request('key-afterwards', { contractId: 'ctrct_9' }))).state).toBe(
    'SUCCEEDED',
  );
}

/** A journal with some history, closed, all of it in one file. */
async function madeAndClosed(): Promise<void> {
  const { perform, journal } = await rig.process();
  for (let i = 0; i < 20; i += 1) await perform(request(`key-of-old-${i}`));
  await journal.stop();
  const connection = new Libsql(file);
  connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  connection.close();
  for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
  // A file of its own: SQLite shares what it has open of one with others in the same process.
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
}

describe('a new journal', () => {
  it('appears whole, for its owner alone, and once where many make it at once', async () => {
    const location = { kind: 'sqlite', file } as const;
    const made = await Promise.all(Array.from({ length: 4 }, () => openDatabase(location)));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    await createStore(made[0]!).note({ at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: 1 });
    for (const db of made) {
      expect(await db.selectFrom('audit').select('seq').execute()).toEqual([{ seq: 1 }]);
      await db.destroy();
    }
    expect(readdirSync(dirname(file)).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  it('is durable by its settings', async () => {
    await rig.process();
    const connection = new Libsql(file);
    expect(connection.prepare('PRAGMA journal_mode').all()).toEqual([{ journal_mode: 'wal' }]);
    connection.close();
    const db = await rig.database();
    expect((await sql`PRAGMA synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }]);
  });
});

describe('a disk that is full', () => {
  it('takes nothing of what it has no room for, and works again when it has', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    // The database's own limit fails as a disk without room does: SQLITE_FULL, the transaction taken back.
    const db = await rig.database();
    const store = createStore(db);
    await sql`PRAGMA max_page_count = 60`.execute(db);
    const row = (await store.byKey('acme', 'shop', KEY))!;
    const big = { ...row, id: 'big', idempotency_key: 'big', target: 'big', plan: 'x'.repeat(2_000_000) };
    for (let i = 0; i < 2; i += 1) {
      expect(await failureOf(store.begin(big, null))).toMatchObject({ trouble: 'full' });
      expect(await store.byId('big')).toBeNull();
    }
    await sql`PRAGMA max_page_count = 100000`.execute(db);
    expect(await store.begin(big, null)).toMatchObject({ kind: 'mine' });
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 3 });
  });

  it('is told to callers, and nothing is sent', async () => {
    const limited = await rig.process({
      wrap: (store) => ({
        ...store,
        begin: async (row, details, beforeCommit) => {
          const db = await rig.database();
          await sql`PRAGMA max_page_count = 60`.execute(db);
          return createStore(db).begin({ ...row, plan: 'x'.repeat(2_000_000) }, details, beforeCommit);
        },
      }),
    });
    await expectRefused(limited, 'full');
  });
});

describe('a file that another process has locked', () => {
  it('refuses changes for so long, and keeps no reader waiting', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    const other = new Libsql(file);
    other.exec('BEGIN EXCLUSIVE');
    const begun = performance.now();
    let longest = 0;
    let last = begun;
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await expectRefused(gateway, 'locked');
    clearInterval(beat);
    // It waited, and not in the thread that everybody shares.
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(longest).toBeLessThan(500);
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true });
    other.exec('COMMIT');
    other.close();
    await expectRecovered(gateway);
  });

  it('sees what others wrote after it was in its way', async () => {
    // libsql leaves a statement that met a lock as it stands, and the connection then sees nothing new.
    const mine = createStore(await rig.database());
    const theirs = createStore(await rig.database());
    const other = new Libsql(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(await failureOf(mine.probe())).toMatchObject({ trouble: 'locked' });
    other.exec('COMMIT');
    other.close();
    const entry = { at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null } as const;
    const db = await rig.database();
    await mine.nextDue();
    await theirs.note(entry);
    await mine.note(entry);
    await theirs.note(entry);
    expect(await verifyAudit(db)).toMatchObject({ isIntact: true, entries: 3 });
  });

  it('at start is opened when it is free', async () => {
    await madeAndClosed();
    const other = new Libsql(file);
    other.exec('BEGIN EXCLUSIVE');
    const gateway = await rig.process();
    await expectRefused(gateway, 'locked');
    other.exec('COMMIT');
    other.close();
    await expectRecovered(gateway);
  });
});

describe('what may not be written', () => {
  // Root may write anything, so the test steps down for as long as it has to.
  const isRoot = process.getuid?.() === 0;
  beforeEach(() => {
    if (isRoot) chmodSync(dirname(dirname(file)), 0o777);
  });
  const asNobody = () => {
    if (isRoot) process.seteuid?.(65_534);
  };
  afterEach(() => {
    if (isRoot) process.seteuid?.(0);
  });

  it('is a file: changes are refused until it may be', async () => {
    await madeAndClosed();
    for (const [path, mode] of [
      [dirname(file), 0o777],
      [file, 0o444],
    ] as const) {
      chmodSync(path, mode);
    }
    asNobody();
    const gateway = await rig.process();
    await expectRefused(gateway, 'read-only');
    if (isRoot) process.seteuid?.(0);
    chmodSync(file, 0o666);
    for (const rest of ['-wal', '-shm']) if (existsSync(file + rest)) chmodSync(file + rest, 0o666);
    asNobody();
    await expectRecovered(gateway);
  });

  it('is a folder: none is made, and it is when it may be', async () => {
    mkdirSync(dirname(file));
    chmodSync(dirname(file), 0o555);
    asNobody();
    const gateway = await rig.process();
    await expectRefused(gateway, 'read-only');
    if (isRoot) process.seteuid?.(0);
    expect(readdirSync(dirname(file))).toEqual([]);
    chmodSync(dirname(file), 0o777);
    asNobody();
    await expectRecovered(gateway);
  });
});

describe('a file that is not a journal, or not any more', () => {
  const put = (bytes: Uint8Array | string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  };

  it.each<[string, () => Promise<void> | void]>([
    ['garbage', () => put('not a database at all '.repeat(1_000))],
    ['nothing', () => put('')],
    [
      'a database of something else',
      () => {
        mkdirSync(dirname(file), { recursive: true });
        const connection = new Libsql(file);
        connection.exec('create table customers (name text)');
        connection.close();
      },
    ],
    [
      'a journal that was cut off',
      async () => {
        await madeAndClosed();
        truncateSync(file, 8_192);
      },
    ],
    [
      'a journal with a damaged page in the middle',
      async () => {
        await madeAndClosed();
        damage();
      },
    ],
  ])('%s is left as it is, at start', async (_, make) => {
    await make();
    const before = readFileSync(file);
    const gateway = await rig.process();
    await expectRefused(gateway, 'corrupt');
    await rig.advance(10_000);
    await expectRefused(gateway, 'corrupt');
    expect(readFileSync(file).equals(before)).toBe(true);
    await gateway.journal.stop();
    expect(readFileSync(file).equals(before)).toBe(true);

    // It works again, by itself, when somebody has put it right.
    const again = await rig.process();
    renameSync(file, `${file}.aside`);
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
    await rig.advance(6_000);
    expect(again.journal.state()).toMatchObject({ isWritable: true });
  });

  /** A page of what every change writes to: the rows. */
  function damage(): void {
    const pages = statSync(file).size / 4_096;
    const handle = openSync(file, 'r+');
    for (const page of [Math.floor(pages / 2), Math.floor(pages / 2) + 1]) {
      writeSync(handle, new Uint8Array(4_096).fill(0xa5), 0, 4_096, page * 4_096);
    }
    closeSync(handle);
  }

  it('that was removed is read no more, however its rows are asked for', async () => {
    const history = createHistoryStore(await rig.database());
    const look: Look = {
      organization: 'acme' as OrganizationSlug,
      source: 'CLOUDMC',
      kind: 'RESOURCE_COMMITMENT',
      at: 1,
      isComplete: true,
      digest: 'd',
      records: [],
    };
    await history.write([look]);
    expect(await history.write([look])).toEqual(['unchanged']);
    renameSync(file, `${file}.aside`);
    await expect(history.write([look])).rejects.toMatchObject({ trouble: 'missing' });
    renameSync(`${file}.aside`, file);
  });

  it('that is damaged while it is used is written to no more until it was mended', async () => {
    await madeAndClosed();
    copyFileSync(file, `${file}.good`);
    const gateway = await rig.process();
    const other = createStore(await rig.database());
    const entry = { at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null } as const;
    await other.note(entry);
    const handle = openSync(file, 'r+');
    const { size } = statSync(file);
    writeSync(handle, new Uint8Array(size - 4_096).fill(0xa5), 0, size - 4_096, 4_096);
    closeSync(handle);
    await other.note(entry).catch(() => undefined); // nobody may go on from what he has in memory
    await expectRefused(gateway, 'corrupt');
    await rig.advance(20_000);
    await expectRefused(gateway, 'corrupt');
    copyFileSync(`${file}.good`, `${file}.put-back`);
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
    renameSync(`${file}.put-back`, file);
    await expectRecovered(gateway);
    expect(await gateway.perform(request('key-of-old-3'))).toMatchObject({ isReplay: true });
  });

  it('that was removed while it was used is not made anew; it works again when it is back', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    const aside = `${file}.aside`;
    renameSync(file, aside);
    await expectRefused(gateway, 'missing');
    await rig.advance(20_000);
    await expectRefused(gateway, 'missing');
    expect(existsSync(file)).toBe(false);
    renameSync(aside, file);
    await expectRecovered(gateway);
    expect(await gateway.perform(request(KEY))).toMatchObject({ isReplay: true });
    expect(await verifyAudit(await rig.database())).toMatchObject({ isIntact: true });
  });

  it('that was removed between sending and settling: the answer is told, and kept', async () => {
    const gateway = await rig.process();
    rig.backend.onSend = (apply): Step => {
      renameSync(file, `${file}.aside`);
      return succeeded(apply());
    };
    expect(await gateway.perform(request(KEY))).toMatchObject({
      isDurable: false,
      operation: { state: 'SUCCEEDED' },
    });
    rig.backend.onSend = (apply) => succeeded(apply());
    await expectRefused(gateway, 'missing');
    renameSync(`${file}.aside`, file);
    await expectRecovered(gateway);
    expect(await gateway.perform(request(KEY))).toMatchObject({
      isReplay: true,
      operation: { state: 'SUCCEEDED', looks: 0 },
    });
  });

  it('that was removed while nobody used it is missed, where something of it is left', async () => {
    const gateway = await rig.process();
    await gateway.perform(request(KEY));
    await gateway.kill();
    expect(existsSync(`${file}-wal`)).toBe(true);
    rmSync(file);
    await expectRefused(await rig.process(), 'missing');
    expect(existsSync(file)).toBe(false);
  });

  it('that a later release has written is not touched', async () => {
    await madeAndClosed();
    const connection = new Libsql(file);
    connection.exec(`insert into journal_migrations (name, timestamp) values ('9999-later', '2030-01-01')`);
    connection.close();
    expect(await failureOf(databaseOpener({ kind: 'sqlite', file })())).toMatchObject({ trouble: 'other' });
    await expectRefused(await rig.process(), 'other');
  });
});
