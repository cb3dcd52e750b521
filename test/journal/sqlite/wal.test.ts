/** A journal as a killed process leaves it, with its write-ahead log beside it: taken up whole, or left as it is. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseOpener, openDatabase } from '../../../src/journal/database.js';
import { createStore } from '../../../src/journal/store.js';

const NOTE = { at: 1, organization: 'o', client: 'c', event: 'REFUSED', details: null } as const;

/** A copy of a journal in use: main file and log, as they lie on the disk at that moment. */
async function killed(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  const live = join(folder, 'live.db');
  const store = createStore(await openDatabase({ kind: 'sqlite', file: live }));
  await store.note(NOTE);
  const copy = join(folder, 'copy.db');
  for (const part of ['', '-wal']) copyFileSync(live + part, copy + part);
  await store.close();
  return copy;
}

const bytes = (file: string) => [readFileSync(file), readFileSync(`${file}-wal`)];

describe('a journal with its log beside it', () => {
  it('has what was only in the log', async () => {
    const file = await killed();
    const db = await openDatabase({ kind: 'sqlite', file });
    expect(await db.selectFrom('audit').selectAll().execute()).toHaveLength(1);
    await db.destroy();
  });

  it.each<[string, (file: string) => void]>([
    ['was cut off', (file) => truncateSync(file, 8_192)],
    ['begins with something else', (file) => writeFileSync(file, Buffer.alloc(100, 'x'), { flag: 'r+' })],
  ])('is left as it is where it %s', async (_what, damage) => {
    const file = await killed();
    damage(file);
    const before = bytes(file);
    const open = databaseOpener({ kind: 'sqlite', file });
    await expect(open()).rejects.toMatchObject({ trouble: 'corrupt' });
    await expect(open()).rejects.toMatchObject({ trouble: 'corrupt' });
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(bytes(file)).toEqual(before);
  });
});
