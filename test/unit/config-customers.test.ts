/** The account directory and the clients file: what is wrong in them is said with file, line and key. */
import { describe, expect, it } from 'vitest';
import { READ_SCOPES } from '../../src/domain/principal.js';
import { ACCOUNTS, GATEWAY, load, PLACEHOLDER, problemsOf, write } from '../support/config-folder.js';

/** With a line for each term, so that each has a line of its own to be named. */
const TERMS = ACCOUNTS.replace(
  /\n {2}logisense.*/,
  `
  logisense:
    accountContractIds: [8]
    accountContractTerms:
      8: { startsOn: 2024-01-01 }
      24:
        startsOn: 2024-01-01
`,
);

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
    [
      'a term of another contract',
      TERMS,
      'accounts.yaml:10 0.logisense.accountContractTerms.24',
      /is not among accountContractIds/,
    ],
    [
      'a broken term below a number',
      TERMS.replace('        startsOn: 2024-01-01', '        startsOn: 2024-02-30'),
      'accounts.yaml:11 0.logisense.accountContractTerms.24.startsOn',
      /day that exists/,
    ],
    ['nothing but comments', '# nobody yet\n', 'accounts.yaml:1 ', /^the file is empty; a list is expected$/],
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
      { name: 'web', keys: [key], organizations: ['sleepyco'], inspect: false, scopes: [...READ_SCOPES] },
    ]);
  });
  it('may change what their scopes say, and nothing else', () => {
    const scopes = ['contracts:write', 'commitments:write', 'commitments:delete'];
    const entry = `name: web, keys: ["${key}"], organizations: "*"`;
    write('clients.yaml', `- { ${entry}, scopes: [${scopes.map((scope) => `"${scope}"`).join(', ')}] }`);
    expect(load(`${GATEWAY}clients: clients.yaml\n`).clients?.[0]?.scopes).toEqual(scopes);
    write('clients.yaml', `- { ${entry}, scopes: ["contracts:write", "contracts:*"] }`);
    const [problem] = problemsOf(() => load(`${GATEWAY}clients: clients.yaml\n`));
    expect(problem?.at).toBe('clients.yaml:1 0.scopes.1');
    expect(problem?.message).toMatch(/contracts:write/);
  });
  it('with slugs that are not there are told all of them, each with its line', () => {
    write(
      'clients.yaml',
      `- name: web
  keys: ["${key}"]
  organizations:
    - sleepyco
    - nobody
    - no-one
- name: other
  keys: ["sha256:${'1'.repeat(64)}"]
  organizations: [nobody]
`,
    );
    const problems = problemsOf(() => load(`${GATEWAY}clients: clients.yaml\n`));
    expect(problems).toEqual([
      { at: 'clients.yaml:5 0.organizations.1', message: 'nobody is not in the account directory' },
      { at: 'clients.yaml:6 0.organizations.2', message: 'no-one is not in the account directory' },
      { at: 'clients.yaml:9 1.organizations.0', message: 'nobody is not in the account directory' },
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
