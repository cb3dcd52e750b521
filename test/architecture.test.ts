/** Who may import whom (design §3). The direction of imports is the architecture; this file is where it is written down. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

interface Import {
  readonly file: string;
  /** Folder under src, or the file's name for files at the top. */
  readonly from: string;
  /** Folder under src for our own files, else the package. */
  readonly to: string;
  readonly specifier: string;
}

function partOf(path: string): string {
  const [first = '', second = ''] = relative(SRC, path).split('/');
  return first === 'backends' && second !== '' && !second.includes('.') ? `backends/${second}` : first;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => resolve(SRC, name));

const imports: Import[] = files.flatMap((file) =>
  ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles.map(({ fileName: specifier }) => ({
    file: relative(SRC, file),
    from: partOf(file),
    to: specifier.startsWith('.')
      ? partOf(resolve(dirname(file), specifier))
      : specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
    specifier,
  })),
);

const isOurs = ({ specifier }: Import) => specifier.startsWith('.');
const said = (wrong: readonly Import[]) => wrong.map(({ file, specifier }) => `${file} imports ${specifier}`);

/** For each part of src: the other parts that it may import. Parts that are not listed may import nothing of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  observability: ['domain'],
  upstream: ['domain', 'observability'],
  admission: ['domain'],
  graph: ['domain'],
  journal: ['domain', 'observability'],
  accounting: ['domain', 'observability', 'journal'],
  history: ['domain', 'observability', 'journal'],
  calendar: ['domain', 'journal'],
  verification: ['domain', 'observability', 'journal'],
  reconciliation: ['domain', 'observability', 'journal'],
  // What processes say to each other: types of what they share, and the parts that one of them keeps for all.
  workers: ['domain', 'observability', 'upstream', 'admission', 'config', 'config.js'],
  config: ['domain'],
  'config.ts': ['config', 'domain'],
  http: ['admission', 'graph', 'domain', 'observability'],
  sandbox: [],
  explorer: [],
};

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some(({ from, to }) => from === 'graph' && to === 'domain')).toBe(true);
  });

  it.each(Object.entries(MAY_IMPORT))('of %s go only to %j', (part, allowed) => {
    expect(
      said(imports.filter((i) => isOurs(i) && i.from === part && i.to !== part && !allowed.includes(i.to))),
    ).toEqual([]);
  });

  it('of a backend go to the domain, upstream, observability and what backends share, never to another backend', () => {
    const allowed = ['domain', 'upstream', 'observability', 'backends'];
    const wrong = imports.filter(
      (i) => isOurs(i) && i.from.startsWith('backends/') && i.to !== i.from && !allowed.includes(i.to),
    );
    expect(said(wrong)).toEqual([]);
  });

  it('of a backend from outside come from the registry alone', () => {
    const wrong = imports.filter(
      (i) =>
        i.to.startsWith('backends/') && !i.from.startsWith('backends/') && i.file !== 'backends/registry.ts',
    );
    expect(said(wrong)).toEqual([]);
  });

  it('of the sandbox come from the command line alone', () => {
    expect(
      said(imports.filter((i) => i.to === 'sandbox' && i.from !== 'sandbox' && i.from !== 'cli')),
    ).toEqual([]);
  });

  it('of what speaks with the database come from where it is loaded late, and from nowhere else', () => {
    const wrong = imports.filter(({ specifier, file }) => {
      const isLate = /(^|\/)compose\/stores\.js$|^\.\/stores\.js$/.test(specifier);
      return isLate && !['compose/journal.ts', 'compose/keeping.ts'].includes(file);
    });
    expect(said(wrong)).toEqual([]);
    for (const file of ['compose/journal.ts', 'compose/keeping.ts']) {
      expect(readFileSync(resolve(SRC, file), 'utf8')).not.toMatch(/^import (?!type ).*'\.\/stores\.js'/m);
    }
  });

  it('of everything come from app, main and the command line alone', () => {
    const composing = ['app', 'compose', 'main', 'cli'];
    const part = (name: string) => name.replace(/\.[jt]s$/, '');
    const wrong = imports.filter(
      (i) => isOurs(i) && composing.includes(part(i.to)) && !composing.includes(part(i.from)),
    );
    expect(said(wrong)).toEqual([]);
  });

  it.each([
    ['undici', (i: Import) => i.from === 'upstream'],
    ['dataloader', (i: Import) => i.file === 'backends/batch.ts'],
    [
      'zod',
      (i: Import) =>
        i.from === 'config' ||
        i.from === 'config.ts' ||
        i.from === 'admission' ||
        /(^|\/)wire\.ts$/.test(i.file) ||
        // Judges rows by the schemas of wire.ts, and needs only their type.
        i.file === 'backends/records.ts' ||
        // Goes through those schemas for the members that they know.
        i.file === 'backends/known-members.ts' ||
        // Reads what they take, and leaves the rest to them.
        i.file === 'backends/quick.ts',
    ],
    ['@apollo/server', (i: Import) => i.from === 'http' || i.from === 'admission'],
    ['graphql', (i: Import) => ['graph', 'http', 'admission', 'cli', 'explorer'].includes(i.from)],
    ['fastify', (i: Import) => ['http', 'sandbox', 'app.ts'].includes(i.from)],
    ['graphql-sse', (i: Import) => i.file === 'http/streams.ts'],
    ['jose', (i: Import) => ['admission/tokens.ts', 'admission/key-sets.ts'].includes(i.file)],
    ['kysely', (i: Import) => i.from === 'journal'],
    ['libsql', (i: Import) => /^journal\/sqlite(-connection)?\.ts$/.test(i.file)],
    ['prom-client', (i: Import) => /^observability\/(worker-)?metrics(-merge)?\.ts$/.test(i.file)],
    ['node:cluster', (i: Import) => i.file === 'workers/processes.ts'],
    ['pg', (i: Import) => i.file === 'journal/postgres.ts'],
    ['@redis/client', (i: Import) => i.file === 'admission/budgets/redis.ts'],
    ['decimal.js', (i: Import) => i.file === 'domain/money.ts'],
    [
      'lossless-json',
      (i: Import) => ['upstream', 'sandbox'].includes(i.from) || i.file === 'backends/wire.ts',
    ],
  ] as const)('of %s stay where they belong', (name, isAllowed) => {
    const found = imports.filter(({ to }) => to === name);
    expect(found.length).toBeGreaterThan(0);
    expect(said(found.filter((i) => !isAllowed(i)))).toEqual([]);
  });
});
