/** Changes that were asked for, found by id, by key and by customer; what is another's looks like what is not there. */
import { describe, expect, it } from 'vitest';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { Invoice, QuoteDetail } from '../../src/domain/contract.js';
import { NO_RESULT, type Operation } from '../../src/domain/operation.js';
import { OperationError, type OperationFilter } from '../../src/domain/operations.js';
import { encodeCursor } from '../../src/graph/connection.js';
import { aContract, anOperation, idOf, PARTNER, startScripted } from '../support/scripted-operations.js';

const BY_ID = 'query ($id: ID) { contractOperation(id: $id) { id } }';
const BY_KEY =
  'query ($key: ID, $organization: String) { contractOperation(idempotencyKey: $key, organization: $organization) { id } }';

/** A journal that holds these, newest first. */
const holding = (operations: readonly Operation[], lists: unknown[] = []) =>
  startScripted({
    byId: ({ slug }, id) =>
      Promise.resolve(operations.find((one) => one.id === id && one.organization === slug) ?? null),
    byKey: (key) => Promise.resolve(operations.filter(({ idempotencyKey }) => idempotencyKey === key)),
    list: ({ slug }, filter: OperationFilter, first, after) => {
      lists.push({ filter, first, after });
      const own = operations.filter(({ organization }) => organization === slug);
      const from = after === null ? 0 : own.findIndex(({ id }) => id === after) + 1;
      return Promise.resolve({
        operations: own.slice(from, from + first),
        hasMore: own.length > from + first,
        totalCount: own.length,
      });
    },
  });

const HARBOURLINE = 'harbourline' as OrganizationSlug;

describe('one operation', () => {
  it('is found by its id, as a node too, with everything about it', async () => {
    const operation = anOperation({
      client: 'somebody-else',
      state: 'UNKNOWN',
      needsOperator: true,
      settledAt: null,
      reason: 'Fewer seats',
      references: { quoteId: 'quote_1', trackingId: 't-1' },
      failure: { code: 'NO_ANSWER', message: 'No answer.' },
      before: { b: 1, a: null },
      looks: 3,
    });
    await using scripted = await startScripted({
      byId: () => Promise.resolve(operation),
      result: () => ({
        ...NO_RESULT,
        contract: aContract(),
        quote: { externalId: 'quote_1', netTerms: 'NET_30' } as unknown as QuoteDetail,
        invoice: { externalId: 'inv_1' } as unknown as Invoice,
      }),
    });
    const selection = `id kind state needsOperator organization { slug } source target { id } targetExternalId client
      idempotencyKey reason requestedAt sentAt settledAt updatedAt request { method path body }
      references { quoteId contractId invoiceId taskId trackingId newCommitmentId } failure { code message }
      evidence { before after } looks requestId contract { externalId } quote { externalId detail { netTerms } } invoice { externalId }`;
    const id = idOf('ContractOperation', 'op-1');
    const { data, errors } = await scripted.ask(
      `query ($id: ID!) { contractOperation(id: $id) { ${selection} } node(id: $id) { __typename ... on ContractOperation { ${selection} } } }`,
      { id },
    );
    expect(errors).toEqual([]);
    const expected = {
      id,
      kind: 'CONTRACT_CANCEL',
      state: 'UNKNOWN',
      needsOperator: true,
      organization: { slug: 'sleepyco' },
      source: 'MONETIZENOW',
      target: { id: idOf('Contract', 'ctrct_1') },
      targetExternalId: 'ctrct_1',
      client: 'somebody-else',
      idempotencyKey: null,
      reason: 'Fewer seats',
      requestedAt: '2026-11-21T12:00:00Z',
      sentAt: '2026-11-21T12:00:00Z',
      settledAt: null,
      updatedAt: '2026-11-21T12:00:00Z',
      request: { method: 'POST', path: '/api/selfService/contract', body: '{"contractId":"ctrct_1"}' },
      references: {
        quoteId: 'quote_1',
        contractId: null,
        invoiceId: null,
        taskId: null,
        trackingId: 't-1',
        newCommitmentId: null,
      },
      failure: { code: 'NO_ANSWER', message: 'No answer.' },
      evidence: { before: '{"a":null,"b":1}', after: null },
      looks: 3,
      requestId: 'request-1',
      contract: { externalId: 'ctrct_1' },
      quote: { externalId: 'quote_1', detail: { netTerms: 'NET_30' } },
      invoice: { externalId: 'inv_1' },
    };
    expect(data).toEqual({
      contractOperation: expected,
      node: { __typename: 'ContractOperation', ...expected },
    });
  });

  it('shows its key to the client that chose it', async () => {
    await using scripted = await holding([anOperation()]);
    const asked = (key?: string) =>
      scripted.ask(
        'query ($id: ID) { contractOperation(id: $id) { idempotencyKey } }',
        { id: idOf('ContractOperation', 'op-1') },
        key,
      );
    expect((await asked()).data.contractOperation).toEqual({ idempotencyKey: 'key-00000001' });
    expect((await asked(PARTNER)).data.contractOperation).toEqual({ idempotencyKey: null });
  });

  it('of another customer is like one that does not exist, by id, node and key', async () => {
    await using scripted = await holding([
      anOperation({ organization: HARBOURLINE, idempotencyKey: 'key-harbourline' }),
    ]);
    const answers = await Promise.all(
      ['harbourline', 'sleepyco', 'nobody'].map((slug) =>
        scripted.ask(
          'query ($id: ID!) { contractOperation(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }',
          { id: idOf('ContractOperation', 'op-1', slug) },
          PARTNER,
        ),
      ),
    );
    for (const { text } of answers) {
      expect(JSON.parse(text)).toEqual({ data: { contractOperation: null, node: null, nodes: [null] } });
    }
    for (const variables of [
      { key: 'key-harbourline' },
      { key: 'key-harbourline', organization: 'harbourline' },
    ]) {
      const { text } = await scripted.ask(BY_KEY, variables, PARTNER);
      expect(JSON.parse(text)).toEqual({ data: { contractOperation: null } });
    }
  });

  it('is found by its key: the newest, or that of the customer that is named', async () => {
    await using scripted = await holding([
      anOperation({ id: 'op-2', organization: HARBOURLINE }),
      anOperation({ id: 'op-1' }),
    ]);
    const found = async (organization: string | null, key?: string) =>
      (await scripted.ask(BY_KEY, { key: 'key-00000001', organization }, key)).data.contractOperation?.id;
    expect(await found(null)).toBe(idOf('ContractOperation', 'op-2', 'harbourline'));
    expect(await found('sleepyco')).toBe(idOf('ContractOperation', 'op-1'));
    expect(await found(null, PARTNER)).toBe(idOf('ContractOperation', 'op-1'));
    expect(await found('nobody')).toBeUndefined();
  });

  it('by its id is of the customer that is named, if one is', async () => {
    await using scripted = await holding([anOperation()]);
    const query = 'query ($id: ID, $slug: String) { contractOperation(id: $id, organization: $slug) { id } }';
    const id = idOf('ContractOperation', 'op-1');
    expect((await scripted.ask(query, { id, slug: 'sleepyco' })).data.contractOperation).toEqual({ id });
    expect((await scripted.ask(query, { id, slug: 'harbourline' })).data.contractOperation).toBeNull();
  });

  it('is asked for in exactly one way', async () => {
    await using scripted = await holding([anOperation()]);
    for (const given of ['', '(id: null)', '(id: "a", idempotencyKey: "b")', '(organization: "sleepyco")']) {
      const { data, errors } = await scripted.ask(`{ contractOperation${given} { id } }`);
      expect(data).toEqual({ contractOperation: null });
      expect(errors[0]).toMatchObject({
        message: 'Give either `id` or `idempotencyKey`.',
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });

  it('is not asked for by what is no id of one', async () => {
    await using scripted = await holding([anOperation()]);
    for (const id of ['rubbish', '', idOf('Contract', 'ctrct_1'), idOf('ContractOperation', '../x')]) {
      const { errors } = await scripted.ask(BY_ID, { id });
      expect(errors[0]?.extensions.code, id).toBe('BAD_USER_INPUT');
    }
  });

  it('is an error where the journal cannot be read', async () => {
    const refused = () =>
      Promise.reject(new OperationError('STORE_UNAVAILABLE', 'Not now.', { isRetryable: true }));
    await using scripted = await startScripted({ byId: refused, list: refused });
    const { data, errors } = await scripted.ask(
      `{ contractOperation(id: "${idOf('ContractOperation', 'op-1')}") { id } organization(slug: "sleepyco") { name operations { totalCount } } }`,
    );
    expect(data).toEqual({ contractOperation: null, organization: { name: 'SleepyCo', operations: null } });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', retryable: true }),
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', retryable: true }),
    ]);
  });
});

describe('the operations of a customer', () => {
  const LIST =
    'query ($first: Int! = 2, $after: String, $filter: ContractOperationFilter) { organization(slug: "sleepyco") { operations(first: $first, after: $after, filter: $filter) { edges { cursor node { id } } nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }';
  const THREE = ['op-3', 'op-2', 'op-1'].map((id) => anOperation({ id }));
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

  it('come page by page, newest first, each once', async () => {
    await using scripted = await holding([...THREE, anOperation({ id: 'op-0', organization: HARBOURLINE })]);
    const first = (await scripted.ask(LIST)).data.organization.operations;
    expect(idsOf(first)).toEqual(['op-3', 'op-2'].map((id) => idOf('ContractOperation', id)));
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(first.edges.map(({ node }: { node: object }) => node)).toEqual(first.nodes);
    const { endCursor } = first.pageInfo;
    const second = (await scripted.ask(LIST, { after: endCursor })).data.organization.operations;
    expect(idsOf(second)).toEqual([idOf('ContractOperation', 'op-1')]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('are filtered by the journal', async () => {
    const lists: unknown[] = [];
    await using scripted = await holding(THREE, lists);
    await scripted.ask(LIST, { filter: { states: ['UNKNOWN'], kinds: ['CONTRACT_CANCEL'] } });
    await scripted.ask(LIST, { filter: { states: null } });
    expect(lists).toEqual([
      { filter: { states: ['UNKNOWN'], kinds: ['CONTRACT_CANCEL'] }, first: 2, after: null },
      { filter: {}, first: 2, after: null },
    ]);
  });

  it.each([
    ['a cursor of another list', { after: encodeCursor('contracts', ['op-1']) }],
    ['a cursor of an operation that is gone', { after: encodeCursor('operations', ['op-9']) }],
    ['a cursor of another form', { after: encodeCursor('operations', [1]) }],
    ['no cursor', { after: 'rubbish' }],
    ['an empty page', { first: 0 }],
    ['a page that is too large', { first: 101 }],
  ])('are not given for %s', async (_, variables) => {
    const lists: unknown[] = [];
    await using scripted = await holding(THREE, lists);
    const { data, errors } = await scripted.ask(LIST, variables);
    expect(data.organization.operations).toBeNull();
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(lists).toEqual([]);
  });
});
