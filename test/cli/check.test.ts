/** `check`, run as a process: exit codes, and messages that name file, line and key and never a secret. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENTS, configuration, folder, GATEWAY, SECRET } from '../support/configuration.js';
import { run, start } from '../support/program.js';

describe.concurrent('check', () => {
  it('of a good configuration says what it amounts to', async () => {
    const file = configuration({
      'gateway.yaml': `${GATEWAY.replace(SECRET, '${CLOUDMC_KEY}\n    allowPrivateAddresses: true')}clients: ./clients.yaml\n`,
      'clients.yaml': CLIENTS,
    });
    const { code, stdout, stderr } = await run(['check', '--config', file], { CLOUDMC_KEY: SECRET });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`${file} can be used. Nobody was called.`);
    expect(stdout).toMatch(
      /^cloudmc +http:\/\/127\.0\.0\.1:9\/api\/v2, private addresses allowed; 1 of 1 organizations have an account$/m,
    );
    expect(stdout).toMatch(/^salesforce +not configured; 0 of 1/m);
    expect(stdout).toMatch(/^clients +1$/m);
    expect(stdout).not.toContain(SECRET);
  });

  // S103
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

  it.each(['stdout', 'stderr'] as const)('does not mind that nobody reads its %s', async (stream) => {
    const file = configuration(stream === 'stdout' ? {} : { 'gateway.yaml': `${GATEWAY}retries: 3\n` });
    const program = start(['check', '-c', file]);
    program.process[stream]?.destroy();
    const { code, stderr } = await program.ended;
    expect(stderr).toBe('');
    expect(code).toBe(stream === 'stdout' ? 0 : 2);
  });

  it('of one that is not there ends with 2', async () => {
    const file = join(folder, 'nowhere.yaml');
    const { code, stderr } = await run(['check', '-c', file]);
    expect(code).toBe(2);
    expect(stderr).toBe(`The configuration cannot be used:\n  ${file}:1: the file cannot be read\n`);
  });
});
