/** The README is true: its query gives its answer, its configuration loads, its links lead somewhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { examplesFor } from '../src/cli/examples.js';
import { loadConfig } from '../src/config.js';
import { startSandbox } from '../src/sandbox/sandbox.js';
import { startSandboxedGateway, TODAY } from './support/sandboxed-gateway.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
}

it('its query gives its answer', async () => {
  await using over = await startSandboxedGateway();
  const [query = ''] = blocks('graphql');
  const [answer = ''] = blocks('json');
  const { data, errors } = await over.query(query);
  expect(errors).toEqual([]);
  expect({ data }).toEqual(JSON.parse(answer));
});

it('its change can be tried, and its other queries find what it says', async () => {
  await using over = await startSandboxedGateway({ isWritable: true });
  const [, change = '', reconciliation = '', preflight = '', position = ''] = blocks('graphql');
  const ask = async (query: string) => {
    const { data, errors } = await over.query(query);
    expect(errors).toEqual([]);
    return JSON.stringify(data);
  };

  const contracts = await ask('{ organization(slug: "sleepyco") { contracts { nodes { id externalId } } } }');
  const id = /"id":"([^"]+)","externalId":"ctrct_xNE4v9dkjXjorYAM"/.exec(contracts)?.[1] ?? '';
  expect(change).toContain('contractId: "…"');
  expect(await ask(change.replace('contractId: "…"', `contractId: "${id}"`))).toMatch(
    /"preview":\{"request":\{"method":"POST".*"userErrors":\[\]/,
  );

  const said =
    /finds `([\w-]+)`: the CRM has (\S+) CAD a month and billing (\d+\.\d\d), .*\(`(\w+)`\), (\S+) CAD leak/.exec(
      readme.replaceAll('\n', ' '),
    );
  expect(said).not.toBeNull();
  const differences = await ask(reconciliation);
  for (const value of said?.slice(1) ?? []) expect(differences).toContain(`"${value}"`);
  expect(differences).toContain('"document":"mutation');

  expect(await ask(preflight)).toMatch(/"verdict":"\w+","checks":\[\{/);
  expect(await ask(position)).toMatch(/"forecast":\{"method":"\w+"/);
});

it('the examples of the explorer answer without an error', async () => {
  await using over = await startSandboxedGateway();
  const examples = examplesFor('sleepyco', TODAY);
  expect(examples.length).toBeGreaterThan(3);
  for (const { query, variables } of examples) {
    const { data, errors } = await over.query(query, JSON.parse(variables ?? '{}') as object);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data).length).toBeGreaterThan(200);
  }
});

it('its configuration loads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  try {
    const [gateway = '', accounts = '', clients = ''] = blocks('yaml');
    writeFileSync(join(folder, 'gateway.yaml'), gateway);
    writeFileSync(join(folder, 'accounts.yaml'), accounts);
    writeFileSync(join(folder, 'clients.yaml'), clients);
    await mkdir(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets/cm-token'), 'placeholder\n');
    const named = [...gateway.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
    const config = loadConfig(
      join(folder, 'gateway.yaml'),
      Object.fromEntries(named.map((name) => [name, 'placeholder'])),
    );
    expect(Object.keys(config.backends)).toHaveLength(5);
    expect(config.organizations.map(({ slug }) => slug)).toEqual(['sleepyco']);
    expect(config.clients).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('five commands lead a partner from no key to an answer', async () => {
  const section = /\n## A partner's first call\n([^]*?)\n## /.exec(readme)?.[1] ?? '';
  const commands = /```sh\n([^]*?)```/.exec(section)?.[1]?.trim().split('\n') ?? [];
  expect(commands).toHaveLength(5);
  const [addClient = '', writeFile = '', push = '', serve = '', ask = ''] = commands;
  const named = [...section.matchAll(/`((?:clients|documents): [^`]+)`/g)].map(([, line = '']) => line);
  expect(named).toHaveLength(2);

  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  const sandbox = await startSandbox({ today: TODAY, only: ['cloudmc', 'logisense'] });
  // `npx commitment-graph` as it is in a clone, from source.
  const bin = join(folder, 'bin');
  const tsx = import.meta.resolve('tsx');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\nshift\nexec '${process.execPath}' --import '${tsx}' '${join(root, 'src/main.ts')}' "$@"\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(folder, 'accounts.yaml'), JSON.stringify(sandbox.directory));
  writeFileSync(
    join(folder, 'gateway.yaml'),
    [
      'listen: { host: 127.0.0.1, port: 0, adminPort: 0 }',
      `backends: ${JSON.stringify(sandbox.backends)}`,
      'accounts: ./accounts.yaml',
      'store: none',
      ...named,
    ].join('\n'),
  );
  const shell = (command: string, environment: Readonly<Record<string, string>> = {}) =>
    spawn('sh', ['-c', command], {
      cwd: folder,
      env: { PATH: `${bin}:${process.env['PATH']}`, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const outcomeOf = async (child: ReturnType<typeof shell>) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  };
  let serving: ReturnType<typeof shell> | null = null;
  try {
    const added = await outcomeOf(shell(addClient));
    const key = /^key +(cg_\S+)$/m.exec(added.stdout)?.[1] ?? '';
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(await outcomeOf(shell(writeFile))).toMatchObject({ code: 0 });
    expect(await outcomeOf(shell(push))).toMatchObject({ code: 0, stderr: '' });
    serving = shell(`exec ${serve}`); // so that it can be ended
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      serving?.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, found] = /The graph is at +(http:\S+)\/graphql\n/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      serving?.once('exit', (code) => {
        reject(new Error(`serve ended with ${code}`));
      });
    });
    const asked = await outcomeOf(shell(ask.replace('http://127.0.0.1:4000', url), { KEY: key }));
    expect(JSON.parse(asked.stdout)).toEqual({
      data: {
        organization: {
          name: 'SleepyCo',
          commitments: { nodes: expect.arrayContaining([{ source: 'CLOUDMC' }]) },
        },
      },
    });
  } finally {
    if (serving !== null && serving.exitCode === null) {
      serving.kill();
      await once(serving, 'exit');
    }
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  }
}, 60_000);

it('its commands and links exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [, name = ''] of readme.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name]);
  for (const [, path = ''] of readme.matchAll(/\]\(([^)#:]+)\)/g))
    expect(existsSync(join(root, path))).toBe(true);
  for (const [path] of readme.matchAll(/(?:test|src|schema|\.ci)\/[\w./-]*\w/g)) {
    expect(existsSync(join(root, path)), path).toBe(true);
  }
});
