/**
 * S88: what a client was not granted, it cannot select, whichever way it takes; and what is refused is refused as a
 * whole, before anything is read or changed.
 */
import { buildSchema, parse, Kind, type OperationDefinitionNode } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { READ_SCOPES, SCOPES, type Scope } from '../../src/domain/principal.js';
import { authorizationOf } from '../../src/graph/authorization.js';
import { withKey } from '../support/clients.js';
import type { Config } from '../../src/config.js';
import { startSandboxedGateway, type SandboxedGateway } from '../support/sandboxed-gateway.js';
import { clientOf } from '../support/clients.js';

function needsOf(sdl: string, text: string): Record<string, string> {
  const schema = buildSchema(
    `directive @requires(scope: Scope!) on FIELD_DEFINITION | OBJECT | INTERFACE
    enum Scope { COMMITMENTS_READ BILLING_READ SOURCES_READ } ${sdl}`,
  );
  const document = parse(text);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return Object.fromEntries(authorizationOf(schema).needsOf(document, operation as OperationDefinitionNode));
}

const SDL = `
  interface Thing { id: ID name: String }
  type Plain implements Thing { id: ID name: String secret: Int @requires(scope: BILLING_READ) }
  type Dear implements Thing @requires(scope: BILLING_READ) { id: ID name: String plain: Plain }
  type Odd implements Thing { id: ID name: String @requires(scope: SOURCES_READ) }
  union Any = Plain | Odd
  type Query { plain: Plain dear: Dear thing: Thing any: Any free: Int edge: Plain @requires(scope: COMMITMENTS_READ) }
  extend type Query { late: Int @requires(scope: SOURCES_READ) }
`;

describe('a document needs', () => {
  it.each<readonly [string, string, Readonly<Record<string, string>>]>([
    ['nothing for what asks for nothing', '{ free plain { id name } __typename }', {}],
    ['what a field says', '{ plain { secret } }', { 'billing:read': 'Plain.secret' }],
    ['what a field of an extension says', '{ late }', { 'sources:read': 'Query.late' }],
    ['what the way says', '{ edge { id } }', { 'commitments:read': 'Query.edge' }],
    [
      'what the type at its end says, whatever is selected of it',
      '{ dear { __typename } }',
      { 'billing:read': 'Query.dear' },
    ],
    ['it under an alias', '{ plain { fine: secret } }', { 'billing:read': 'Plain.secret' }],
    [
      'it in a fragment',
      '{ plain { ...F } } fragment F on Plain { secret }',
      { 'billing:read': 'Plain.secret' },
    ],
    [
      'it in a fragment of a fragment',
      '{ plain { ...F } } fragment F on Plain { ...G } fragment G on Plain { secret }',
      { 'billing:read': 'Plain.secret' },
    ],
    ['it in a fragment without a name', '{ plain { ... { secret } } }', { 'billing:read': 'Plain.secret' }],
    [
      'it in a fragment on an interface, of a type behind it',
      '{ thing { ... on Plain { secret } } }',
      { 'billing:read': 'Plain.secret' },
    ],
    ['it in a union', '{ any { ... on Plain { secret } } }', { 'billing:read': 'Plain.secret' }],
    [
      'what any type behind an interface says, of its fields',
      '{ thing { name } }',
      { 'billing:read': 'Thing.name', 'sources:read': 'Thing.name' },
    ],
    [
      'what a type says of all of its fields',
      '{ thing { ... on Dear { plain { id } } } }',
      { 'billing:read': 'Dear.plain' },
    ],
    [
      'what a type says of its very name',
      '{ thing { ... on Dear { __typename } } }',
      { 'billing:read': 'Dear.__typename' },
    ],
    [
      'it even where it is left out',
      '{ plain { secret @skip(if: true) } late @include(if: false) }',
      { 'billing:read': 'Plain.secret', 'sources:read': 'Query.late' },
    ],
    ['nothing for fragments that nobody spreads', '{ free } fragment F on Plain { secret }', {}],
    [
      'no more for circles',
      '{ plain { ...F } } fragment F on Plain { secret ...F }',
      { 'billing:read': 'Plain.secret' },
    ],
    [
      'to be allowed to look, for the schema',
      '{ ...F __typename } fragment F on Query { __schema { types { name } } __type(name: "Dear") { name } }',
      { explorer: 'Query.__schema' },
    ],
    ['it for one type of it', '{ free a: __type(name: "Dear") { name } }', { explorer: 'Query.__type' }],
    ['nothing for the names of types', '{ __typename plain { __typename } }', {}],
  ])('%s', (_, text, needs) => {
    expect(needsOf(SDL, text)).toEqual(needs);
  });

  it('takes time in proportion to the document, however fragments are spread', () => {
    const fragments = Array.from(
      { length: 200 },
      (_, i) => `fragment F${i} on Plain { ...F${i + 1} ...F${i + 1} }`,
    );
    const text = `{ plain { ...F0 } } ${fragments.join(' ')} fragment F200 on Plain { secret }`;
    expect(needsOf(SDL, text)).toEqual({ 'billing:read': 'Plain.secret' });
  });

  it('is found out once', () => {
    const schema = buildSchema('type Query { a: Int }');
    const document = parse('{ a }');
    const operation = document.definitions[0] as OperationDefinitionNode;
    const authorization = authorizationOf(schema);
    expect(authorizationOf(schema)).toBe(authorization);
    expect(authorization.needsOf(document, operation)).toBe(authorization.needsOf(document, operation));
  });
});

describe('over HTTP', () => {
  const keyOf = (name: string) => `key-of-${name}-0123456789`;
  const only = (name: string, scopes: readonly Scope[]): NonNullable<Config['clients']>[number] => ({
    ...clientOf(name, keyOf(name), '*'),
    scopes: [...scopes],
  });
  let over: SandboxedGateway;
  beforeAll(async () => {
    over = await startSandboxedGateway({
      clients: [
        only('nothing', []),
        only('reader', READ_SCOPES),
        only('commitments', ['commitments:read']),
        only('changer', ['contracts:write']),
        only('everything', SCOPES),
      ],
    });
  });
  afterAll(() => over[Symbol.asyncDispose]());
  afterEach(() => over.sandbox.reset());

  const ask = (name: string, query: string) => over.query(query, {}, withKey(keyOf(name)));
  const BILLING = '{ organization(slug: "sleepyco") { name usage { used { amount } } } sources { name } }';

  it('a document that selects too much is refused as a whole, with all that it lacks, and calls nobody', async () => {
    const { status, data, errors } = await ask('commitments', BILLING);
    expect(status).toBe(403);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message:
          'This client may not do that: it lacks the scopes billing:read (`Organization.usage`) and sources:read (`Query.sources`).',
        extensions: { code: 'FORBIDDEN', retryable: false, requestId: expect.any(String) },
      },
    ]);
    expect(Object.values(over.calls()).flat()).toEqual([]);
    expect((await ask('reader', BILLING)).errors).toEqual([]);
  });

  it.each([
    ['by id', '{ node(id: "x") { ... on Contract { invoices { totalCount } } } }'],
    ['by several ids', '{ nodes(ids: ["x"]) { ... on MinimumCommitment { billingHistory { month } } } }'],
    ['through a list', '{ organizations { nodes { contracts { nodes { invoices { totalCount } } } } } }'],
    [
      'by a customer of a commitment',
      '{ commitments { nodes { organization { contractTerms { clauses { text } } } } } }',
    ],
    ['through a change that was made', '{ contractOperation(id: "x") { invoice { amount { amount } } } }'],
    [
      'through a fragment',
      '{ organization(slug: "x") { ...F } } fragment F on Organization { u: usage { month } }',
    ],
  ])('what lacks is lacking %s too, before an id is looked at', async (_, query) => {
    const { status, errors } = await ask('commitments', query);
    expect(status).toBe(403);
    expect(errors[0]?.message).toContain('it lacks the scope billing:read');
  });

  it('only the operation that runs counts', async () => {
    const send = async (operationName: string) => {
      const response = await fetch(`${over.gateway.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...withKey(keyOf('commitments')) },
        body: JSON.stringify({
          query: 'query A { organizations { totalCount } } query B { sources { name } }',
          operationName,
        }),
      });
      return response.status;
    };
    expect([await send('A'), await send('B')]).toEqual([200, 403]);
  });

  it('whoever may read may not change, and the other way round', async () => {
    const CANCEL =
      'mutation { contractCancel(input: { idempotencyKey: "key-00000001", contractId: "x" }) { isReplay } }';
    for (const name of ['nothing', 'reader', 'commitments']) {
      expect((await ask(name, CANCEL)).errors[0]?.message).toContain(
        'contracts:write (`Mutation.contractCancel`)',
      );
    }
    // Past the scope: the id is looked at.
    expect((await ask('changer', CANCEL)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask('changer', '{ organizations { totalCount } }')).status).toBe(403);
    expect(
      (await ask('changer', CANCEL.replace('isReplay', 'operation { state target { id } }'))).errors[0]
        ?.message,
    ).toContain('commitments:read (`ContractOperation.target`)');
  });

  it('a stream is refused like an answer', async () => {
    const subscribe = (name: string) =>
      fetch(`${over.gateway.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...withKey(keyOf(name)) },
        body: JSON.stringify({
          query: 'subscription { contractOperationChanged(id: "x") { state invoice { externalId } } }',
        }),
      });
    const response = await subscribe('commitments');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('billing:read (`ContractOperation.invoice`)'),
          extensions: { code: 'FORBIDDEN', retryable: false },
        },
      ],
    });
    expect(await (await subscribe('reader')).text()).not.toContain('FORBIDDEN');
  });

  it('whoever may do nothing may ask for the name of the root', async () => {
    expect((await ask('nothing', '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});
