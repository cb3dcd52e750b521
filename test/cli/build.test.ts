/** The program as it is built: what a start loads, where an error points to, and whose code is in it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { built } from '../support/built.js';
import { until } from '../support/until.js';

const TIMEOUT = 60_000;
/** Files that one start may load, Node's own left out. One by one, as the sources name them, it is 1,400. */
const MOST_FILES = 80;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'built-'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

/** Modules that a process ran, as Node's own coverage has them. */
function loadedIn(coverage: string): string[] {
  return readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
}

it(
  'answers with few files loaded, and without what its configuration does not need',
  async () => {
    const sandbox = await startSandbox({ clock: Date.now, today: new Date().toISOString().slice(0, 10) });
    onTestFinished(() => sandbox.stop());
    const [place, coverage] = [folder(), folder()];
    writeFileSync(
      join(place, 'gateway.yaml'),
      stringify({
        listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
        backends: sandbox.backends,
        accounts: './accounts.yaml',
        store: 'sqlite:./gateway.db',
      }),
    );
    writeFileSync(join(place, 'accounts.yaml'), stringify(sandbox.directory));
    const child = spawn(
      process.execPath,
      [join(built(), 'main.js'), 'serve', '-c', join(place, 'gateway.yaml'), '--log', 'error'],
      {
        env: { PATH: process.env['PATH'], NODE_V8_COVERAGE: coverage },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until('it listens', () => said.includes('Health is at'));
    const [, url = ''] = /The graph is at +(\S+)/.exec(said) ?? [];
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          '{ organization(slug: "sleepyco") { commitments { coverage { complete } } operations { totalCount } } }',
      }),
    });
    expect(await response.json()).toEqual({
      data: {
        organization: { commitments: { coverage: { complete: true } }, operations: { totalCount: 0 } },
      },
    });
    child.kill('SIGTERM');
    await until('it has ended', () => child.exitCode !== null);

    const loaded = loadedIn(coverage);
    expect(loaded.filter((url) => /\/node_modules\/(pg|jose|@redis)\//.test(url))).toEqual([]);
    expect(loaded.filter((url) => /\/parts\/sandbox/.test(url))).toEqual([]);
    expect(loaded.filter((url) => /\/node_modules\/libsql\//.test(url))).not.toEqual([]);
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.length).toBeLessThanOrEqual(MOST_FILES);
  },
  TIMEOUT,
);

it(
  'has the licence of every package whose code is in it, and of ours none',
  () => {
    const dist = built();
    const licences = readFileSync(join(dist, 'THIRD-PARTY-LICENSES'), 'utf8');
    const sources = [dist, join(dist, 'parts')].flatMap((place) =>
      readdirSync(place)
        .filter((name) => name.endsWith('.js.map'))
        .map((name) => JSON.parse(readFileSync(join(place, name), 'utf8')) as { readonly sources: string[] })
        .flatMap((map) => map.sources.map((source) => resolve(place, source))),
    );
    const names = new Set(
      sources.flatMap((name) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []),
    );
    expect(names).toContain('graphql');
    expect(sources.some((name) => name.endsWith('src/app.ts'))).toBe(true);
    expect(
      [...names].filter((name) => !licences.includes(`\n${name} `) && !licences.startsWith(`${name} `)),
    ).toEqual([]);
    expect(licences).not.toContain('commitment-graph');
  },
  TIMEOUT,
);
