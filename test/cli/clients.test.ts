/**
 * `clients`, run as a process: a key is shown once and only its hash is kept, what is written is what a gateway accepts,
 * and what cannot be done changes nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENTS, configuration, GATEWAY } from '../support/configuration.js';
import { run } from '../support/program.js';

function rig(clients: string | null = CLIENTS, gateway = `${GATEWAY}clients: ./clients.yaml\n`) {
  const config = configuration({
    'gateway.yaml': gateway,
    ...(clients === null ? {} : { 'clients.yaml': clients }),
  });
  const file = join(dirname(config), 'clients.yaml');
  return {
    config,
    file,
    text: () => readFileSync(file, 'utf8'),
    clients: (...args: readonly string[]) => run(['clients', ...args, '-c', config]),
  };
}

const keyIn = (stdout: string) => /^key {3}(cg_[\w-]{43})$/m.exec(stdout)?.[1] ?? '';
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

describe.concurrent('clients', () => {
  it('makes a file, a client, a second key, and ends them one by one', async () => {
    const { clients, text, file, config } = rig(null);
    const added = await clients(
      'add',
      'portal',
      '--organizations',
      'sleepyco',
      '--scopes',
      'commitments:read,billing:read',
    );
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const first = keyIn(added.stdout);
    expect(text()).toContain(`sha256:${hashOf(first)}`);
    expect(text()).not.toContain(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file)).filter((name) => name.endsWith('.new'))).toEqual([]);
    expect((await run(['check', '-c', config])).stdout).toMatch(/^clients +1$/m);

    const rotated = await clients('rotate', 'portal');
    const second = keyIn(rotated.stdout);
    expect(second).not.toBe(first);
    const again = await clients('rotate', 'portal');
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^portal has two keys already: .*Retire the old one first\.$/m);

    const listed = await clients('list');
    expect(listed.stdout).toContain(
      `keys           ${hashOf(first).slice(0, 12)}…, ${hashOf(second).slice(0, 12)}…`,
    );
    expect(listed.stdout).toContain('scopes         commitments:read billing:read');
    for (const key of [first, second]) expect(listed.stdout).not.toContain(key);

    const retired = await clients('retire', 'portal', '--key', hashOf(first).slice(0, 8));
    expect(retired).toMatchObject({ code: 0, stderr: '' });
    expect(text()).not.toContain(hashOf(first));
    expect((await clients('retire', 'portal', '--key', second)).stderr).toMatch(/only this key/);

    expect((await clients('revoke', 'portal')).code).toBe(0);
    expect((await clients('list')).stdout).toBe('No clients.\n');
  });

  it('lists for programs, without whole hashes', async () => {
    const { clients } = rig();
    const { stdout } = await clients('list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      clients: [
        { name: 'partner', keys: [/^[0-9a-f]{12}$/.exec(JSON.parse(stdout).clients[0].keys[0])?.[0]] },
      ],
      issuers: [],
    });
  });

  it.each([
    [
      'a customer that is not there',
      ['add', 'new', '--organizations', 'nobody'],
      1,
      /nobody is not in the account directory/,
    ],
    [
      'a client that is there',
      ['add', 'partner', '--organizations', '*'],
      1,
      /There is a client partner already/,
    ],
    ['a client that is not', ['rotate', 'nobody'], 1, /There is no client nobody/],
    [
      'a scope that is none',
      ['add', 'new', '--organizations', '*', '--scopes', 'admin'],
      2,
      /Expected one or more of commitments:read/,
    ],
    ['a name that is none', ['add', 'a b', '--organizations', '*'], 2, /letters, digits/],
    ['no customers', ['add', 'new', '--organizations', ' , '], 2, /Expected slugs/],
    ['no hash', ['retire', 'partner', '--key', 'xyz'], 2, /four digits/],
  ])('refuses %s, and changes nothing', async (_, args, code, says) => {
    const { clients, text } = rig();
    const result = await clients(...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(says);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(text()).toBe(CLIENTS);
  });

  it('refuses where the file is wrong already, or is named nowhere', async () => {
    const wrong = rig('- name: partner\n');
    const refused = await wrong.clients('add', 'new', '--organizations', '*');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('clients.yaml:1: 0.keys: is missing');
    expect(wrong.text()).toBe('- name: partner\n');

    const nowhere = rig(null, GATEWAY);
    const unnamed = await nowhere.clients('add', 'new', '--organizations', '*');
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toMatch(/names no clients file\. Add to it: `clients: \.\/clients\.yaml`/);
    expect(existsSync(nowhere.file)).toBe(false);
  });

  it('refuses while another changes the file, and leaves a link a link', async () => {
    const { clients, file, text } = rig();
    const lock = join(dirname(file), '.clients.yaml.new');
    writeFileSync(lock, '');
    const refused = await clients('rotate', 'partner');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain(`remove ${lock}`);
    expect(text()).toBe(CLIENTS);

    const other = rig(null);
    symlinkSync(file, other.file);
    const { code } = await other.clients('list');
    expect(code).toBe(0);
  });
});
