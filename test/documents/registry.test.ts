/**
 * The registered documents: judged before they are asked for, taken again when the folder changes, and never out of a
 * folder that was altered.
 */
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { add } from '../../src/admission/documents/folder.js';
import { MOST_DOCUMENT_TEXT } from '../../src/admission/documents/ids.js';
import { DocumentsError } from '../../src/admission/documents/problem.js';
import { openRegistry, type DocumentNews } from '../../src/admission/documents/registry.js';
import { DOCUMENT_RULES } from '../../src/http/graphql.js';
import { emptyFolder, put, register, sha256 } from '../support/documents-folder.js';
import { manualTimers } from '../support/manual-timers.js';
import { until } from '../support/until.js';

const SCHEMA = 'type Query { fine(n: Int): Int } type Subscription { ticks: Int }';
const ONE = 'query One($n: Int) { fine(n: $n) }';
const TWO = '{ fine }';
const GONE = '{ removed }';

async function open(folder: string, schema = SCHEMA) {
  const news: DocumentNews[] = [];
  const timers = manualTimers();
  const registry = await openRegistry({
    folder,
    schema: buildSchema(schema),
    rules: DOCUMENT_RULES,
    timers,
    tell: (one) => news.push(one),
  });
  return { registry, news, timers, kinds: () => news.map(({ kind }) => kind) };
}

/** What is wrong with a folder, without its path. */
async function wrongIn(folder: string): Promise<string[]> {
  try {
    await open(folder);
  } catch (error) {
    if (error instanceof DocumentsError) {
      return error.problems.map(({ file, message }) => `${file.slice(folder.length + 1)} ${message}`);
    }
    throw error;
  }
  return [];
}

/** Changes a manifest's text by hand. */
function alter(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('a registry', () => {
  it('finds documents of their client by id and by text, parsed', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', [ONE, { id: 'two', body: TWO }]);
    const { registry } = await open(folder);
    expect(registry.byId('portal', `sha256:${sha256(ONE).toUpperCase()}`)?.text).toBe(ONE);
    expect(registry.byId('portal', 'two')).toBe(registry.byText('portal', TWO));
    expect(registry.parsed(sha256(TWO))?.document.kind).toBe('Document');
    expect(registry.byId('portal', 'two')?.verdict).toMatchObject({ kind: 'good', hasStream: false });
  });

  it('has nothing of one client for another, and nothing by names that every object has', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', [{ id: 'two', body: TWO }]);
    const { registry } = await open(folder);
    expect(registry.byId('other', 'two')).toBeNull();
    expect(registry.byText('other', TWO)).toBeNull();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(registry.byId('portal', name)).toBeNull();
      expect(registry.byId(name, 'two')).toBeNull();
    }
  });

  it('is empty where there is no folder, and ignores what is hidden', async () => {
    expect((await open('/nowhere/at/all')).news).toEqual([{ kind: 'loaded', clients: 0, documents: 0 }]);
    const folder = emptyFolder();
    put(folder, '.git/config.json', 'not ours');
    put(folder, 'portal/.draft.json', 'not ours');
    put(folder, 'README.md', 'not ours');
    expect((await open(folder)).kinds()).toEqual(['loaded']);
  });

  it('follows links, of which mounted configurations are made', async () => {
    const kept = emptyFolder();
    register(kept, 'portal', '1', [ONE]);
    const folder = emptyFolder();
    symlinkSync(kept, join(folder, '..data'));
    symlinkSync(join(folder, '..data/portal'), join(folder, 'portal'));
    const { registry } = await open(folder);
    expect(registry.byText('portal', ONE)?.version).toBe('1');
    register(kept, 'portal', '2', [TWO]);
    await registry.refresh();
    expect(registry.byText('portal', TWO)?.version).toBe('2');
  });

  it('gives a document the newest version that has it', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '9', [ONE]);
    register(folder, 'portal', '10', [ONE]);
    expect((await open(folder)).registry.byText('portal', ONE)?.version).toBe('10');
  });
});

describe('S69: documents that no longer fit', () => {
  it('are switched off by themselves', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', [ONE, GONE]);
    const { registry, news } = await open(folder);
    expect(registry.byText('portal', ONE)?.verdict.kind).toBe('good');
    expect(registry.byText('portal', GONE)?.verdict.kind).toBe('bad');
    expect(registry.parsed(sha256(GONE))).toBeNull();
    expect(news).toMatchObject([
      { kind: 'switched-off', document: { client: 'portal', id: sha256(GONE) } },
      { kind: 'loaded', documents: 2 },
    ]);
  });

  it('keep to the rules of requests, not only to the schema', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', ['mutation { fine }']);
    expect((await open(folder)).kinds()).toEqual(['switched-off', 'loaded']);
  });
});

describe('S69: a folder that was altered is refused at start:', () => {
  const changes: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['a text', (file) => alter(file, (text) => text.replace('fine(n: $n)', 'fine')), /not the SHA-256/],
    [
      'a text under another id',
      (file) => alter(file, (text) => text.replace('{ fine }', '{fine}')),
      /altered/,
    ],
    ['an id', (file) => alter(file, (text) => text.replace('"two"', '"too"')), /altered/],
    ['a name', (file) => alter(file, (text) => text.replace('"name": null', '"name": "x"')), /altered/],
    ['half a file', (file) => alter(file, (text) => text.slice(0, -20)), /is not JSON/],
    ['an unknown key', (file) => alter(file, (text) => text.replace('{', '{"more": 1,')), /no manifest/],
    [
      'a file of another client',
      (file) => put(dirname(file), '../other/1.json', readFileSync(file)),
      /says that/,
    ],
    ['a file of another version', (file) => put(dirname(file), '2.json', readFileSync(file)), /says that/],
    ['a name that is no version', (file) => put(dirname(file), 'a b.json', '{}'), /is no manifest/],
  ];
  it.each(changes)('%s', async (_, change, message) => {
    const folder = emptyFolder();
    const file = register(folder, 'portal', '1', [ONE, { id: 'two', body: TWO }]);
    change(file);
    expect(await wrongIn(folder)).toEqual([expect.stringMatching(message)]);
  });

  it('one id with two texts', async () => {
    const folder = emptyFolder();
    register(folder, 'portal', '1', [{ id: 'two', body: TWO }]);
    register(folder, 'portal', '2', [{ id: 'two', body: ONE }]);
    expect(await wrongIn(folder)).toEqual(['portal/2.json has another text in version 1']);
  });

  it('more text than memory is meant for', async () => {
    const folder = emptyFolder();
    const long = (n: number) => `{ fine } # ${n} ${'x'.repeat(100_000)}`;
    register(
      folder,
      'portal',
      '1',
      Array.from({ length: MOST_DOCUMENT_TEXT / 100_000 }, (_, n) => long(n)),
    );
    expect(await wrongIn(folder)).toEqual([expect.stringContaining('holds more than')]);
  });
});

describe('while it runs', () => {
  it('takes what is pushed and forgets what is pruned, within ten seconds', async () => {
    const folder = emptyFolder();
    const first = register(folder, 'portal', '1', [ONE]);
    const { registry, timers, news } = await open(folder);
    const before = registry.byText('portal', ONE);
    register(folder, 'portal', '2', [TWO]);
    expect(registry.byText('portal', TWO)).toBeNull();
    await timers.tick(10_000);
    await until('the push is seen', () => registry.byText('portal', TWO) !== null);
    // What was judged is not judged again.
    expect(registry.byText('portal', ONE)?.verdict).toBe(before?.verdict);
    rmSync(first);
    await registry.refresh();
    expect(registry.byText('portal', ONE)).toBeNull();
    expect(registry.parsed(sha256(ONE))).toBeNull();
    const loaded = news.length;
    await registry.refresh();
    expect(news.length).toBe(loaded);
  });

  it('keeps what it has while the folder is altered, says so once, and recovers', async () => {
    const folder = emptyFolder();
    const file = register(folder, 'portal', '1', [ONE]);
    const good = readFileSync(file, 'utf8');
    const { registry, kinds } = await open(folder);
    alter(file, (text) => text.replace('fine(n: $n)', 'fine'));
    register(folder, 'portal', '2', [TWO]);
    await registry.refresh();
    await registry.refresh();
    expect(kinds()).toEqual(['loaded', 'refused']);
    expect(registry.byText('portal', ONE)?.text).toBe(ONE);
    expect(registry.byText('portal', TWO)).toBeNull();
    writeFileSync(file, good);
    await registry.refresh();
    expect(kinds()).toEqual(['loaded', 'refused', 'loaded']);
    expect(registry.byText('portal', TWO)?.text).toBe(TWO);
  });

  it('looks no more once it is stopped', async () => {
    const folder = emptyFolder();
    const { registry, timers, kinds } = await open(folder);
    registry.stop();
    register(folder, 'portal', '1', [ONE]);
    await timers.tick(60_000);
    expect(kinds()).toEqual(['loaded']);
  });
});

describe('a manifest', () => {
  it('is never written twice, and leaves nothing else behind', () => {
    const folder = emptyFolder();
    const file = register(folder, 'portal', '1', [ONE]);
    const before = readFileSync(file, 'utf8');
    const operations = [{ id: 'two', name: null, body: TWO }];
    expect(
      add(folder, { client: 'portal', version: '1', pushedAt: '2026-11-21T00:00:00Z', operations }),
    ).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(dirname(file))).toEqual(['1.json']);
  });
});
