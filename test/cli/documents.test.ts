/**
 * `documents`, run as a process: what a client's build made is registered whole or not at all, and a gateway that is
 * started from the same configuration runs it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/observability/log.js';
import { CLIENTS, configuration, GATEWAY, KEY } from '../support/configuration.js';
import { put, register, sha256 } from '../support/documents-folder.js';
import { run } from '../support/program.js';

const SLUGS = 'query Slugs($first: Int) {\n  organizations(first: $first) { nodes { slug } }\n}';
const SOURCES = 'query Sources { sources { name } }';

function apollo(...bodies: readonly string[]): string {
  return JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: bodies.map((body) => ({
      id: sha256(body),
      name: /query (\w+)/.exec(body)?.[1] ?? '',
      type: 'query',
      body,
    })),
  });
}

function setUp(mode = 'enforce') {
  const config = configuration({
    'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\nstore: none\ndocuments: { mode: ${mode}, path: ./docs }\n`,
    'clients.yaml': CLIENTS,
  });
  const folder = dirname(config);
  return {
    config,
    folder,
    file: (name: string, text: string) => put(folder, name, text),
    documents: ([command = '', ...args]: readonly string[]) =>
      run(['documents', command, ...args, '-c', config]),
    push: (file: string, version: string, client = 'partner') =>
      run(['documents', 'push', file, '--client', client, '--version', version, '-c', config]),
    kept: () => (existsSync(join(folder, 'docs/partner')) ? readdirSync(join(folder, 'docs/partner')) : []),
  };
}

describe('push', () => {
  it('registers, and the gateway runs what was registered and nothing else', async () => {
    const { config, file, push, documents } = setUp();
    const pushed = await push(file('manifest.json', apollo(SLUGS, SOURCES)), '1.0.0');
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(pushed.stdout).toContain('Pushed 2 documents of partner 1.0.0, 2 of them new.');

    const app = await startApp({ config: loadConfig(config, {}), log: createLog('silent') });
    try {
      const ask = async (body: object) => {
        const response = await fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': KEY },
          body: JSON.stringify(body),
        });
        return (await response.json()) as object;
      };
      const answer = { data: { organizations: { nodes: [{ slug: 'sleepyco' }] } } };
      expect(await ask({ documentId: sha256(SLUGS), variables: { first: 5 } })).toEqual(answer);
      expect(await ask({ query: SLUGS })).toEqual(answer);
      expect(await ask({ query: '{ sources { name } }' })).toMatchObject({
        errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
      });
    } finally {
      await app.stop();
    }
    const listed = await documents(['list', '--client', 'partner']);
    expect(listed.stdout).toMatch(/^partner {2}1\.0\.0 {2}pushed \S+Z {2}2 documents\n/);
    expect(listed.stdout).toContain(`${sha256(SLUGS)}  Slugs`);
  });

  it('tells all that is wrong, with file, operation and line, and registers nothing', async () => {
    const { push, file, folder, kept } = setUp();
    const deep = `{ ${'organizations { nodes { commitments { nodes { organization { '.repeat(3)} slug ${'}'.repeat(16)}`;
    file('app/good.graphql', SLUGS);
    file('app/fields.graphql', 'query Fields {\n  sources { name }\n  nothing\n  nobody\n}');
    file('app/syntax.graphql', 'query Syntax {\n  sources {');
    file('app/fragment.graphql', 'fragment Part on Source { name }');
    file('app/deep.graphql', deep);
    const { code, stdout, stderr } = await push(join(folder, 'app'), '1');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/fields\.graphql: Fields \(\w{12}…\), line 3: Cannot query field "nothing"/);
    expect(stderr).toMatch(/fields\.graphql: Fields \(\w{12}…\), line 4: Cannot query field "nobody"/);
    expect(stderr).toMatch(/syntax\.graphql: Syntax \(\w{12}…\), line 2: Syntax Error/);
    expect(stderr).toMatch(/fragment\.graphql: \w{12}…: It has no operation/);
    expect(stderr).toMatch(/deep\.graphql: \w{12}…: The operation is \d+ fields deep/);
    expect(stderr).toContain('Nothing was pushed: 6 problems.');
    expect(kept()).toEqual([]);
  });

  it('never gives an id another text, and never writes a version twice', async () => {
    const { push, file, folder, kept } = setUp();
    const map = (data: object) => file('map.json', JSON.stringify(data));
    expect((await push(map({ slugs: SLUGS }), '1')).code).toBe(0);
    const before = readFileSync(join(folder, 'docs/partner/1.json'), 'utf8');

    const changed = await push(map({ slugs: SOURCES }), '2');
    expect(changed.code).toBe(1);
    expect(changed.stderr).toContain('Sources (slugs): this id has another text since version 1');

    const other = await push(map({ slugs: SLUGS, sources: SOURCES }), '1');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('partner 1 is registered with other documents');

    const again = await push(map({ slugs: SLUGS }), '1');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('registered already');
    expect(kept()).toEqual(['1.json']);
    expect(readFileSync(join(folder, 'docs/partner/1.json'), 'utf8')).toBe(before);
  });

  it('refuses clients that are not there, and names that could leave the folder', async () => {
    const { push, file } = setUp();
    const manifest = file('manifest.json', apollo(SLUGS));
    const stranger = await push(manifest, '1', 'portal');
    expect(stranger.code).toBe(1);
    expect(stranger.stderr).toContain('There is no client portal; there are: partner.');
    for (const version of ['../1', '.hidden', 'a/b', '']) {
      expect((await push(manifest, version)).code, version).toBe(2);
    }
  });
});

describe('what is registered', () => {
  function registered() {
    const world = setUp();
    const docs = join(world.folder, 'docs');
    const first = register(docs, 'partner', '1', [SLUGS]);
    register(docs, 'partner', '2', [SLUGS, SOURCES]);
    return { ...world, first };
  }

  it('is compared with what a build made', async () => {
    const { file, documents } = registered();
    const gone = await documents(['diff', file('3.json', apollo(SOURCES)), '--client', 'partner']);
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stdout).toBe(
      `Compared with partner 2:\n- (no name)  ${sha256(SLUGS)}\n0 added, 1 gone, 1 as before.\n`,
    );
    const wrong = file('4.json', apollo(SLUGS, 'query Wrong { nothing }'));
    const added = await documents(['diff', wrong, '--client', 'partner', '--version', '1']);
    expect(added.code).toBe(1);
    expect(added.stdout).toContain('1 added, 0 gone, 1 as before.');
    expect(added.stderr).toContain('A push would be refused: 1 problem.');
  });

  it('is checked against a schema that may come', async () => {
    const { file, documents } = registered();
    expect((await documents(['check'])).stdout).toBe('0 of 3 documents would break.\n');
    const sdl = file(
      'next.graphql',
      'type Query { sources(first: Int): [Source] } type Source { name: String }',
    );
    const broken = await documents(['check', '--schema', sdl]);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(
      /^partner {2}1 {2}\w{12}…\n {2}line 2: Cannot query field "organizations" on type "Query"\.\n/,
    );
    expect(broken.stdout).toContain('2 of 3 documents would break.\n');
  });

  it('is pruned, and only what was not to be kept', async () => {
    const { documents, kept } = registered();
    const dry = await documents(['prune', '--client', 'partner', '--keep-last', '1', '--dry-run']);
    expect(dry.stdout).toBe('Would forget partner 1: 0 documents that no version has that is kept.\n');
    expect((await documents(['prune', '--client', 'partner'])).code).toBe(1);
    expect((await documents(['prune', '--client', 'partner', '--keep', '7'])).code).toBe(1);
    expect(kept()).toEqual(['1.json', '2.json']);
    const pruned = await documents(['prune', '--client', 'partner', '--keep', '1']);
    expect(pruned.stdout).toBe('Forgot partner 2: 1 document that no version has that is kept.\n');
    expect(kept()).toEqual(['1.json']);
  });

  it('S69: cannot be altered: commands and the gateway refuse it, and name it', async () => {
    const { config, first, documents } = registered();
    writeFileSync(first, readFileSync(first, 'utf8').replace('{ slug }', '{ name }'));
    const listed = await documents(['list']);
    expect(listed.code).toBe(2);
    expect(listed.stderr).toMatch(/1\.json: was altered: the id of \w{12}… is not the SHA-256/);
    const served = await run(['serve', '-c', config]);
    expect(served.code).toBe(2);
    expect(served.stderr).toContain('The registered documents cannot be used:');
  });
});

it('the version of the program is still told', async () => {
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
