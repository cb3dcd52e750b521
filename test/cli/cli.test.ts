/**
 * The commands, run as processes: help, exit codes (0 well, 2 the command or its configuration is wrong), messages that
 * name file, line and key and never a secret, and servers that start, answer, and end when they are told to.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { run, start, type Program } from '../support/program.js';

const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
const running: Program[] = [];

afterEach(async () => {
  for (const program of running.splice(0)) {
    program.process.kill('SIGKILL');
    await program.ended;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'hunter2-never-to-be-seen';
const KEY = 'key-of-a-partner';

const ACCOUNTS = `- slug: sleepyco
  name: SleepyCo
  currency: USD
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
`;
const CLIENTS = `- name: partner
  keys: [sha256:${createHash('sha256').update(KEY).digest('hex')}]
  organizations: [sleepyco]
`;
const GATEWAY = `listen: { host: 127.0.0.1, port: 0, adminPort: 0 }
backends:
  cloudmc:
    url: http://127.0.0.1:9/api/v2
    apiKey: ${SECRET}
accounts: ./accounts.yaml
`;

let files = 0;

/** Writes a configuration into a folder of its own; gives the path of its gateway.yaml. */
function configuration(contents: Readonly<Record<string, string>> = {}): string {
  files += 1;
  const at = mkdtempSync(join(folder, `${files}-`));
  for (const [name, text] of Object.entries({
    'gateway.yaml': GATEWAY,
    'accounts.yaml': ACCOUNTS,
    ...contents,
  })) {
    writeFileSync(join(at, name), text);
  }
  return join(at, 'gateway.yaml');
}

describe.concurrent('help', () => {
  it.each([
    [[], ['serve', 'check', 'sandbox', 'schema']],
    [['serve'], ['--config', '--log']],
    [['check'], ['--config']],
    [['sandbox'], ['--port', '--admin-port', '--organizations']],
    [['schema'], ['SDL']],
  ])('of %j', async (command, words) => {
    const { code, stdout, stderr } = await run([...command, '--help']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: commitment-graph ${command.join(' ')}`));
    for (const word of words) expect(stdout).toContain(word);
  });

  it('and the version are no mistakes', async () => {
    const { code, stdout } = await run(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe.concurrent('a wrong command line', () => {
  it.each([
    ['no command', [], /Usage: commitment-graph/],
    ['an unknown command', ['serv'], /unknown command 'serv'/],
    ['an unknown option', ['schema', '--nope'], /unknown option '--nope'/],
    ['serve without a configuration', ['serve'], /required option '-c, --config <file>'/],
    [
      'a port that is none',
      ['sandbox', '--port', '65536'],
      /'65536' is invalid\. Expected a whole number from 0 to 65535/,
    ],
    [
      'an unknown level',
      ['serve', '-c', 'x', '--log', 'loud'],
      /'loud' is invalid\. Allowed choices are silent/,
    ],
  ])('with %s ends with 2 and says so', async (_, args, says) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });
});

describe.concurrent('check', () => {
  it('of a good configuration says what it amounts to', async () => {
    const file = configuration({
      'gateway.yaml': `${GATEWAY.replace(SECRET, '${CLOUDMC_KEY}')}clients: ./clients.yaml\n`,
      'clients.yaml': CLIENTS,
    });
    const { code, stdout, stderr } = await run(['check', '--config', file], { CLOUDMC_KEY: SECRET });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`${file} can be used. Nobody was called.`);
    expect(stdout).toMatch(
      /^cloudmc +http:\/\/127\.0\.0\.1:9\/api\/v2; 1 of 1 organizations have an account$/m,
    );
    expect(stdout).toMatch(/^salesforce +not configured; 0 of 1/m);
    expect(stdout).toMatch(/^clients +1$/m);
    expect(stdout).not.toContain(SECRET);
  });

  it.each<readonly [string, Readonly<Record<string, string>>, string, RegExp]>([
    [
      'an unknown key',
      { 'gateway.yaml': `${GATEWAY}retries: 3\n` },
      'gateway.yaml',
      /:7: retries: unknown key/,
    ],
    [
      'a mistyped secret',
      { 'gateway.yaml': GATEWAY.replace('apiKey', 'apikey') },
      'gateway.yaml',
      /:5: backends\.cloudmc\.apikey: unknown key/,
    ],
    [
      'a number that is none',
      { 'gateway.yaml': GATEWAY.replace('port: 0', `port: ${SECRET}`) },
      'gateway.yaml',
      /:1: listen\.port: /,
    ],
    [
      'a variable that is not set',
      { 'gateway.yaml': GATEWAY.replace(SECRET, '${NOT_SET_ANYWHERE}') },
      'gateway.yaml',
      /:5: backends\.cloudmc\.apiKey: the environment variable NOT_SET_ANYWHERE is not set/,
    ],
    [
      'credentials in a URL',
      { 'gateway.yaml': GATEWAY.replace('http://127', `http://user:${SECRET}@127`) },
      'gateway.yaml',
      /:4: backends\.cloudmc\.url: must not contain credentials/,
    ],
    [
      'everybody on every address',
      { 'gateway.yaml': GATEWAY.replace('127.0.0.1, port', '0.0.0.0, port') },
      'gateway.yaml',
      /: clients: is missing: /,
    ],
    ['YAML that is none', { 'gateway.yaml': `${GATEWAY}a: [\n` }, 'gateway.yaml', /:[78]: \S/],
    [
      'a customer without a name',
      { 'accounts.yaml': '- slug: sleepyco\n  cloudmc:\n    organizationId: nope\n' },
      'accounts.yaml',
      /:1: 0\.name: is missing[^]*:3: 0\.cloudmc\.organizationId: expected a UUID/,
    ],
    [
      'a key that is not hashed',
      {
        'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\n`,
        'clients.yaml': `- name: partner\n  keys:\n    - ${SECRET}\n  organizations: '*'\n`,
      },
      'clients.yaml',
      /:3: 0\.keys\.0: expected sha256:/,
    ],
  ])('of one with %s ends with 2 and names file, line and key', async (_, contents, name, says) => {
    const file = configuration(contents);
    const { code, stdout, stderr } = await run(['check', '-c', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The configuration cannot be used:\n/);
    expect(stderr).toContain(file.replace('gateway.yaml', name));
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });

  it('of one that is not there ends with 2', async () => {
    const file = join(folder, 'nowhere.yaml');
    const { code, stderr } = await run(['check', '-c', file]);
    expect(code).toBe(2);
    expect(stderr).toBe(`The configuration cannot be used:\n  ${file}:1: the file cannot be read\n`);
  });
});

it('schema prints an SDL that can be read', async () => {
  const { code, stdout, stderr } = await run(['schema']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const schema = buildSchema(stdout);
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
    expect.arrayContaining([
      'node',
      'nodes',
      'organization',
      'organizations',
      'commitment',
      'commitments',
      'sources',
    ]),
  );
});

async function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as { data?: unknown; errors?: unknown } };
}

function keep(program: Program): Program {
  running.push(program);
  return program;
}

describe('serve', () => {
  it('answers those who have a key, and ends with 0 when it is told to', async () => {
    const file = configuration({
      'gateway.yaml': `${GATEWAY}clients: ./clients.yaml\n`,
      'clients.yaml': CLIENTS,
    });
    const program = keep(start(['serve', '-c', file]));
    const url = (await program.says(/^The graph is at +(http\S+)$/m))[1] ?? '';
    const health = (await program.says(/^Health is at +(http\S+)$/m))[1] ?? '';
    expect(await ask(url, '{ organizations { totalCount } }')).toMatchObject({ status: 401 });
    expect(await ask(url, '{ organizations { totalCount } }', { 'x-api-key': KEY })).toEqual({
      status: 200,
      body: { data: { organizations: { totalCount: 1 } } },
    });
    expect((await fetch(health)).status).toBe(200);
    // A query that fails upstream, so that there is something to log.
    await ask(url, '{ organization(slug: "sleepyco") { commitments { nodes { id } } } }', {
      'x-api-key': KEY,
    });
    program.process.kill('SIGINT');
    const { code, stdout, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('a source failed');
    for (const secret of [SECRET, KEY]) expect(stdout + stderr).not.toContain(secret);
    await expect(fetch(health)).rejects.toThrow();
  });

  it.each(['port', 'adminPort'])(
    'with a busy %s ends with 2, says so, and leaves nothing running',
    async (which) => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = other.address() as AddressInfo;
        const listen = { port: 0, adminPort: 0, [which]: port };
        const file = configuration({
          'gateway.yaml': GATEWAY.replace(
            /port: 0, adminPort: 0/,
            `port: ${listen.port}, adminPort: ${listen.adminPort}`,
          ),
        });
        // That the process ends by itself shows that nothing of it is left.
        const { code, stdout, stderr } = await run(['serve', '-c', file]);
        expect(code).toBe(2);
        expect(stderr).toMatch(
          new RegExp(
            `^listen EADDRINUSE: .*127\\.0\\.0\\.1:${port}\\. Another program listens there; choose another port\\.$`,
            'm',
          ),
        );
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stdout).toBe('');
      } finally {
        other.close();
      }
    },
  );
});

describe('sandbox', () => {
  it('starts, answers a query over all backends, and ends with 0 on SIGTERM', async () => {
    const program = keep(start(['sandbox', '--port', '0', '--admin-port', '0']));
    const url = (await program.says(/^The graph is at +(http\S+)$/m))[1] ?? '';
    await program.says(/cloudmc +http\S+\n/);
    const { status, body } = await ask(
      url,
      '{ organization(slug: "sleepyco") { name commitments { nodes { source } coverage { complete } } } }',
    );
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      organization: { name: 'SleepyCo', commitments: { coverage: { complete: true } } },
    });
    program.process.kill('SIGTERM');
    const { code, stdout, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).toBe('');
    // What it printed can be tried as it stands.
    expect(stdout).toContain(`curl -s ${url} `);
    const emulators = [...stdout.matchAll(/^ {2}[a-z-]+ +(http:\S+)$/gm)].map(([, at]) => at ?? '');
    expect(emulators).toHaveLength(5);
    for (const gone of [url, ...emulators]) await expect(fetch(gone)).rejects.toThrow();
  });

  it('ends on a signal that comes as soon as it says where it is, and a second one changes nothing', async () => {
    const program = keep(start(['sandbox', '--port', '0', '--admin-port', '0']));
    await program.says(/^The graph is at/m);
    program.process.kill('SIGTERM');
    program.process.kill('SIGTERM');
    expect((await program.ended).code).toBe(0);
  });

  it('makes as many customers as are wanted', async () => {
    const program = keep(
      start(['sandbox', '--port', '0', '--admin-port', '0', '--organizations', '7', '--commitments', '2']),
    );
    const url = (await program.says(/^The graph is at +(http\S+)$/m))[1] ?? '';
    expect((await ask(url, '{ organizations { totalCount } }')).body).toEqual({
      data: { organizations: { totalCount: 7 } },
    });
  });
});
