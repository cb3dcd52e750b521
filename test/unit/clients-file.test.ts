/** The clients file: both of its forms, what is left out, what is refused and where, and how commands change it. */
import { describe, expect, it } from 'vitest';
import { parseClients } from '../../src/config/clients.js';
import {
  EditRefusal,
  withClient,
  withoutClient,
  withoutKey,
  withSecondKey,
} from '../../src/config/clients-edit.js';
import { ConfigError } from '../../src/config/yaml-file.js';
import { READ_SCOPES } from '../../src/domain/principal.js';

const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
const [A, B, C] = [hash('a'), hash('b'), hash('c')];
const parse = (text: string) => parseClients('clients.yaml', text, new Set(['sleepyco', 'other']), {});
const ISSUER = `issuers:
  - issuer: https://login.example
    jwksUri: https://login.example/jwks
    audience: commitment-graph
`;

function problemsOf(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`);
    }
  }
  throw new Error('nothing was wrong with it');
}

describe('the file', () => {
  it('may be a list, of clients that may read everything where nothing is said', () => {
    const { clients, issuers } = parse(`- { name: web, keys: ["${A}"], organizations: [sleepyco] }`);
    expect(issuers).toEqual([]);
    expect(clients).toEqual([
      { name: 'web', keys: [A], organizations: ['sleepyco'], inspect: false, scopes: [...READ_SCOPES] },
    ]);
  });

  it('gives exactly the scopes that it says', () => {
    const scopesOf = (said: string) =>
      parse(`- { name: web, keys: ["${A}"], organizations: '*', scopes: ${said} }`).clients[0]?.scopes;
    expect(scopesOf('["contracts:write"]')).toEqual(['contracts:write']);
    expect(scopesOf('[]')).toEqual([]);
  });

  it('may be a mapping, with issuers whose settings have defaults', () => {
    const { clients, issuers } = parse(ISSUER);
    expect(clients).toEqual([]);
    expect(issuers).toMatchObject([
      {
        leewaySeconds: 30,
        claims: { client: 'client_id', organizations: 'organizations', scopes: 'scope' },
        inspect: false,
      },
    ]);
    for (const algorithm of issuers[0]?.algorithms ?? []) expect(algorithm).not.toMatch(/^HS|none/);
    expect(
      parse(`clients: [{ name: web, keys: ["${A}"], organizations: '*' }]\n${ISSUER}`).clients,
    ).toHaveLength(1);
  });

  it.each([
    [
      'a shared secret',
      `${ISSUER}    algorithms: [RS256, HS256]\n`,
      /^5 issuers\.0\.algorithms\.1: .*public key/,
    ],
    ['no signature', `${ISSUER}    algorithms: [none]\n`, /^5 issuers\.0\.algorithms\.0: /],
    ['no algorithm', `${ISSUER}    algorithms: []\n`, /^5 issuers\.0\.algorithms: needs/],
    ['too much leeway', `${ISSUER}    leewaySeconds: 61\n`, /^5 issuers\.0\.leewaySeconds: /],
    ['no audience', ISSUER.replace(/ {4}audience.*\n/, ''), /^2 issuers\.0\.audience: is missing/],
    [
      'keys in the open',
      ISSUER.replace('jwksUri: https', 'jwksUri: http'),
      /^3 issuers\.0\.jwksUri: .*https/,
    ],
    [
      'keys at a metadata service',
      ISSUER.replace('login.example/jwks', '169.254.169.254/'),
      /^3 issuers\.0\.jwksUri: /,
    ],
    ['one issuer twice', ISSUER + ISSUER.slice(ISSUER.indexOf('  -')), /^5 issuers\.1\.issuer: occurs twice/],
    [
      'an unknown key',
      `${ISSUER}    secret: x\n`,
      /^5 issuers\.0\.secret: unknown key; possible here: issuer, /,
    ],
    ['an unknown part', `${ISSUER}keys: []\n`, /^5 keys: unknown key; possible here: clients, issuers/],
    [
      'a foreign customer',
      `clients:\n  - name: web\n    keys: ["${A}"]\n    organizations: [nobody]\n`,
      /^4 clients\.0\.organizations\.0: nobody is not in/,
    ],
    [
      'one name twice',
      `clients:\n${`  - { name: web, keys: ["${A}"], organizations: [] }\n`.repeat(2)}`,
      /^3 clients\.1: a name or key occurs twice/,
    ],
    ['half a line', '- name: web\n  keys: ["sha', /^\d /],
  ])('is refused with %s', (_, text, says) => {
    expect(problemsOf(text)[0]).toMatch(says);
  });

  it('takes keys of loopback without encryption', () => {
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:1']) {
      expect(parse(ISSUER.replace('https://login.example/jwks', `http://${host}/jwks`)).issuers).toHaveLength(
        1,
      );
    }
  });
});

const LIST = `# Who may ask.
- name: web # the portal
  # rotated in May
  keys: ['${A}'] # of the portal
  organizations: [sleepyco]

# Partners.
- { name: partner, keys: ["${B}", "${C}"], organizations: "*", scopes: [] }
`;

describe('a change to it', () => {
  const added = { name: 'new', key: hash('d'), organizations: ['sleepyco'], scopes: null } as const;

  it('adds a client, and leaves the rest as it is', () => {
    const text = withClient(LIST, added);
    // Spaces within brackets are the library's.
    const unpadded = (yaml: string) => yaml.replace(/\[ /g, '[').replace(/ \]/g, ']');
    expect(unpadded(text)).toContain(LIST.slice(0, LIST.indexOf('- { name')));
    for (const [comment] of LIST.matchAll(/#.*/g)) expect(text).toContain(comment);
    expect(parse(text).clients.map(({ name }) => name)).toEqual(['web', 'partner', 'new']);
    expect(text).toMatch(
      /\n- name: new\n {2}keys: \[ ?sha256:d+ ?\]\n {2}organizations: \[ ?sleepyco ?\]\n$/,
    );
  });

  it.each([
    ['nothing', ''],
    ['a comment', '# Who may ask.\n'],
    ['an empty list', '[]\n'],
    ['issuers alone', ISSUER],
    ['an empty list beside issuers', `clients: []\n${ISSUER}`],
  ])('adds the first client to %s', (_, text) => {
    const made = parse(withClient(text, { ...added, organizations: '*', scopes: ['contracts:write'] }));
    expect(made.clients).toMatchObject([{ name: 'new', organizations: '*', scopes: ['contracts:write'] }]);
    expect(made.issuers).toHaveLength(text.includes('issuers') ? 1 : 0);
  });

  it('adds a second key, and no third', () => {
    expect(parse(withSecondKey(LIST, 'web', hash('d'))).clients[0]?.keys).toEqual([A, hash('d')]);
    expect(() => withSecondKey(LIST, 'partner', hash('d'))).toThrow(/bbbbbbbbbbbb and cccccccccccc. Retire/);
  });

  it('retires the key that is meant, and never the last', () => {
    const { text, key } = withoutKey(LIST, 'partner', 'bbbb');
    expect(key).toBe(B);
    expect(parse(text).clients[1]?.keys).toEqual([C]);
    expect(text).toContain('# of the portal');
    expect(() => withoutKey(LIST, 'partner', 'dddd')).toThrow(/no key whose hash begins with dddd/);
    expect(() => withoutKey(LIST, 'web', 'aaaa')).toThrow(/only this key/);
    const alike = LIST.replace(C, `sha256:bbbb${'c'.repeat(60)}`);
    expect(() => withoutKey(alike, 'partner', 'bbbb')).toThrow(/Two keys/);
  });

  it('removes a client', () => {
    expect(parse(withoutClient(LIST, 'partner')).clients.map(({ name }) => name)).toEqual(['web']);
    const text = withoutClient(LIST, 'web');
    expect(parse(text).clients.map(({ name }) => name)).toEqual(['partner']);
    expect(text).toContain('# Partners.');
    expect(parse(withoutClient(withoutClient(LIST, 'web'), 'partner')).clients).toEqual([]);
  });

  it.each([
    ['a name that is there', () => withClient(LIST, { ...added, name: 'web' })],
    ['rotating nobody', () => withSecondKey(LIST, 'nobody', A)],
    ['retiring of nobody', () => withoutKey(LIST, 'nobody', 'aaaa')],
    ['revoking nobody', () => withoutClient(LIST, 'nobody')],
  ])('is refused: %s', (_, edit) => {
    expect(edit).toThrow(EditRefusal);
  });
});
