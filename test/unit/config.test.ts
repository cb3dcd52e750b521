/** Configuration: what is wrong is said with file, line and key, and nothing secret is repeated. */
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, GATEWAY, load, PLACEHOLDER, problemsOf, write } from '../support/config-folder.js';

describe('a good configuration', () => {
  it('is read with its defaults, its environment and its accounts', () => {
    const config = load(GATEWAY);
    expect(config.listen).toEqual({
      host: '127.0.0.1',
      port: 4000,
      adminPort: 4001,
      allowedOrigins: [],
    });
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

  it('lists the origins of pages that may ask', () => {
    const origins = ['https://app.example', 'http://localhost:5173'];
    const text = GATEWAY.replace('port: 4000', `allowedOrigins: ${JSON.stringify(origins)}`);
    expect(load(text).listen.allowedOrigins).toEqual(origins);
  });

  it('takes a secret from a file beside it', () => {
    write('key.txt', `${PLACEHOLDER}-from-file\nsecond line`);
    expect(load(GATEWAY.replace('${CLOUDMC_KEY}', 'file:key.txt')).backends.cloudmc?.apiKey).toBe(
      `${PLACEHOLDER}-from-file`,
    );
  });

  it.each([
    'https://10.0.0.7/api/v2',
    'https://[fd12:3456::7]/api/v2',
    'https://127.0.0.1:8443/api/v2',
    'http://127.0.0.1:8080/api/v2',
    'http://[::1]:8080/api/v2',
    'http://localhost:8080/api/v2',
  ])('takes %s as it is: an operator wrote it down', (url) => {
    expect(load(GATEWAY.replace('https://cloud.example/api/v2', `'${url}'`)).backends.cloudmc?.url).toBe(url);
  });

  it('lets names lead into private networks only where it says so', () => {
    expect(load(GATEWAY).backends.cloudmc?.allowPrivateAddresses).toBe(false);
    const allowing = GATEWAY.replace('    apiKey', '    allowPrivateAddresses: true\n    apiKey');
    expect(load(allowing).backends.cloudmc?.allowPrivateAddresses).toBe(true);
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

describe('the store', () => {
  it.each<[string, unknown]>([
    ['', { kind: 'sqlite', file: expect.stringMatching(/\/data\/gateway\.db$/) as unknown }],
    ['store: sqlite:./j.db\n', { kind: 'sqlite', file: expect.stringMatching(/[^.]\/j\.db$/) as unknown }],
    ['store: sqlite:/var/j.db\n', { kind: 'sqlite', file: '/var/j.db' }],
    ['store: postgres://db.example/j\n', { kind: 'postgres', url: 'postgres://db.example/j' }],
    ['store: none\n', null],
  ])('given as %j is %j', (line, store) => {
    expect(load(`${GATEWAY}${line}`).store).toEqual(store);
  });

  it.each(['mysql://x', 'gateway.db', 'sqlite:', 'sqlite::memory:'])('is not %s', (text) => {
    expect(problemsOf(() => load(`${GATEWAY}store: '${text}'\n`))).toEqual([
      { at: 'gateway.yaml:7 store', message: expect.stringMatching(/expected sqlite:/) as unknown },
    ]);
  });
});

/** Lists of ten of the list before: `levels` of them come to ten to that power. */
function bomb(levels: number): string {
  return Array.from(
    { length: levels },
    (_, i) => `x${i + 2}: &x${i + 2} [${Array.from({ length: 10 }, () => `*x${i + 1}`).join(', ')}]\n`,
  ).join('');
}

describe('a number', () => {
  const gateway = GATEWAY.replace('port: 4000', "port: '${PORT}'").replace(
    '    apiKey',
    '    requestsPerSecond: ${RATE}\n    apiKey',
  );

  it('may come from the environment, and text of digits stays text', () => {
    const config = load(gateway, { PORT: '4100', RATE: '7', CLOUDMC_KEY: '123456' });
    expect(config.listen.port).toBe(4100);
    expect(config.backends.cloudmc).toMatchObject({ requestsPerSecond: 7, apiKey: '123456' });
  });

  it('may come from the environment in a list too', () => {
    write('accounts.yaml', ACCOUNTS.replace('[8, 24]', '[8, "${SECOND}"]'));
    const [sleepyco] = load(GATEWAY, { CLOUDMC_KEY: PLACEHOLDER, SECOND: '24' }).organizations;
    expect(sleepyco?.logisense?.accountContractIds).toEqual(['8', '24']);
  });

  it.each(['4100.5', '-1', '0x10', 'many', '1e3'])('does not come from %j', (PORT) => {
    const problems = problemsOf(() => load(gateway, { PORT, RATE: '7', CLOUDMC_KEY: PLACEHOLDER }));
    expect(problems).toEqual([
      { at: 'gateway.yaml:1 listen.port', message: 'expected number, received string' },
    ]);
  });

  it('does not come from a part of a value, nor from quoted digits', () => {
    for (const port of ["'4${REST}'", "'4100'"]) {
      const text = GATEWAY.replace('port: 4000', `port: ${port}`);
      expect(problemsOf(() => load(text, { REST: '100', CLOUDMC_KEY: PLACEHOLDER }))[0]?.at).toBe(
        'gateway.yaml:1 listen.port',
      );
    }
  });
});

describe('a broken configuration', () => {
  it.each<[string, (gateway: string) => string, string, RegExp]>([
    [
      'an unknown key',
      (g) => g.replace('    apiKey', '    colour: red\n    apiKey'),
      'gateway.yaml:5 backends.cloudmc.colour',
      /^unknown key; possible here: url, apiKey, timeoutMs, writeTimeoutMs, freshForMs, staleForMs, concurrency, sharing, requestsPerSecond, allowPrivateAddresses$/,
    ],
    [
      'a missing key',
      (g) => g.replace(/ {4}apiKey.*\n/, ''),
      'gateway.yaml:3 backends.cloudmc.apiKey',
      /is missing/,
    ],
    [
      'an unknown key at the top',
      (g) => `${g}stores: x\n`,
      'gateway.yaml:7 stores',
      /^unknown key; possible here: listen, backends, accounts, clients, documents, store, redis, workers, execution, limits, verification, history$/,
    ],
    [
      'one port for both',
      (g) => g.replace('port: 4000', 'port: 4001'),
      'gateway.yaml:1 listen.adminPort',
      /must not be the port of the graph/,
    ],
    ...[
      '*',
      'app.example',
      'https://app.example/',
      'https://app.example:443',
      'null',
      'ftp://app.example',
    ].map((origin): [string, (gateway: string) => string, string, RegExp] => [
      `the origin ${origin}`,
      (g) => g.replace('port: 4000', `allowedOrigins: ['${origin}']`),
      'gateway.yaml:1 listen.allowedOrigins.0',
      /^expected an origin such as https:\/\/app\.example/,
    ]),
    [
      'nothing but comments',
      () => '# to be written\n',
      'gateway.yaml:1 ',
      /^the file is empty; expected are the keys backends, accounts$/,
    ],
    [
      'two documents',
      (g) => `${g}---\n${g}`,
      'gateway.yaml:7 ',
      /^a second document begins here \(after `---`\)/,
    ],
    [
      'an alias of nothing',
      (g) => g.replace('./accounts.yaml', '*here'),
      'gateway.yaml:6 ',
      /^the alias \*here has no anchor &here before it$/,
    ],
    [
      'aliases that unfold without end',
      (g) => `${g}x1: &x1 [a, a, a, a, a, a, a, a, a, a]\n${bomb(9)}`,
      'gateway.yaml:8 ',
      /^its aliases \(\*name\) unfold into too much/,
    ],
    [
      'more brackets than anybody reads',
      (g) => `${g}x: ${'['.repeat(20_000)}\n`,
      'gateway.yaml:7 ',
      /nested too deeply/,
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
      'a setting that is neither true nor false',
      (g) => g.replace('    apiKey', '    allowPrivateAddresses: perhaps\n    apiKey'),
      'gateway.yaml:5 backends.cloudmc.allowPrivateAddresses',
      /boolean/,
    ],
    ...[
      'https://169.254.169.254/latest',
      'http://169.254.169.254/latest',
      'https://2852039166/', // the same, as a number
      'https://[::ffff:169.254.169.254]/',
      'https://[fd00:ec2::254]/',
      'https://[fe80::1]/',
      'https://0.0.0.0/',
      'https://[::]:8443/',
      'https://224.0.0.1/',
    ].map((url): [string, (gateway: string) => string, string, RegExp] => [
      `the origin ${url}, where no backend is`,
      (g) =>
        g
          .replace('https://cloud.example/api/v2', `'${url}'`)
          .replace('    apiKey', '    allowPrivateAddresses: true\n    apiKey'),
      'gateway.yaml:4 backends.cloudmc.url',
      /no backend is at such an address/,
    ]),
    [
      'a login where no backend is',
      (g) =>
        g.replace(
          '  cloudmc:',
          '  logisense: { url: https://l.example, accessToken: x, loginUrl: https://169.254.169.254/Access/Login }\n  cloudmc:',
        ),
      'gateway.yaml:3 backends.logisense.loginUrl',
      /no backend is at such an address/,
    ],
    [
      'a URL in the clear into a private network',
      (g) => g.replace('https://cloud.example', 'http://10.0.0.7'),
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
    ['a Redis that is none', (g) => `${g}redis: http://localhost\n`, 'gateway.yaml:7 redis', /redis:\/\//],
    [
      'a verification that gives up before it looks',
      (g) => `${g}verification: { firstLookSeconds: 120, giveUpSeconds: 60 }\n`,
      'gateway.yaml:7 verification.giveUpSeconds',
      /must not be before firstLookSeconds/,
    ],
    [
      'a verification that looks too often',
      (g) => `${g}verification: { everySeconds: 5, giveUpSeconds: 3600 }\n`,
      'gateway.yaml:7 verification.everySeconds',
      /more than 100 looks/,
    ],
    [
      'a history of no days',
      (g) => `${g}history: { keepDays: 0 }\n`,
      'gateway.yaml:7 history.keepDays',
      />=1/,
    ],
    [
      'limits that limit nothing',
      (g) => `${g}limits: { mode: enforce, operationCost: 0 }\n`,
      'gateway.yaml:7 limits.operationCost',
      />=1/,
    ],
    [
      'a mode of documents that there is not',
      (g) => `${g}documents: { mode: strict }\n`,
      'gateway.yaml:7 documents.mode',
      /"off"\|"log"\|"prefer"\|"enforce"/,
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

describe('ports', () => {
  it('may both be left to the system', () => {
    expect(load(GATEWAY.replace('port: 4000', 'port: 0, adminPort: 0')).listen).toMatchObject({
      port: 0,
      adminPort: 0,
    });
  });
});
