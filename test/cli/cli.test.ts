/**
 * The commands, run as processes: help, exit codes (0 well, 2 the command or its configuration is wrong), and servers
 * that start, answer, and end when they are told to. What `check` says is in a file of its own.
 */
import { createServer, type AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleSlug } from '../../src/cli/example-slug.js';
import { parseAccounts } from '../../src/config.js';
import { clientOf } from '../support/clients.js';
import { CLIENTS, configuration, GATEWAY, KEY, SECRET } from '../support/configuration.js';
import { run, start, type Program } from '../support/program.js';

const running: Program[] = [];

afterEach(async () => {
  for (const program of running.splice(0)) {
    program.process.kill('SIGKILL');
    await program.ended;
  }
});

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
      'commitments of customers that are not generated',
      ['sandbox', '--commitments', '5'],
      /^error: --commitments needs --organizations/,
    ],
    [
      'one port for two servers',
      ['sandbox', '--port', '4001'],
      /^error: --port and --admin-port must differ/,
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
    // Whoever has no key learns no customer's name.
    const examples = await fetch(url.replace('/graphql', '/graphiql/examples.json'));
    if (examples.status !== 503) expect(await examples.text()).toContain('your-customer');
    else expect(await examples.text()).toContain('npm run build');
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

  it('names a customer in its examples only where everybody may read everything', () => {
    const organizations = parseAccounts([{ slug: 'sleepyco', name: 'SleepyCo' }]);
    expect(exampleSlug({ clients: null, organizations })).toBe('sleepyco');
    expect(exampleSlug({ clients: [clientOf('partner', KEY, '*')], organizations })).toBe('your-customer');
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
    // The query that it proposes is about one of them.
    const [, proposed = ''] = await program.says(/-d '(.*)'/);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: proposed,
    });
    expect(await response.json()).toMatchObject({ data: { organization: { name: expect.any(String) } } });
  });
});
