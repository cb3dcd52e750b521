/** Configuration: what is wrong is said with file, line and key, and nothing secret is repeated. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { ConfigError } from '../../src/config/yaml-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commitment-graph-'));
  write('accounts.yaml', ACCOUNTS);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

const ACCOUNTS = `
- slug: sleepyco
  name: SleepyCo
  currency: USD
  cloudmc: { organizationId: 42a54cde-0e5d-4168-9827-5967ded6095e }
  logisense: { accountContractIds: [8, 24], accountContractTerms: { 8: { startsOn: 2024-01-01, endsBefore: 2027-01-01 } } }
`;

const GATEWAY = `listen: { port: 4000 }
backends:
  cloudmc:
    url: https://cloud.example/api/v2
    apiKey: \${CLOUDMC_KEY}
accounts: ./accounts.yaml
`;

const PLACEHOLDER = 'not-a-real-key';

function load(gateway: string, environment: Record<string, string> = { CLOUDMC_KEY: PLACEHOLDER }) {
  write('gateway.yaml', gateway);
  return loadConfig(join(folder, 'gateway.yaml'), environment);
}

/** The problems, as `file:line key`, and their messages. */
function problemsOf(run: () => unknown): { readonly at: string; readonly message: string }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ file, line, key, message }) => ({
        at: `${file.slice(folder.length + 1)}:${line} ${key}`,
        message,
      }));
    }
    throw error;
  }
  return [];
}

describe('a good configuration', () => {
  it('is read with its defaults, its environment and its accounts', () => {
    const config = load(GATEWAY);
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 4000, adminPort: 4001 });
    expect(config.backends.cloudmc).toMatchObject({
      apiKey: PLACEHOLDER,
      timeoutMs: 10_000,
      requestsPerSecond: null,
    });
    expect(config.backends.logisense).toBeUndefined();
    expect(config.clients).toBeNull();
    const [sleepyco] = config.organizations;
    expect(sleepyco).toMatchObject({ slug: 'sleepyco', logisense: { accountContractIds: ['8', '24'] } });
    expect(sleepyco?.logisense?.accountContractTerms.get('8')).toEqual({
      startsOn: '2024-01-01',
      endsBefore: '2027-01-01',
    });
  });

  it('takes a secret from a file beside it', () => {
    write('key.txt', `${PLACEHOLDER}-from-file\nsecond line`);
    expect(load(GATEWAY.replace('${CLOUDMC_KEY}', 'file:key.txt')).backends.cloudmc?.apiKey).toBe(
      `${PLACEHOLDER}-from-file`,
    );
  });

  it('holds Commitment Manager to ten requests a second', () => {
    const config = load(
      GATEWAY.replace(
        '  cloudmc:',
        '  commitmentManager: { url: https://c.example, bearerToken: x }\n  cloudmc:',
      ),
    );
    expect(config.backends.commitmentManager).toMatchObject({
      requestsPerSecond: 10,
      minimumAmountUnit: 'major',
    });
  });
});

describe('a broken configuration', () => {
  it.each<[string, (gateway: string) => string, string, RegExp]>([
    [
      'an unknown key',
      (g) => g.replace('    apiKey', '    colour: red\n    apiKey'),
      'gateway.yaml:5 backends.cloudmc.colour',
      /unknown key/,
    ],
    [
      'a missing key',
      (g) => g.replace(/ {4}apiKey.*\n/, ''),
      'gateway.yaml:3 backends.cloudmc.apiKey',
      /is missing/,
    ],
    ['a wrong type', (g) => g.replace('port: 4000', 'port: four'), 'gateway.yaml:1 listen.port', /number/],
    [
      'a port beyond all ports',
      (g) => g.replace('port: 4000', 'port: 70000'),
      'gateway.yaml:1 listen.port',
      /65535/,
    ],
    [
      'a URL that is none',
      (g) => g.replace('https://cloud.example/api/v2', 'cloud'),
      'gateway.yaml:4 backends.cloudmc.url',
      /URL/,
    ],
    [
      'a URL in the clear',
      (g) => g.replace('https:', 'http:'),
      'gateway.yaml:4 backends.cloudmc.url',
      /https/,
    ],
    [
      'a URL with credentials',
      (g) => g.replace('https://', 'https://user:pass@'),
      'gateway.yaml:4 backends.cloudmc.url',
      /credentials/,
    ],
    ['a key twice', (g) => `${g}accounts: ./other.yaml\n`, 'gateway.yaml:7 ', /unique/],
    ['no YAML', () => 'listen: { port: 4000', 'gateway.yaml:1 ', /flow/i],
    [
      'no backends',
      (g) => g.replace(/backends:[^]*(?=accounts:)/, 'backends: {}\n'),
      'gateway.yaml:2 backends',
      /at least one/,
    ],
    [
      'a missing accounts file',
      (g) => g.replace('accounts.yaml', 'nowhere.yaml'),
      'nowhere.yaml:1 ',
      /cannot be read/,
    ],
    [
      'a feature that is not there',
      (g) => `${g}redis: redis://localhost\n`,
      'gateway.yaml:7 redis',
      /this version/,
    ],
    [
      'documents that would not be enforced',
      (g) => `${g}documents: { mode: enforce }\n`,
      'gateway.yaml:7 documents.mode',
      /off/,
    ],
    [
      'a secret file that is missing',
      (g) => g.replace('${CLOUDMC_KEY}', 'file:none.txt'),
      'gateway.yaml:5 backends.cloudmc.apiKey',
      /cannot be read/,
    ],
    [
      'more requests than Commitment Manager allows',
      (g) =>
        g.replace(
          '  cloudmc:',
          '  commitmentManager: { url: https://c.example, bearerToken: x, requestsPerSecond: 11 }\n  cloudmc:',
        ),
      'gateway.yaml:3 backends.commitmentManager.requestsPerSecond',
      /at most 10/,
    ],
    [
      'half a login',
      (g) => g.replace('  cloudmc:', '  logisense: { url: https://l.example, username: x }\n  cloudmc:'),
      'gateway.yaml:3 backends.logisense',
      /username, password and clientId, or accessToken/,
    ],
    [
      'everybody outside loopback',
      (g) => g.replace('{ port: 4000 }', '{ host: 0.0.0.0 }'),
      'gateway.yaml:1 clients',
      /loopback only/,
    ],
  ])('with %s names file, line and key', (_, change, at, message) => {
    const problems = problemsOf(() => load(change(GATEWAY)));
    expect(problems[0]?.at).toBe(at);
    expect(problems[0]?.message).toMatch(message);
  });

  it('with an environment variable that is not set names it', () => {
    expect(problemsOf(() => load(GATEWAY, {}))).toEqual([
      {
        at: 'gateway.yaml:5 backends.cloudmc.apiKey',
        message: 'the environment variable CLOUDMC_KEY is not set',
      },
    ]);
  });

  it('tells all problems at once, and never a value', () => {
    const gateway = GATEWAY.replace('port: 4000', 'port: -1').replace(
      '    apiKey: ${CLOUDMC_KEY}',
      `    apiKey: [${PLACEHOLDER}]`,
    );
    const problems = problemsOf(() => load(gateway));
    expect(problems.map(({ at }) => at)).toEqual([
      'gateway.yaml:1 listen.port',
      'gateway.yaml:5 backends.cloudmc.apiKey',
    ]);
    expect(JSON.stringify(problems)).not.toContain(PLACEHOLDER);
  });
});

describe('a broken account directory', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'a day that does not exist',
      ACCOUNTS.replace('2024-01-01', '2024-02-30'),
      'accounts.yaml:6 0.logisense.accountContractTerms.8.startsOn',
      /day that exists/,
    ],
    [
      'an id that climbs',
      ACCOUNTS.replace('42a54cde-0e5d-4168-9827-5967ded6095e', '../organizations'),
      'accounts.yaml:5 0.cloudmc.organizationId',
      /UUID/,
    ],
    ['a slug with spaces', ACCOUNTS.replace('sleepyco', 'Sleepy Co'), 'accounts.yaml:2 0.slug', /lower-case/],
    [
      'a slug twice',
      ACCOUNTS + ACCOUNTS.trim().replace(/ {2}(cloudmc|logisense).*\n?/g, ''),
      'accounts.yaml:7 1.slug',
      /belongs to sleepyco already/,
    ],
    [
      'one account of two customers',
      ACCOUNTS + ACCOUNTS.trim().replace('sleepyco', 'other'),
      'accounts.yaml:7 1.slug',
      /belongs to sleepyco already/,
    ],
    [
      'orders that nothing joins',
      ACCOUNTS.replace('  cloudmc:', '  salesforce: {}\n  cloudmc:'),
      'accounts.yaml:5 0.salesforce',
      /missionControlAccountId/,
    ],
  ])('with %s names file, line and key', (_, accounts, at, message) => {
    write('accounts.yaml', accounts);
    const problems = problemsOf(() => load(GATEWAY));
    expect(problems[0]?.at).toBe(at);
    expect(problems[0]?.message).toMatch(message);
  });
});

describe('clients', () => {
  const key = `sha256:${'0'.repeat(64)}`;
  it('are read, and open addresses beyond loopback', () => {
    write('clients.yaml', `- { name: web, keys: ["${key}"], organizations: [sleepyco] }`);
    const config = load(`${GATEWAY.replace('{ port: 4000 }', '{ host: 0.0.0.0 }')}clients: clients.yaml\n`);
    expect(config.clients).toEqual([
      { name: 'web', keys: [key], organizations: ['sleepyco'], inspect: false },
    ]);
  });
  it.each([
    ['a key in the clear', `- { name: web, keys: [${PLACEHOLDER}], organizations: "*" }`, /sha256/],
    [
      'a slug that is not there',
      `- { name: web, keys: ["${key}"], organizations: [nobody] }`,
      /not in the account directory/,
    ],
  ])('with %s are refused', (_, clients, message) => {
    write('clients.yaml', clients);
    const problems = problemsOf(() => load(`${GATEWAY}clients: clients.yaml\n`));
    expect(problems[0]?.message).toMatch(message);
    expect(JSON.stringify(problems)).not.toContain(PLACEHOLDER);
  });
});
