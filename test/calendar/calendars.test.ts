/** Making and revoking calendars, over a database of SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCalendarKeeper, MOST_CALENDARS, type CalendarKeeper } from '../../src/calendar/calendars.js';
import { createCalendarStore, type CalendarStore } from '../../src/calendar/store.js';
import { databaseOpener, type Database } from '../../src/journal/database.js';
import { StoreError } from '../../src/journal/store-error.js';
import { NOW } from '../support/sandboxed-gateway.js';

let folder: string;
let database: Database;
let made = 0;

beforeEach(async () => {
  made = 0;
  folder = mkdtempSync(join(tmpdir(), 'calendars-'));
  database = await databaseOpener({ kind: 'sqlite', file: join(folder, 'journal.db') })();
});
afterEach(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function keeperOver(store: () => Promise<CalendarStore>): CalendarKeeper {
  return createCalendarKeeper({
    store,
    clock: () => NOW + made,
    newId: () => `calendar-${String((made += 1)).padStart(3, '0')}`,
    newToken: () => `token-${made}`,
  });
}
const keeper = () => keeperOver(() => Promise.resolve(createCalendarStore(database)));
const request = { organizations: ['b', 'a'], name: 'n', idempotencyKey: null };

it('keeps what it was asked for, newest first, and of nobody else', async () => {
  const calendars = keeper();
  const first = await calendars.forCaller('one').create(request);
  await calendars.forCaller('one').create({ ...request, name: 'm', organizations: null });
  await calendars.forCaller('two').create(request);
  const listed = await calendars.forCaller('one').list();
  expect(listed).toEqual([
    expect.objectContaining({ id: 'calendar-002', name: 'm', organizations: null, client: 'one' }),
    expect.objectContaining({ id: 'calendar-001', name: 'n', organizations: ['a', 'b'], revokedAt: null }),
  ]);
  if (first.kind !== 'made' || first.token === null) throw new Error('no token');
  expect((await calendars.find(first.token))?.id).toBe('calendar-001');
  expect(await calendars.find(`${first.token}x`)).toBeNull();
  const rows = await database.selectFrom('calendars').selectAll().execute();
  for (const { token_hash: hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

it('makes one for a key, however many ask at once', async () => {
  const calendars = keeper().forCaller('one');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => calendars.create({ ...request, idempotencyKey: 'k' })),
  );
  expect(answers.filter((answer) => answer.kind === 'made' && answer.token !== null)).toHaveLength(1);
  expect(await calendars.list()).toHaveLength(1);
});

it('gives a client so many and no more, until one is revoked', async () => {
  const calendars = keeper().forCaller('one');
  for (let number = 0; number < MOST_CALENDARS; number += 1) await calendars.create(request);
  expect(await calendars.create(request)).toEqual({ kind: 'too-many', most: MOST_CALENDARS });
  expect(await calendars.list()).toHaveLength(MOST_CALENDARS);
  expect((await keeper().forCaller('two').create(request)).kind).toBe('made');
  expect((await calendars.revoke('calendar-007'))?.revokedAt).not.toBeNull();
  expect((await calendars.create(request)).kind).toBe('made');
});

it('says so where the store cannot be had, and nothing of why', async () => {
  const calendars = keeperOver(() => Promise.reject(new StoreError('full', 'disk of the owner')));
  const answers = [
    calendars.find('token'),
    calendars.forCaller('one').list(),
    calendars.forCaller('one').create(request),
    calendars.forCaller('one').revoke('calendar-001'),
  ];
  for (const answer of answers) {
    await expect(answer).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.not.stringContaining('disk'),
      extras: { isRetryable: true, detail: 'full: disk of the owner' },
    });
  }
});
