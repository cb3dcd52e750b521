/**
 * A gateway whose every secret is a canary, and all that can be done with it: reads and changes of every kind, by
 * everybody, while its backends answer and while they repeat in errors what they were sent. Keeps every byte that comes
 * out of it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { SCOPES } from '../../src/domain/principal.js';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { everyChange } from '../support/every-change.js';
import { EVERYTHING } from '../support/everything.js';
import { claims, makeKey, sign, startIssuer } from '../support/issuer.js';
import { exchange } from '../support/raw-client.js';
import type { GraphAnswer } from '../support/gateway.js';
import { until } from '../support/until.js';
import { compiled } from '../support/compiled.js';
import { canaryOf, createCanary, type Canary } from './canaries.js';
import { startDisguise, type Disguise } from './disguise.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Output {
  readonly where: string;
  readonly bytes: string | Uint8Array;
}

export interface Told {
  readonly outputs: readonly Output[];
  readonly canaries: readonly Canary[];
  /** Requests of each backend that had a secret in them. */
  readonly used: Readonly<Record<string, number>>;
  /** What was answered, so that it can be seen that something was done. */
  readonly codes: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

export const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

export const FILES_WITH_SECRETS = ['gateway.yaml', 'secret-of-cloudmc'];

/** Canaries that are made once for a run, by what they are. */
function plant() {
  const visible = (core: string) => `cg-${core}/+=`;
  return {
    cmUser: createCanary('user name of Commitment Manager', visible),
    cmKey: createCanary('webhook key of Commitment Manager'),
    cmToken: createCanary('bearer token of Commitment Manager', visible),
    sfId: createCanary('client id of Salesforce', visible),
    sfSecret: createCanary('client secret of Salesforce'),
    sfSession: createCanary('session of Salesforce', visible),
    lsUser: createCanary('user name of LogiSense'),
    lsPassword: createCanary('password of LogiSense'),
    lsId: createCanary('client id of LogiSense', visible),
    lsAccess: createCanary('access token of LogiSense', visible),
    lsRefresh: createCanary('refresh token of LogiSense', visible),
    mnKey: createCanary('key of MonetizeNow'),
    mcKey: createCanary('key of CloudMC', visible),
    redis: createCanary('password of Redis', (core) => `p${core}`),
    cookie: createCanary('cookie of a backend', visible),
    ourCookie: createCanary('cookie of a caller', visible),
    key: createCanary('key of a client', visible),
    smallKey: createCanary('key of a client that may little', visible),
    wrongKey: createCanary('key of nobody', visible),
    basic: createCanary('password of a caller', visible),
  };
}

export async function doEverything(): Promise<Told> {
  const planted = plant();
  const canaries: Canary[] = Object.values(planted);
  const secret = (name: keyof typeof planted) => planted[name].secret;
  for (const name of ['key', 'smallKey'] as const) {
    canaries.push(canaryOf(`hash of the ${planted[name].name}`, hashOf(secret(name))));
  }
  const signing = await makeKey('k1');
  await using issuer = await startIssuer(signing);
  const now = Math.floor(Date.now() / 1_000);
  const token = await sign(signing, claims(now, { organizations: '*', scope: SCOPES.join(' ') }));
  const expired = await sign(signing, claims(now - 10_000));
  for (const [name, one] of Object.entries({ token, expired })) {
    canaries.push(canaryOf(`signature of the ${name} token`, one.split('.')[2] ?? ''));
  }

  const sandbox = await startSandbox();
  const { backends } = sandbox;
  const real = {
    commitmentManager: backends.commitmentManager!,
    salesforce: backends.salesforce!,
    logisense: backends.logisense!,
    monetizenow: backends.monetizenow!,
    cloudmc: backends.cloudmc!,
  };
  const pairs: Readonly<Record<keyof typeof real, readonly (readonly [string, string])[]>> = {
    commitmentManager: [
      [secret('cmUser'), real.commitmentManager.username],
      [secret('cmKey'), real.commitmentManager.webhookApiKey],
      [secret('cmToken'), real.commitmentManager.bearerToken],
    ],
    salesforce: [
      [secret('sfId'), real.salesforce.clientId],
      [secret('sfSecret'), real.salesforce.clientSecret],
    ],
    logisense: [
      [secret('lsUser'), real.logisense.username],
      [secret('lsPassword'), real.logisense.password],
      [secret('lsId'), real.logisense.clientId],
    ],
    monetizenow: [[secret('mnKey'), real.monetizenow.apiKey]],
    cloudmc: [[secret('mcKey'), real.cloudmc.apiKey]],
  };
  const tokens: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    salesforce: [[secret('sfSession'), 'sandbox-session-']],
    logisense: [
      [secret('lsAccess').replace('/+=', '-'), 'access-token-'],
      [secret('lsRefresh').replace('/+=', '-'), 'sandbox-refresh-token-'],
    ],
  };
  const disguises = {} as Record<keyof typeof real, Disguise>;
  for (const name of Object.keys(real) as (keyof typeof real)[]) {
    disguises[name] = await startDisguise({
      target: new URL(real[name].url).origin,
      pairs: pairs[name],
      tokens: tokens[name] ?? [],
      cookie: `session=${secret('cookie')}`,
    });
  }
  const at = (name: keyof typeof real) =>
    disguises[name].url + new URL(real[name].url).pathname.replace(/\/$/, '');
  const limits = { timeoutMs: 1_000, writeTimeoutMs: 1_000, freshForMs: 0, staleForMs: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'commitment-graph-canaries-'));
  const clients = {
    clients: [
      {
        name: 'large',
        keys: [`sha256:${hashOf(secret('key'))}`],
        organizations: '*',
        scopes: [...SCOPES],
        inspect: true,
      },
      { name: 'small', keys: [`sha256:${hashOf(secret('smallKey'))}`], organizations: ['sleepyco'] },
    ],
    issuers: [
      {
        issuer: 'https://login.example',
        jwksUri: `${issuer.url}/jwks`,
        audience: 'commitment-graph',
        algorithms: ['ES256'],
      },
    ],
  };
  const write = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : stringify(content));
  };
  write('gateway.yaml', {
    listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
    backends: {
      commitmentManager: {
        url: at('commitmentManager'),
        username: secret('cmUser'),
        webhookApiKey: secret('cmKey'),
        bearerToken: '${CM_TOKEN}',
        ...limits,
      },
      salesforce: {
        url: at('salesforce'),
        clientId: secret('sfId'),
        clientSecret: secret('sfSecret'),
        ...limits,
      },
      logisense: {
        url: at('logisense'),
        username: secret('lsUser'),
        password: '${LS_PASSWORD}',
        clientId: secret('lsId'),
        ...limits,
      },
      monetizenow: { url: at('monetizenow'), apiKey: secret('mnKey'), ...limits },
      cloudmc: { url: at('cloudmc'), apiKey: 'file:secret-of-cloudmc', ...limits },
    },
    accounts: './accounts.yaml',
    clients: './clients.yaml',
    documents: { mode: 'log', path: './documents' },
    store: 'sqlite:./gateway.db',
    redis: `redis://:${secret('redis')}@127.0.0.1:9`,
    limits: { mode: 'measure' },
  });
  write('secret-of-cloudmc', `${secret('mcKey')}\n`);
  write('accounts.yaml', sandbox.directory);
  write('clients.yaml', clients);
  mkdirSync(join(folder, 'documents'));

  const outputs: Output[] = [];
  const codes = new Set<string>();
  const states = new Set<string>();
  const keep = (where: string, bytes: Output['bytes']) => {
    outputs.push({ where, bytes });
    const text = typeof bytes === 'string' ? bytes : '';
    for (const [, code = ''] of text.matchAll(/"code":"([A-Z_]+)"/g)) codes.add(code);
    for (const [, state = ''] of text.matchAll(/"state":"([A-Z_]+)"/g)) states.add(state);
  };

  const child = spawn(
    process.execPath,
    [join(compiled(['src']), 'src/main.js'), 'serve', '-c', join(folder, 'gateway.yaml'), '--log', 'debug'],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        NO_COLOR: '1',
        CM_TOKEN: secret('cmToken'),
        LS_PASSWORD: secret('lsPassword'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    await Promise.race([
      ended,
      new Promise<void>((resolve) =>
        child.stdout.on('data', () => stdout.includes('Health is at') && resolve()),
      ),
    ]);
    const [, url = ''] = /(http:\S+)\/graphql/.exec(stdout) ?? [];
    const [, admin = ''] = /(http:\S+)\/health/.exec(stdout) ?? [];
    if (url === '') throw new Error(`the gateway did not start: ${stderr}`);

    const get = async (
      where: string,
      address: string,
      init: RequestInit = {},
      tries = 50,
    ): Promise<{ status: number; text: string }> => {
      const response = await fetch(address, { redirect: 'manual', ...init });
      const headers = JSON.stringify([...response.headers]);
      keep(`${where}: headers`, headers);
      const text = await response.text();
      keep(where, text);
      // A machine that is too busy for it: what is asked for is to be done.
      if (response.status === 503 && tries > 0) {
        await rest(100);
        return get(where, address, init, tries - 1);
      }
      return { status: response.status, text };
    };
    const ask = async (
      where: string,
      query: string,
      variables: object,
      headers: Readonly<Record<string, string>>,
    ) => {
      const { status, text } = await get(where, `${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: GraphAnswer['errors'] };
      return { status, text, data, errors: errors ?? [] };
    };
    const large = {
      'x-api-key': secret('key'),
      cookie: `session=${secret('ourCookie')}`,
      'graphql-upstream-report': '1',
      'graphql-cost-report': '1',
    };
    const callers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['by a key', large],
      ['by a bearer key', { authorization: `Bearer ${secret('smallKey')}` }],
      ['by a token', { authorization: `Bearer ${token}` }],
      ['by a token that has expired', { authorization: `Bearer ${expired}` }],
      ['by nobody', { 'x-api-key': secret('wrongKey') }],
      ['by nobody with a token', { authorization: `Bearer ${secret('wrongKey')}` }],
      [
        'by a password',
        { authorization: `Basic ${Buffer.from(`me:${secret('basic')}`).toString('base64')}` },
      ],
    ];
    for (const [who, headers] of callers) {
      await ask(`all that there is, ${who}`, EVERYTHING, {}, headers);
      await ask(
        `the schema, ${who}`,
        '{ __schema { types { name fields { name description } } } }',
        {},
        headers,
      );
      await ask(`nonsense, ${who}`, '{ nope(', {}, headers);
    }

    // A fine time, and times at which everything is repeated to us.
    const query = (document: string, variables = {}) =>
      ask('a query between changes', document, variables, large);
    let number = 0;
    let operation = '';
    const change = async (when: string, name: string, input: object) => {
      number += 1;
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const { data } = await ask(
        `${name} ${when}`,
        `mutation ($input: ${type}!) { ${name}(input: $input) {
          operation { id state request { method path body } failure { code message } references { trackingId taskId } }
          preview { request { method path body } implications { message } unchecked }
          userErrors { path code message }
        } }`,
        { input: { idempotencyKey: `canary-${number}`, ...input } },
        large,
      );
      const payload = (data as Record<string, { operation?: { id: string } } | undefined> | null)?.[name];
      operation = payload?.operation?.id ?? operation;
      return payload;
    };
    const changes = (when: string) => everyChange(query, (name, input) => change(when, name, input));
    const refusedChanges = async (status: number) => {
      const when = `answered with ${status}`;
      // It goes on as far as its changes need not have been made.
      if (status === 400 || status === 500) await changes(when).catch(() => undefined);
      await change(when, 'contractCommitmentCreate', {
        organization: 'sleepyco',
        accountContractId: '8',
        commitmentTypeId: '1',
      });
      // It looks for seconds whether it was done after all.
      if (status === 400) await change(when, 'organizationSync', { organization: 'sleepyco' });
    };
    const all = Object.values(disguises);
    const repeat = (status: number | null, methods = /./) => {
      for (const one of all) one.echo = status === null ? null : { status, methods };
    };
    await changes('while all is well');
    for (const status of [400, 409, 403, 500, 429, 401]) {
      repeat(status, /POST|PUT|PATCH|DELETE/);
      await refusedChanges(status);
      repeat(status);
      await ask(`all that there is, answered with ${status}`, EVERYTHING, {}, large);
      repeat(null);
    }
    await ask('sources', '{ sources { name isReachable lastFailure { code at } breaker } }', {}, large);
    keep('events', JSON.stringify(await firstEventOf(url, operation, large)));

    for (const path of ['/', '/graphiql', '/graphiql/examples.json', '/nothing', `/keys/${secret('key')}`]) {
      await get(path.startsWith('/keys') ? 'a path with a key' : path, url + path, {
        headers: { ...large, accept: 'text/html' },
      });
    }
    for (const path of ['/health/live', '/health/ready', '/metrics']) await get(path, admin + path);
    const head = `Host: x\r\nConnection: close\r\nX-Api-Key: ${secret('key')}\r\nCookie: a=${secret('ourCookie')}\r\n`;
    for (const [what, bytes] of [
      ['TRACE', `TRACE /graphql HTTP/1.1\r\n${head}\r\n`],
      ['twice', `GET /graphql HTTP/1.1\r\n${head}${head}\r\n`],
      ['no HTTP', `GET /graphql HTTP/1.1\r\n${head}X-Api-Key ${secret('key')}\r\n\r\n`],
      [
        'no JSON',
        `POST /graphql HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 3\r\n\r\n{"a`,
      ],
      ['too long', `GET /graphql HTTP/1.1\r\n${head}X-Long: ${'y'.repeat(20_000)}\r\n\r\n`],
    ] as const) {
      const reply = await exchange(url, bytes);
      keep(what, JSON.stringify(reply));
    }

    // An operator who takes the key itself for its hash, while the gateway runs.
    write('clients.yaml', stringify(clients).replace(`sha256:${hashOf(secret('key'))}`, secret('key')));
    child.kill('SIGHUP');
    await until('the wrong file was read', () => stderr.includes('the clients file is wrong'));
    write('clients.yaml', clients);
  } finally {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', killAtExit);
  }
  keep('standard output', stdout);
  keep('the log', stderr);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    // What the operator wrote has the secrets that he wrote.
    if (FILES_WITH_SECRETS.includes(name) || name === 'clients.yaml' || !statSync(path).isFile()) continue;
    keep(`the file ${name}`, readFileSync(path));
  }
  rmSync(folder, { recursive: true, force: true });
  await sandbox.stop();
  const used = Object.fromEntries(Object.entries(disguises).map(([name, { seen }]) => [name, seen]));
  await Promise.all(Object.values(disguises).map((one) => one[Symbol.asyncDispose]()));
  return { outputs, canaries, used, codes, states };
}

async function firstEventOf(
  url: string,
  id: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({
      query:
        'subscription ($id: ID!) { contractOperationChanged(id: $id) { state failure { message } request { body } } }',
      variables: { id },
    }),
    signal: AbortSignal.timeout(2_000),
  });
  let text = '';
  try {
    for await (const piece of response.body ?? []) {
      text += Buffer.from(piece as Uint8Array).toString('utf8');
      if (text.includes('event: next')) break;
    }
  } catch {
    // It goes on for as long as the operation is open.
  }
  return { headers: [...response.headers], text };
}
