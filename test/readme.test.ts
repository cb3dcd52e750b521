/** The README is true: its query gives its answer, its configuration loads, its links lead somewhere. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { examplesFor } from '../src/cli/examples.js';
import { loadConfig } from '../src/config.js';
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
