/**
 * The clients file: who may ask, for which customers, and whose tokens are believed. A list of clients, or a mapping of
 * `clients` and `issuers`.
 *
 * Guarantees: keys are kept as SHA-256 hashes, never as they are; tokens are believed by signatures of the issuer alone.
 * Refuses grants for customers that the account directory does not have: they are mistyped more often than early.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { kindOfAddress } from '../domain/address.js';
import { DOCUMENT_MODES, READ_SCOPES, SCOPES } from '../domain/principal.js';
import { limitsSchema } from './limits.js';
import { parseYaml, type Environment } from './yaml-file.js';

/** Left out: as in the gateway's configuration. */
const permitted = {
  documents: z.enum(DOCUMENT_MODES).optional(),
  limits: limitsSchema.optional(),
};

const client = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, hyphens'),
  keys: z
    .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'))
    .min(1, 'needs a key')
    .max(2, 'at most two keys: the one in use and its successor'),
  /** May see what its operations cost upstream. */
  inspect: z.boolean().default(false),
  /** Left out, everything may be read and nothing changed. Given, exactly these. */
  scopes: z.array(z.enum(SCOPES)).default([...READ_SCOPES]),
  organizations: z.union([z.literal('*'), z.array(z.string())], '`"*"` or a list of slugs'),
  ...permitted,
});

const jwksUri = z.string().superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isLoopback = host === 'localhost' || kindOfAddress(host) === 'loopback';
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback))) {
    context.addIssue({
      code: 'custom',
      message: 'expected a URL that begins with https:// (http:// on loopback)',
    });
  } else if (url.username !== '' || url.password !== '') {
    context.addIssue({ code: 'custom', message: 'must not contain credentials' });
  } else if (kindOfAddress(host) === 'never') {
    context.addIssue({ code: 'custom', message: 'no issuer is at such an address' });
  }
});

/** Those with a public key. With a shared secret, whoever can check a token can make one; `none` is no signature. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const claim = z.string().min(1).max(200);

const issuer = z.strictObject({
  /** What tokens say in `iss`, to the letter. */
  issuer: z.string().min(1).max(1000),
  jwksUri,
  /** What tokens must have in `aud`: without it, a token for any other service of the issuer would open this one. */
  audience: z.string().min(1).max(1000),
  algorithms: z
    .array(z.enum(ALGORITHMS, `expected one of ${ALGORITHMS.join(', ')}: only those with a public key`))
    .min(1, 'needs an algorithm')
    .default(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']),
  leewaySeconds: z.number().int().min(0).max(60).default(30),
  /** Members of the token at its top level. */
  claims: z
    .strictObject({
      client: claim.default('client_id'),
      organizations: claim.default('organizations'),
      scopes: claim.default('scope'),
    })
    .prefault({}),
  inspect: z.boolean().default(false),
  /** Of each client that the issuer names. */
  ...permitted,
});

type Clients = readonly z.infer<typeof client>[];
type Report = (path: PropertyKey[], message: string) => void;

function judgeClients(clients: Clients, known: ReadonlySet<string>, report: Report): void {
  const seen = new Set<string>();
  clients.forEach(({ name, keys, organizations }, index) => {
    for (const mark of [`name ${name}`, ...keys]) {
      if (seen.has(mark)) report([index], 'a name or key occurs twice');
      seen.add(mark);
    }
    if (organizations === '*') return;
    organizations.forEach((slug, place) => {
      if (!known.has(slug))
        report([index, 'organizations', place], `${slug} is not in the account directory`);
    });
  });
}

/** The file as a list. `known`: the slugs of the account directory. */
export function clientsSchema(known: ReadonlySet<string>) {
  return z.array(client).superRefine((clients, context) => {
    judgeClients(clients, known, (path, message) => {
      context.addIssue({ code: 'custom', path, message });
    });
  });
}

/** The file as a mapping. */
export function accessSchema(known: ReadonlySet<string>) {
  return z
    .strictObject({ clients: z.array(client).default([]), issuers: z.array(issuer).default([]) })
    .superRefine(({ clients, issuers }, context) => {
      judgeClients(clients, known, (path, message) => {
        context.addIssue({ code: 'custom', path: ['clients', ...path], message });
      });
      const names = issuers.map((one) => one.issuer);
      names.forEach((name, index) => {
        if (names.indexOf(name) === index) return;
        context.addIssue({ code: 'custom', path: ['issuers', index, 'issuer'], message: 'occurs twice' });
      });
    });
}

export type ClientEntry = z.infer<typeof client>;
export type IssuerEntry = z.infer<typeof issuer>;

export interface Access {
  readonly clients: readonly ClientEntry[];
  readonly issuers: readonly IssuerEntry[];
}

/** The file in either of its forms. Throws ConfigError, naming file, line and key of every problem. */
export function parseClients(
  file: string,
  text: string,
  known: ReadonlySet<string>,
  environment: Environment,
): Access {
  return isMapping(text)
    ? parseYaml(file, text, accessSchema(known), environment)
    : { clients: parseYaml(file, text, clientsSchema(known), environment), issuers: [] };
}

function isMapping(text: string): boolean {
  try {
    const content: unknown = parse(text, { logLevel: 'silent' });
    return typeof content === 'object' && content !== null && !Array.isArray(content);
  } catch {
    return false; // what is wrong with it is told when it is read in earnest
  }
}
