/**
 * S87, S88: every field of the schema × every role × own and foreign customer.
 *
 * What each field needs is written down in `authorization-fields.txt`, apart from the SDL: a new field fails here until
 * somebody has decided who may see it, in both places. `-` is for fields of shared types, which need what the way to
 * them needs; which types those are is written down here.
 */
import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  validate,
  type GraphQLNamedType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READ_SCOPES, SCOPES, type Principal, type Scope } from '../../src/domain/principal.js';
import { authorizationOf } from '../../src/graph/authorization.js';
import { createSchema } from '../../src/graph/resolvers.js';
import { clientOf, withKey, withoutRequestId } from '../support/clients.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';

const TABLE = new URL('./authorization-fields.txt', import.meta.url);
const schema = createSchema();
const authorization = authorizationOf(schema);

/** Types whose fields need what the way to them needs, and no more; the roots' fields speak for themselves. */
const FOLLOWING = new Set([
  ...['Node', 'PageInfo', 'Money', 'Term', 'ExternalReference', 'Freshness', 'Coverage', 'SourceCoverage'],
  // A client that may change and not read learns what became of its change.
  ...['ChangePayload', 'ContractChangePayload', 'ResourceCommitmentChangePayload'],
  ...['ContractCommitmentChangePayload', 'OrganizationSyncPayload', 'AffectedObject', 'ChangePreview'],
  'ChangeVerificationStartPayload',
  'DiscrepancyAcknowledgementPayload',
  ...['ChangeRequest', 'ChangeImplication', 'UserError', 'InputProblem', 'BackendRefusal'],
  ...['ContractOperation', 'OperationReferences', 'OperationFailure', 'OperationEvidence'],
]);
const ROOTS = ['Query', 'Mutation', 'Subscription'];

const composites = Object.values(schema.getTypeMap()).filter(
  (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'),
);
const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

const written = new Map(
  readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [field = '', ...scopes] = line.split(' ');
      return [field, scopes.filter((scope) => scope !== '-') as Scope[]] as const;
    }),
);

describe('what is written down', () => {
  it('is what every field of the schema needs, and of no other', () => {
    const real = composites.flatMap((type) =>
      fieldsOf(type).map(({ name }) => {
        const needs = [...authorization.needsOfField(type, name)].sort();
        return `${type.name}.${name} ${needs.join(' ') || '-'}`;
      }),
    );
    expect(real.sort()).toEqual([...written].map(([field, needs]) => `${field} ${needs.join(' ') || '-'}`));
  });

  it('is something for every field of every type but the shared ones', () => {
    for (const type of composites.filter(({ name }) => !FOLLOWING.has(name))) {
      for (const { name } of fieldsOf(type)) {
        expect(written.get(`${type.name}.${name}`), `${type.name}.${name} is not classified`).not.toEqual([]);
      }
    }
  });
});

/** A way to a field: the fields on it, and the document that takes it. */
interface Way {
  readonly fields: readonly string[];
  readonly around: (selection: string) => string;
}

const ARGUMENTS: Readonly<Record<string, string>> = {
  'Query.organization': '(slug: $slug)',
  'Organization.billingHistory': '(range: { startsOn: "2026-01-01", endsBefore: "2026-02-01" })',
  'Organization.preflight': '(change: { startsOn: "2026-01-01" })',
  'Organization.changes': '(since: "2026-01-01T00:00:00Z")',
};

/** The shortest way to each type, from the root; through the customer where that is possible. */
function waysFrom(root: string): ReadonlyMap<string, Way> {
  const ways = new Map<string, Way>([[root, { fields: [], around: (selection) => selection }]]);
  const entries =
    root === 'Query'
      ? ['organization', 'organizations', 'reconciliation', 'renewalCalendars', 'sources']
      : null;
  for (const [name, way] of ways) {
    const type = schema.getType(name);
    if (type === undefined) continue;
    for (const field of fieldsOf(type)) {
      if (name === root && entries !== null && !entries.includes(field.name)) continue;
      const target = getNamedType(field.type);
      if (!isCompositeType(target)) continue;
      const place = `${name}.${field.name}`;
      const next: Way = {
        fields: [...way.fields, place],
        around: (selection) => way.around(`${field.name}${ARGUMENTS[place] ?? ''} { ${selection} }`),
      };
      if (!ways.has(target.name)) ways.set(target.name, next);
      const beside = isAbstractType(target)
        ? schema.getPossibleTypes(target)
        : isObjectType(target)
          ? target.getInterfaces()
          : [];
      for (const { name: other } of beside) {
        if (ways.has(other)) continue;
        ways.set(other, {
          fields: next.fields,
          around: (selection) => next.around(`... on ${other} { ${selection} }`),
        });
      }
    }
  }
  return ways;
}

interface Case {
  readonly field: string;
  readonly document: string;
  readonly needs: ReadonlySet<Scope>;
}

function casesFrom(root: string): Case[] {
  const keyword = root.toLowerCase();
  return [...waysFrom(root)].flatMap(([name, way]) => {
    const type = schema.getType(name);
    return (type === undefined ? [] : fieldsOf(type)).map(({ name: own, type: leadsTo }) => {
      const field = `${name}.${own}`;
      const below = isCompositeType(getNamedType(leadsTo)) ? ' { __typename }' : '';
      const selection = way.around(`${own}${ARGUMENTS[field] ?? ''}${below}`);
      const needs = new Set([...way.fields, field].flatMap((place) => written.get(place) ?? []));
      const variables = selection.includes('$slug') ? ' ($slug: String!)' : '';
      return { field, document: `${keyword}${variables} { ${selection} }`, needs };
    });
  });
}

const cases = ROOTS.flatMap(casesFrom);

const ROLES: readonly (readonly [string, readonly Scope[]])[] = [
  ['nothing', []],
  ...SCOPES.map((scope) => [`only ${scope}`, [scope]] as const),
  ...SCOPES.map((scope) => [`all but ${scope}`, SCOPES.filter((other) => other !== scope)] as const),
  ['reading', READ_SCOPES],
  ['everything', SCOPES],
];

it('every field is on a way from a root', () => {
  const reached = new Set(cases.map(({ field }) => field));
  expect([...written.keys()].filter((field) => !reached.has(field))).toEqual([]);
});

describe.each(ROLES)('with %s', (_, scopes) => {
  const principal: Principal = {
    client: 'someone',
    organizations: 'all',
    mayInspect: false,
    scopes: new Set(scopes),
  };

  it('every field may be selected that is permitted, and no other', () => {
    for (const { field, document: text, needs } of cases) {
      const document = parse(text);
      const [operation] = document.definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
      const objection = authorization.objectionTo(document, operation, principal);
      const missing = [...needs].filter((scope) => !scopes.includes(scope));
      expect(objection === null, `${field}: ${text}`).toBe(missing.length === 0);
      for (const scope of missing) expect(objection?.message).toContain(scope);
    }
  });
});

describe('of an own, a foreign and a missing customer', () => {
  const OWN = 'sleepyco';
  const FOREIGN = 'harbourline-logistics';
  const MISSING = 'nobody-of-that-name';
  const keyOf = (name: string) => `key-of-${name.replaceAll(/\W/g, '-')}-0123456789`;
  const ofCustomers = cases.filter(({ document }) => document.includes('$slug'));

  let over: SandboxedGateway;
  beforeAll(async () => {
    over = await startSandboxedGateway({
      clients: ROLES.map(([name, scopes]) => ({
        ...clientOf(name.replaceAll(/\W/g, '-'), keyOf(name), [OWN]),
        scopes: [...scopes],
      })),
    });
  });
  afterAll(() => over[Symbol.asyncDispose]());

  const ask = async (role: string, document: string, slug: string) => {
    const { status, text } = await over.query(document, { slug }, withKey(keyOf(role)));
    return `${status} ${withoutRequestId(text)}`;
  };

  it('there are documents, and they are valid', () => {
    expect(ofCustomers.length).toBeGreaterThan(250);
    for (const { document } of ofCustomers) expect(validate(schema, parse(document)), document).toEqual([]);
  });

  it('every field of a foreign one looks like one of a missing one, and asks nobody', async () => {
    for (const { document } of ofCustomers) {
      const foreign = await ask('everything', document, FOREIGN);
      expect(foreign, document).toBe('200 {"data":{"organization":null}}\n');
      expect(await ask('everything', document, MISSING)).toBe(foreign);
    }
    expect(Object.values(over.calls()).flat()).toEqual([]);
  }, 60_000);

  it('every field without its scope is forbidden in the same words, whoever’s it is, and asks nobody', async () => {
    for (const { document, needs } of ofCustomers) {
      for (const scope of needs) {
        const role = `all but ${scope}`;
        const own = await ask(role, document, OWN);
        expect(own, document).toMatch(/^403 .*"code":"FORBIDDEN"/);
        expect(own).toContain(scope);
        expect(await ask(role, document, FOREIGN)).toBe(own);
      }
    }
    expect(Object.values(over.calls()).flat()).toEqual([]);
  }, 60_000);
});
