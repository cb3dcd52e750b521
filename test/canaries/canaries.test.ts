/**
 * S91, F15: secrets that are planted wherever a gateway holds or sees one come out nowhere: in no answer, header, page,
 * log, metric, journal or file, in no form that they could be read in. What must show one shows it once.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { check } from '../../src/cli/check.js';
import { add, list, retire, revoke, rotate } from '../../src/cli/clients.js';
import { check as checkDocuments, list as listDocuments, push } from '../../src/cli/documents.js';
import { unused, usage } from '../../src/cli/documents-usage.js';
import { list as listOperations, show, verify } from '../../src/cli/operations.js';
import { explain } from '../../src/cli/run.js';
import { serve } from '../../src/cli/serve.js';
import { canaryOf, createCanary, scan, type Canary } from './canaries.js';
import { doEverything, hashOf, type Told } from './everything.js';

describe('S91: a gateway whose every secret is a canary', () => {
  let told: Told;
  beforeAll(async () => {
    told = await doEverything();
  }, 120_000);

  it('lets none of them out', () => {
    expect(told.outputs.flatMap(({ where, bytes }) => scan(where, bytes, told.canaries))).toEqual([]);
  });

  it('has used them, and was asked for everything', () => {
    for (const [name, seen] of Object.entries(told.used)) expect(seen, name).toBeGreaterThan(5);
    expect([...told.codes]).toEqual(
      expect.arrayContaining([
        ...[
          'UNAUTHENTICATED',
          'GRAPHQL_PARSE_FAILED',
          'REFUSED',
          'UPSTREAM_REJECTED',
          'UPSTREAM_UNAVAILABLE',
        ],
      ]),
    );
    expect([...told.states]).toEqual(expect.arrayContaining(['SUCCEEDED', 'FAILED', 'PENDING', 'UNKNOWN']));
    const places = told.outputs.map(({ where }) => where);
    for (const place of ['the log', 'standard output', '/metrics', '/health/ready', '/graphiql', 'events']) {
      expect(places).toContain(place);
    }
    expect(places).toContain('the file gateway.db');
    // What was repeated to it came as far as the log.
    const log = String(told.outputs.find(({ where }) => where === 'the log')?.bytes);
    expect(log).toContain('(withheld) is not accepted');
  });
});

/** What a command prints, and what it ends with. */
async function printed(command: () => unknown): Promise<string> {
  let text = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((piece) => {
      text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1');
      return true;
    }),
  );
  try {
    await command();
  } catch (error) {
    explain(error);
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
  return text;
}

describe('S91: commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-canaries-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'gateway.yaml');
  const write = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : stringify(content));
  };
  const secret = createCanary('a key of a backend');
  const password = createCanary('a password in an address', (core) => core);
  const key = createCanary('a key of a client', (core) => core);
  const keyHash = canaryOf('the hash of a key', hashOf(key.secret));
  const canaries: Canary[] = [secret, password, key, keyHash];
  const gateway = {
    listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
    backends: { cloudmc: { url: 'http://127.0.0.1:9/api/v2', apiKey: secret.secret } },
    accounts: './accounts.yaml',
    clients: './clients.yaml',
    documents: { mode: 'log', path: './documents' },
    redis: `redis://:${password.secret}@127.0.0.1:9`,
    store: 'sqlite:./gateway.db',
  };
  const clients = [{ name: 'partner', keys: [`sha256:${hashOf(key.secret)}`], organizations: ['sleepyco'] }];
  const setUp = (changes: object = {}) => {
    write('gateway.yaml', { ...gateway, ...changes });
    write('accounts.yaml', [{ slug: 'sleepyco', name: 'SleepyCo' }]);
    write('clients.yaml', clients);
  };

  it('that show clients show no key, and those that make one show it once', async () => {
    setUp();
    const made: string[] = [];
    const made1 = await printed(() => add('second', { config, organizations: '*' }));
    const made2 = await printed(() => rotate('partner', { config }));
    for (const text of [made1, made2]) {
      const [found = ''] = /cg_[A-Za-z0-9_-]{43}/.exec(text) ?? [];
      expect(text.split(found)).toHaveLength(2);
      made.push(found);
    }
    expect(new Set(made).size).toBe(2);
    const later = [
      await printed(() => list({ config })),
      await printed(() => list({ config, json: true })),
      await printed(() => check({ config })),
      await printed(() => retire('partner', { config, key: hashOf(key.secret).slice(0, 8) })),
      await printed(() => add('second', { config, organizations: '*' })),
      await printed(() => revoke('second', { config })),
      await printed(() => revoke('second', { config })),
    ].join('\n');
    const all = [
      ...canaries,
      ...made.flatMap((one) => [canaryOf('a key that was made', one), canaryOf('its hash', hashOf(one))]),
    ];
    expect(scan('commands', later, all)).toEqual([]);
    expect(scan('commands', made1 + made2, canaries)).toEqual([]);
    // Its hash is kept, and nothing else.
    expect(
      scan(
        'clients.yaml',
        readFileSync(join(folder, 'clients.yaml')),
        made.map((one) => canaryOf('a key', one)),
      ).filter(({ how }) => how !== 'as its hash'),
    ).toEqual([]);
  });

  it('that look at documents and operations show none', async () => {
    setUp();
    write('manifest.json', JSON.stringify({ [hashOf('{ __typename }')]: '{ __typename }' }));
    const text = [
      await printed(() => push(join(folder, 'manifest.json'), { config, client: 'partner', version: '1' })),
      await printed(() => push(join(folder, 'gateway.yaml'), { config, client: 'partner', version: '2' })),
      await printed(() => listDocuments({ config })),
      await printed(() => checkDocuments({ config })),
      await printed(() => usage({ config, days: 7 })),
      await printed(() => unused({ config, days: 7 })),
      await printed(() => listOperations({ config, limit: 5 })),
      await printed(() => show('none', { config })),
      await printed(() => verify({ config })),
    ].join('\n');
    expect(text.length).toBeGreaterThan(300);
    expect(scan('commands', text, canaries)).toEqual([]);
  });

  it('that cannot reach a database with a password say nothing of it', async () => {
    setUp({ store: `postgres://gateway:${password.secret}@127.0.0.1:9/journal` });
    const text = [
      await printed(() => check({ config })),
      await printed(() => listOperations({ config, limit: 5 })),
      await printed(() => usage({ config, days: 7 })),
    ].join('\n');
    expect(text.length).toBeGreaterThan(100);
    expect(scan('commands', text, canaries)).toEqual([]);
  });

  const wrong: readonly (readonly [string, object | string])[] = [
    [
      'in an address',
      { backends: { cloudmc: { url: `https://user:${secret.secret}@cloud.example`, apiKey: 'x' } } },
    ],
    [
      'in the query of an address',
      { backends: { cloudmc: { url: `https://cloud.example/?k=${password.secret}`, apiKey: 'x' } } },
    ],
    [
      'under a key that is not known',
      { backends: { cloudmc: { ...gateway.backends.cloudmc, apikey: secret.secret } } },
    ],
    [
      'where a number belongs',
      { backends: { cloudmc: { ...gateway.backends.cloudmc, timeoutMs: secret.secret } } },
    ],
    ['where an object belongs', { backends: { cloudmc: secret.secret } }],
    ['in a list', { backends: { cloudmc: { ...gateway.backends.cloudmc, apiKey: [secret.secret] } } }],
    [
      'as the name of a file',
      { clients: `./${password.secret.slice(0, 3)}`, redis: `http://:${password.secret}@x` },
    ],
    ['in an address of Redis that is none', { redis: `redis://:${password.secret}@ 127.0.0.1` }],
    ['in a store that is none', { store: `mysql://gateway:${password.secret}@127.0.0.1/journal` }],
    ['in a mode', { documents: { mode: password.secret } }],
    ['in a line that is no YAML', `backends: { cloudmc: { apiKey: "${password.secret}\n  : [}`],
    [
      'in a line that is there twice',
      `redis: redis://:${password.secret}@x\nredis: redis://:${password.secret}@y\n`,
    ],
  ];
  it.each(wrong)('that refuse a configuration with a secret %s do not repeat it', async (_, changes) => {
    setUp(typeof changes === 'string' ? {} : changes);
    if (typeof changes === 'string') write('gateway.yaml', changes);
    const text = await printed(() => check({ config }));
    expect(text).toContain('The configuration cannot be used');
    expect(scan('commands', text, canaries)).toEqual([]);
    expect(await printed(() => serve({ config, log: 'debug' }))).toBe(text);
  });

  it('that find a key where its hash belongs do not repeat it', async () => {
    setUp();
    write('clients.yaml', [
      { ...clients[0], keys: [key.secret] },
      { name: key.secret.repeat(3), keys: [] },
    ]);
    for (const command of [
      () => check({ config }),
      () => list({ config }),
      () => add('x', { config, organizations: '*' }),
    ]) {
      const text = await printed(command);
      expect(text).not.toBe('');
      expect(scan('commands', text, canaries)).toEqual([]);
    }
  });
});

describe('the search finds', () => {
  const canary = createCanary('a planted secret');
  const found = (bytes: string | Uint8Array) => scan('here', bytes, [canary]).length > 0;

  it('a secret in the log of whoever logs headers', () => {
    let lines = '';
    const log = pino({}, { write: (line: string) => (lines += line) });
    log.info({ headers: { accept: '*/*' } }, 'a request');
    expect(found(lines)).toBe(false);
    log.info({ headers: { 'x-api-key': canary.secret } }, 'a request');
    expect(found(lines)).toBe(true);
  });

  it.each<[string, (secret: string) => string | Uint8Array]>([
    ['as it is', (secret) => secret],
    ['in JSON in JSON', (secret) => JSON.stringify(JSON.stringify({ secret }))],
    ['in an address', (secret) => `/x?key=${encodeURIComponent(secret)}`],
    ['in a form', (secret) => new URLSearchParams({ secret }).toString()],
    ['in a password', (secret) => `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`],
    ['in base64 behind one byte', (secret) => Buffer.from(`1${secret}`).toString('base64')],
    ['in base64 behind two bytes', (secret) => Buffer.from(`12${secret}!`).toString('base64')],
    ['in base64 of URLs', (secret) => Buffer.from(`???${secret}`).toString('base64url')],
    ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
    [
      'between bytes that are no text',
      (secret) => Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(secret), Buffer.from([0])]),
    ],
    ['as UTF-16', (secret) => Buffer.from(secret, 'utf16le')],
  ])('one %s', (_, make) => {
    expect(found(make(canary.secret))).toBe(true);
    expect(found(make('another secret that nobody planted'))).toBe(false);
  });
});
