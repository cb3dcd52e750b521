/**
 * The configuration of a gateway: `gateway.yaml` and the files that it names, checked once at start.
 *
 * Guarantees: a configuration that loads can be run, as far as can be known without calling anybody. Refuses keys that
 * it does not know and keys of features that this version does not have: a limit that is written down and not enforced
 * is worse than none.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { accountsSchema } from './config/accounts.js';
import { historySchema, type HistorySettings } from './config/history.js';
import { gatewayLimitsSchema } from './config/limits.js';
import { verificationSchema } from './config/verification.js';
import { parseClients, type Access, type ClientEntry, type IssuerEntry } from './config/clients.js';
import { ConfigError, readText, readYamlFile, type Environment } from './config/yaml-file.js';
import { kindOfAddress } from './domain/address.js';
import type { VerificationSchedule } from './domain/change-verification.js';
import type { Organization } from './domain/organization.js';
import type { Limits } from './domain/principal.js';

const SECOND = 1000;

const url = z.string().superRefine((text, context) => {
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    context.addIssue({ code: 'custom', message: 'expected a URL that begins with https:// (or http://)' });
  } else if (parsed.username !== '' || parsed.password !== '') {
    context.addIssue({ code: 'custom', message: 'must not contain credentials; use the keys beside it' });
  } else if (parsed.search !== '' || parsed.hash !== '') {
    context.addIssue({ code: 'custom', message: 'must not contain a query or a fragment' });
  } else if (kindOfAddress(parsed.hostname) === 'never') {
    // Any other address is the operator's to choose; names are judged when they are resolved.
    context.addIssue({
      code: 'custom',
      message: 'no backend is at such an address (unspecified, link-local, metadata, multicast, reserved)',
    });
  } else if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) {
    context.addIssue({ code: 'custom', message: 'credentials would travel unencrypted; use https://' });
  }
});

/** More than most machines have cores for. */
export const MOST_WORKERS = 64;

const secret = z.string().min(1).max(10_000);
const port = z.number().int().min(0).max(65_535);

/** Settings that every backend has, with its own defaults. */
function limits(defaults: { readonly freshForMs: number; readonly requestsPerSecond?: number }) {
  return {
    timeoutMs: z
      .number()
      .int()
      .min(100)
      .max(60 * SECOND)
      .default(10 * SECOND),
    writeTimeoutMs: z
      .number()
      .int()
      .min(100)
      .max(15 * SECOND)
      .default(15 * SECOND)
      .describe(
        'How long the answer to a change is waited for, in milliseconds. What is not known by then is found out by ' +
          'reading. Below the deadline of a request, so that whoever asked is told.',
      ),
    freshForMs: z
      .number()
      .int()
      .min(0)
      .max(3600 * SECOND)
      .default(defaults.freshForMs),
    staleForMs: z
      .number()
      .int()
      .min(0)
      .max(24 * 3600 * SECOND)
      .default(300 * SECOND),
    concurrency: z.number().int().min(1).max(256).default(16),
    sharing: z
      .boolean()
      .default(true)
      .describe(
        'Off: every read is a call of its own. None is shared while it is under way, and no answer is kept, not even ' +
          'for when the backend fails; freshForMs and staleForMs mean nothing then.',
      ),
    requestsPerSecond: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .nullable()
      .default(defaults.requestsPerSecond ?? null),
    allowPrivateAddresses: z
      .boolean()
      .default(false)
      .describe(
        'The name in url may resolve to a private address or to this machine. Without it such answers are refused: ' +
          'whoever answers for the name could turn our credentials inwards. An address written into url needs no leave.',
      ),
  };
}

const noTwoWays = (first: string, second: string) => `give ${first}, or ${second}`;

const backends = z.strictObject({
  commitmentManager: z
    .strictObject({
      url,
      username: secret.optional(),
      webhookApiKey: secret.optional(),
      bearerToken: secret.optional(),
      minimumAmountUnit: z.enum(['major', 'cents']).default('major'),
      // The vendor allows ten a second (000); a larger number here would be ours to regret.
      ...limits({ freshForMs: 2 * SECOND, requestsPerSecond: 10 }),
    })
    .refine(({ username, webhookApiKey }) => (username === undefined) === (webhookApiKey === undefined), {
      path: ['webhookApiKey'],
      message: 'username and webhookApiKey go together',
    })
    .refine(({ webhookApiKey, bearerToken }) => webhookApiKey !== undefined || bearerToken !== undefined, {
      message: noTwoWays(
        'username and webhookApiKey',
        'bearerToken, or both: each opens its own part of the API',
      ),
    })
    .refine(({ requestsPerSecond }) => requestsPerSecond !== null && requestsPerSecond <= 10, {
      path: ['requestsPerSecond'],
      message: 'at most 10: the vendor allows no more',
    })
    .optional(),
  salesforce: z
    .strictObject({
      url,
      apiVersion: z
        .string()
        .regex(/^v\d{2,3}\.0$/, 'expected a version such as v59.0')
        .default('v59.0'),
      clientId: secret.optional(),
      clientSecret: secret.optional(),
      accessToken: secret.optional(),
      ...limits({ freshForMs: 5 * SECOND }),
    })
    .refine(
      ({ clientId, clientSecret, accessToken }) =>
        accessToken === undefined
          ? clientId !== undefined && clientSecret !== undefined
          : clientId === undefined && clientSecret === undefined,
      { message: noTwoWays('clientId and clientSecret', 'accessToken') },
    )
    .optional(),
  logisense: z
    .strictObject({
      url,
      apiVersion: z.literal('v6', 'only v6 is known').default('v6'),
      username: secret.optional(),
      password: secret.optional(),
      clientId: secret.optional(),
      accessToken: secret.optional(),
      loginUrl: url.optional(),
      ...limits({ freshForMs: 60 * SECOND }),
    })
    .refine(
      ({ username, password, clientId, accessToken }) =>
        accessToken === undefined
          ? username !== undefined && password !== undefined && clientId !== undefined
          : username === undefined && password === undefined && clientId === undefined,
      { message: noTwoWays('username, password and clientId', 'accessToken') },
    )
    .optional(),
  monetizenow: z.strictObject({ url, apiKey: secret, ...limits({ freshForMs: 2 * SECOND }) }).optional(),
  cloudmc: z.strictObject({ url, apiKey: secret, ...limits({ freshForMs: 2 * SECOND }) }).optional(),
});

/** As browsers write it into `Origin`; anything else would never match. */
const origin = z
  .string()
  .refine(
    (text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text,
    'expected an origin such as https://app.example: scheme, host, port if not the usual one, and nothing behind',
  );

const gatewaySchema = z.strictObject({
  listen: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: port.default(4000),
      adminPort: port.default(4001),
      /** Pages of these origins may ask from a browser. */
      allowedOrigins: z.array(origin).default([]),
    })
    .refine(({ port: ours, adminPort }) => ours === 0 || ours !== adminPort, {
      path: ['adminPort'],
      message: 'must not be the port of the graph',
    })
    .prefault({}),
  backends: backends.refine((given) => Object.values(given).some((backend) => backend !== undefined), {
    message: 'needs at least one backend',
  }),
  accounts: z.string().min(1),
  clients: z.string().min(1).optional(),
  documents: z
    .strictObject({
      /** What `admission/documents/decide.ts` makes of them. */
      mode: z.enum(['off', 'log', 'prefer', 'enforce']).default('off'),
      path: z.string().min(1).default('./documents'),
    })
    .prefault({}),
  store: z
    .string()
    .refine(
      (text) => storeOf(text, '/') !== undefined,
      'expected sqlite:<file>, postgres://<host>/<database>, or none for a gateway that only reads',
    )
    .default('sqlite:./data/gateway.db'),
  /** Left out: clients' budgets are counted in this process. What backends allow is counted there in any case. */
  redis: z
    .string()
    .refine(isRedisUrl, 'expected redis://<host>:<port>, or rediss://… for a connection that is encrypted')
    .optional(),
  /** Processes that answer requests, on this machine; with more than one, another looks after them. */
  workers: z.number().int().min(1).max(MOST_WORKERS).default(1),
  /** How operations are executed: planned once for each document, or by graphql-js anew each time. */
  execution: z.enum(['compiled', 'interpreted']).default('compiled'),
  limits: gatewayLimitsSchema,
  verification: verificationSchema,
  history: historySchema,
});

function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\/[^\s]+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, search, hash } = new URL(text);
  return hostname !== '' && /^(\/\d*)?$/.test(pathname) && search === '' && hash === '';
}

/** Where the journal of changes is kept. */
export type StoreSettings =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** `null`: none is wanted. `undefined`: the text names no store. Files are beside `directory`. */
export function storeOf(text: string, directory: string): StoreSettings | null | undefined {
  if (text === 'none') return null;
  const file = /^sqlite:(?:\/\/)?([^\0]+)$/.exec(text)?.[1];
  if (file !== undefined && file !== ':memory:') return { kind: 'sqlite', file: resolve(directory, file) };
  return /^postgres(ql)?:\/\/[^\s]+$/.test(text) && URL.canParse(text)
    ? { kind: 'postgres', url: text }
    : undefined;
}

export type BackendSettings = z.infer<typeof backends>;

/** Persisted documents: what they mean for clients that say nothing else, and the folder that they are in. */
export type DocumentSettings = z.infer<typeof gatewaySchema>['documents'];

export interface Config {
  readonly listen: {
    readonly host: string;
    readonly port: number;
    readonly adminPort: number;
    /** None where left out. */
    readonly allowedOrigins?: readonly string[];
  };
  readonly backends: BackendSettings;
  readonly organizations: readonly Organization[];
  /** `null`: the gateway only reads. */
  readonly store: StoreSettings | null;
  /** `null`: nobody presents a key; possible on loopback only. */
  readonly clients: readonly ClientEntry[] | null;
  /** Whose tokens are believed, beside the keys of clients. */
  readonly issuers?: readonly IssuerEntry[];
  /** Where clients and issuers come from, for reading them again. `null`, or left out: from nowhere. */
  readonly clientsFile?: ClientsFile | null;
  /** Left out: documents have no names, as with `off`. */
  readonly documents?: DocumentSettings;
  /** What clients may ask for that say nothing else. Left out: `DEFAULT_LIMITS`. */
  readonly limits?: Limits;
  /** When changes are looked for in billing. Left out: `DEFAULT_SCHEDULE`. */
  readonly verification?: VerificationSchedule;
  /** What is kept of what was seen. Left out: `DEFAULT_HISTORY`. */
  readonly history?: HistorySettings;
  /** Where gateways share budgets; may hold a password. `null`, or left out: each has its own. */
  readonly redis?: string | null;
  /** Left out: `compiled`. */
  readonly execution?: 'compiled' | 'interpreted';
  /** Processes that answer requests. Left out: this one. */
  readonly workers?: number;
}

/** The clients file as it was read. */
export interface ClientsFile {
  readonly path: string;
  readonly text: string;
  /** What another text in its place would mean. Throws ConfigError. */
  readonly parse: (text: string) => Access;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The `backends:` section by itself, with its defaults: for a sandbox that makes it in memory. Throws ZodError. */
export function parseBackends(section: unknown): BackendSettings {
  return backends.parse(section);
}

/** An account directory that is at hand as data. Throws ZodError. */
export function parseAccounts(entries: unknown): readonly Organization[] {
  return accountsSchema.parse(entries);
}

/** Reads and checks everything. Throws ConfigError, naming file, line and key of every problem of the first bad file. */
export function loadConfig(file: string, environment: Environment): Config {
  const gateway = readYamlFile(file, gatewaySchema, environment);
  const beside = (path: string) => resolve(dirname(file), path);
  const organizations = readYamlFile(beside(gateway.accounts), accountsSchema, environment);
  const clientsFile =
    gateway.clients === undefined ? null : clientsFileAt(beside(gateway.clients), organizations, environment);
  const { clients, issuers } = clientsFile?.parse(clientsFile.text) ?? { clients: null, issuers: [] };
  if (clients === null && !isLoopback(gateway.listen.host)) {
    throw new ConfigError([
      {
        file,
        line: 1,
        key: 'clients',
        message: `is missing: without clients everybody may read everything, which is possible on loopback only, and listen.host is ${gateway.listen.host}`,
      },
    ]);
  }
  const store = storeOf(gateway.store, dirname(file));
  if (store === undefined) throw new Error('the schema let a store through that names none');
  const documents = { ...gateway.documents, path: beside(gateway.documents.path) };
  return {
    listen: gateway.listen,
    backends: gateway.backends,
    organizations,
    clients,
    issuers,
    clientsFile,
    store,
    documents,
    limits: gateway.limits,
    verification: gateway.verification,
    history: gateway.history,
    redis: gateway.redis ?? null,
    workers: gateway.workers,
    execution: gateway.execution,
  };
}

/** The clients file at that path, with its text as it is now unless given. Throws ConfigError if there is none. */
export function clientsFileAt(
  path: string,
  organizations: readonly Organization[],
  environment: Environment,
  text = readText(path),
): ClientsFile {
  const slugs = new Set<string>(organizations.map(({ slug }) => slug));
  return { path, text, parse: (other) => parseClients(path, other, slugs, environment) };
}

/**
 * The clients file alone, for changing it: empty where it is not there yet. `null`: the configuration names none. Throws
 * ConfigError for what is wrong elsewhere; what is wrong with the file itself is told when it is parsed.
 */
export function loadClientsFile(file: string, environment: Environment): ClientsFile | null {
  const gateway = readYamlFile(file, gatewaySchema, environment);
  const beside = (path: string) => resolve(dirname(file), path);
  if (gateway.clients === undefined) return null;
  const organizations = readYamlFile(beside(gateway.accounts), accountsSchema, environment);
  const path = beside(gateway.clients);
  return clientsFileAt(path, organizations, environment, existsSync(path) ? readText(path) : '');
}
