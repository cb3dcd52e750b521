/** What a mutation answers: the operation, what the backend gave back, what is wrong, and what nobody knows. */
import { describe, expect, it } from 'vitest';
import type { ContractCommitment, ResourceCommitment } from '../../src/domain/commitment.js';
import type { Invoice, QuoteDetail } from '../../src/domain/contract.js';
import { failure, SourceError } from '../../src/domain/failure.js';
import type { Operation } from '../../src/domain/operation.js';
import { OperationError, type OperationErrorCode, type Performed } from '../../src/domain/operations.js';
import { aContract, idOf, performed, startScripted } from '../support/scripted-operations.js';

const CANCEL = (selection: string) =>
  `mutation { contractCancel(input: { idempotencyKey: "key-00000001", contractId: "${idOf('Contract', 'ctrct_1')}" }) { ${selection} } }`;
const DELETE = (selection: string) =>
  `mutation { resourceCommitmentDelete(input: { idempotencyKey: "key-00000001", commitmentId: "${idOf('ResourceCommitment', 'r-1')}" }) { ${selection} } }`;
const PATCH = (selection: string) =>
  `mutation { contractCommitmentPatch(input: { idempotencyKey: "key-00000001", organization: "sleepyco" }) { ${selection} } }`;
const SYNC = (selection: string) =>
  `mutation { organizationSync(input: { idempotencyKey: "key-00000001", organization: "sleepyco" }) { ${selection} } }`;

const answering = (answer: Performed | Error) =>
  startScripted({
    perform: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  });

const TERM = { startsOn: null, endsBefore: null };
const aQuote = {
  externalId: 'quote_1',
  contractId: 'ctrct_1',
  contractTerm: TERM,
  netTerms: 'NET_30',
  offerings: [],
};

describe('a change of a contract', () => {
  it('answers with the operation, the contract, the quote and the invoice, and reads none of them again', async () => {
    await using scripted = await answering(
      performed(
        { references: { quoteId: 'quote_1' } },
        {
          contract: aContract(),
          quote: aQuote as unknown as QuoteDetail,
          invoice: { externalId: 'inv_1', term: TERM } as unknown as Invoice,
        },
      ),
    );
    const { data, errors } = await scripted.ask(
      CANCEL(
        'operation { id state references { quoteId taskId } } contract { id version } quote { externalId detail { netTerms } } invoice { externalId } preview { unchecked } isReplay isDurable userErrors { code }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.contractCancel).toEqual({
      operation: {
        id: idOf('ContractOperation', 'op-1'),
        state: 'SUCCEEDED',
        references: { quoteId: 'quote_1', taskId: null },
      },
      contract: { id: idOf('Contract', 'ctrct_1'), version: expect.stringMatching(/^[\w-]{16}$/) },
      quote: { externalId: 'quote_1', detail: { netTerms: 'NET_30' } },
      invoice: { externalId: 'inv_1' },
      preview: null,
      isReplay: false,
      isDurable: true,
      userErrors: [],
    });
    expect(scripted.reads).toEqual([]);
  });

  it('reads for its answer what is newer than the change', async () => {
    await using scripted = await answering(performed());
    await scripted.ask(CANCEL('operation { target { id } }'));
    expect(scripted.reads).toEqual([{ what: 'contract ctrct_1', withinMs: 0 }]);
  });

  it('says that it is a replay', async () => {
    await using scripted = await answering(performed({}, {}, { isReplay: true }));
    const { data } = await scripted.ask(CANCEL('isReplay'));
    expect(data.contractCancel).toEqual({ isReplay: true });
  });

  it('that was tried out answers with what would be sent', async () => {
    await using scripted = await answering({
      kind: 'previewed',
      preview: {
        request: { method: 'POST', path: '/api/selfService/contract', body: '{"a":1.10}' },
        implications: [{ code: 'CONTRACT_CANCELLED', message: 'It ends.', externalId: 'ctrct_1' }],
        unchecked: ['Whether somebody has to approve it.'],
      },
      problems: [{ path: ['effective', 'on'], code: 'DATE_NOT_ALLOWED', message: 'No.' }],
    });
    const { data, errors } = await scripted.ask(
      CANCEL(
        'operation { id } preview { request { method path body } implications { code message externalId } unchecked } userErrors { code path }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.contractCancel).toEqual({
      operation: null,
      preview: {
        request: { method: 'POST', path: '/api/selfService/contract', body: '{"a":1.10}' },
        implications: [{ code: 'CONTRACT_CANCELLED', message: 'It ends.', externalId: 'ctrct_1' }],
        unchecked: ['Whether somebody has to approve it.'],
      },
      userErrors: [{ code: 'DATE_NOT_ALLOWED', path: ['effective', 'on'] }],
    });
  });
});

describe('a change of committed resources', () => {
  const SELECTION = 'commitment { id version } externalId previousId previousExternalId deletedId';

  it('that replaces them answers with both ids', async () => {
    const commitment = { kind: 'resource', externalId: 'r-2', organization: 'sleepyco', products: [] };
    await using scripted = await answering(
      performed(
        { kind: 'RESOURCE_COMMITMENT_UPDATE', source: 'CLOUDMC' },
        {
          resourceCommitment: commitment as unknown as ResourceCommitment,
          externalId: 'r-2',
          previousExternalId: 'r-1',
        },
      ),
    );
    const { data } = await scripted.ask(DELETE(SELECTION));
    expect(data.resourceCommitmentDelete).toEqual({
      commitment: { id: idOf('ResourceCommitment', 'r-2'), version: expect.any(String) },
      externalId: 'r-2',
      previousId: idOf('ResourceCommitment', 'r-1'),
      previousExternalId: 'r-1',
      deletedId: null,
    });
  });

  it.each([
    ['SUCCEEDED', idOf('ResourceCommitment', 'r-1')],
    ['PENDING', null],
    ['UNKNOWN', null],
  ] as const)(
    'that deletes them and is %s answers with the id that is gone: %s',
    async (state, deletedId) => {
      const change: Operation['change'] = { kind: 'RESOURCE_COMMITMENT_DELETE', commitmentId: 'r-1' };
      await using scripted = await answering(
        performed({ kind: change.kind, change, source: 'CLOUDMC', state }),
      );
      const { data } = await scripted.ask(DELETE('deletedId commitment { id }'));
      expect(data.resourceCommitmentDelete).toEqual({ deletedId, commitment: null });
    },
  );
});

it('a patch answers with the commitments, everything that was touched, and what is gone', async () => {
  const affected = {
    type: 'ContractCommitmentPeriod',
    action: 'DELETED' as const,
    actionText: 'delete',
    externalId: '7',
    leftExternalId: null,
    rightExternalId: null,
  };
  const commitment = {
    kind: 'contract',
    externalId: '1',
    organization: 'sleepyco',
    accountContract: { externalId: '8', name: null },
    periods: [],
  };
  await using scripted = await answering(
    performed(
      {
        kind: 'CONTRACT_COMMITMENT_PATCH',
        source: 'LOGISENSE',
        externalId: null,
        change: {
          kind: 'CONTRACT_COMMITMENT_PATCH',
          commitments: [
            { action: 'DELETE', commitmentId: '2' },
            { action: 'UPDATE', commitmentId: '1', fields: {} },
          ],
          periods: [],
          services: [],
        },
      },
      { contractCommitments: [commitment as unknown as ContractCommitment], affected: [affected] },
    ),
  );
  const { data, errors } = await scripted.ask(
    PATCH(
      'operation { target { id } targetExternalId } commitments { id version } deletedIds affected { type action actionText externalId leftExternalId rightExternalId }',
    ),
  );
  expect(errors).toEqual([]);
  expect(data.contractCommitmentPatch).toEqual({
    operation: { target: null, targetExternalId: null },
    commitments: [{ id: idOf('ContractCommitment', '1'), version: expect.any(String) }],
    deletedIds: [idOf('ContractCommitment', '2')],
    affected: [affected],
  });
});

it('a sync answers with the state that is read after it, and with none for a dry run', async () => {
  await using scripted = await answering(
    performed({
      kind: 'ORGANIZATION_SYNC',
      change: { kind: 'ORGANIZATION_SYNC' },
      source: 'COMMITMENT_MANAGER',
    }),
  );
  const { data, errors } = await scripted.ask(SYNC('state { syncStatus } operation { target { id } }'));
  expect(errors).toEqual([]);
  expect(data.organizationSync).toEqual({
    state: null,
    operation: { target: { id: idOf('Organization', '') } },
  });
  expect(scripted.reads).toEqual([{ what: 'state', withinMs: 0 }]);

  await using dry = await answering({ kind: 'previewed', preview: null, problems: [] });
  await dry.ask(SYNC('state { syncStatus } preview { unchecked }'));
  expect(dry.reads).toEqual([]);
});

describe('what is wrong', () => {
  it('is listed whole, with its type', async () => {
    await using scripted = await answering({
      kind: 'refused',
      problems: [
        { path: ['offerings', '0', 'products', '1', 'quantity'], code: 'OUT_OF_RANGE', message: 'Too much.' },
        { path: [], code: 'REFUSED', message: 'The backend says no.' },
      ],
    });
    const { data, errors } = await scripted.ask(
      CANCEL('operation { id } userErrors { __typename message path code ... on BackendRefusal { source } }'),
    );
    expect(errors).toEqual([]);
    expect(data.contractCancel).toEqual({
      operation: null,
      userErrors: [
        {
          __typename: 'InputProblem',
          message: 'Too much.',
          path: ['offerings', '0', 'products', '1', 'quantity'],
          code: 'OUT_OF_RANGE',
        },
        {
          __typename: 'BackendRefusal',
          message: 'The backend says no.',
          path: [],
          code: 'REFUSED',
          source: 'MONETIZENOW',
        },
      ],
    });
  });

  it.each(['REFUSED', 'NOT_APPLIED', 'DENIED', 'SETTLED_BY_OPERATOR'] as const)(
    'is told where the operation failed as %s',
    async (code) => {
      await using scripted = await answering(
        performed({ state: 'FAILED', failure: { code, message: 'It did not happen.' } }),
      );
      const { data, errors } = await scripted.ask(
        CANCEL('operation { state failure { code message } } userErrors { __typename code path message }'),
      );
      expect(errors).toEqual([]);
      expect(data.contractCancel).toEqual({
        operation: { state: 'FAILED', failure: { code, message: 'It did not happen.' } },
        userErrors: [
          { __typename: 'BackendRefusal', code: 'REFUSED', path: [], message: 'It did not happen.' },
        ],
      });
    },
  );

  it.each(['PENDING', 'IN_REVIEW', 'SUCCEEDED'] as const)('is nothing where it is %s', async (state) => {
    await using scripted = await answering(performed({ state }));
    const { data, errors } = await scripted.ask(CANCEL('operation { state } userErrors { code }'));
    expect(errors).toEqual([]);
    expect(data.contractCancel).toEqual({ operation: { state }, userErrors: [] });
  });
});

describe('an outcome that nobody knows', () => {
  it('is data and an error, under the alias too, and on a replay', async () => {
    for (const isReplay of [false, true]) {
      await using scripted = await answering(
        performed(
          { state: 'UNKNOWN', failure: { code: 'NO_ANSWER', message: 'No answer.' } },
          {},
          { isReplay },
        ),
      );
      const { status, data, errors } = await scripted.ask(
        CANCEL('operation { state } userErrors { code }').replace('contractCancel', 'done: contractCancel'),
      );
      expect(status).toBe(200);
      expect(data).toEqual({ done: { operation: { state: 'UNKNOWN' }, userErrors: [] } });
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({
        path: ['done'],
        extensions: {
          code: 'OUTCOME_UNKNOWN',
          source: 'MONETIZENOW',
          retryable: false,
          requestId: expect.any(String),
        },
      });
    }
  });

  it('is an error even where the document asks for nothing of it', async () => {
    await using scripted = await answering(performed({ state: 'UNKNOWN' }));
    const { errors } = await scripted.ask(CANCEL('__typename'));
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUTCOME_UNKNOWN']);
  });
});

it('an outcome that could not be written down is in the data and in the log', async () => {
  await using scripted = await answering(performed({}, {}, { isDurable: false }));
  const { data, errors } = await scripted.ask(CANCEL('isDurable operation { state }'));
  expect(errors).toEqual([]);
  expect(data.contractCancel).toEqual({ isDurable: false, operation: { state: 'SUCCEEDED' } });
  expect(scripted.edge.lines).toEqual([
    expect.objectContaining({
      level: 50,
      operationId: 'op-1',
      client: 'writer',
      requestId: expect.any(String),
    }),
  ]);
});

describe('a refusal of the journal', () => {
  const CODES = {
    BAD_USER_INPUT: 1,
    IDEMPOTENCY_KEY_REUSED: 1,
    IDEMPOTENCY_IN_PROGRESS: 1,
    TARGET_BUSY: 1,
    PRECONDITION_FAILED: 1,
    STORE_UNAVAILABLE: 1,
  } satisfies Record<OperationErrorCode, 1>;

  it.each(Object.keys(CODES) as OperationErrorCode[])('%s costs its field and has its code', async (code) => {
    await using scripted = await answering(new OperationError(code, 'Not now.'));
    const { data, errors } = await scripted.ask(CANCEL('isReplay'));
    expect(data).toEqual({ contractCancel: null });
    expect(errors).toEqual([
      {
        message: 'Not now.',
        path: ['contractCancel'],
        locations: expect.any(Array),
        extensions: { code, retryable: false, requestId: expect.any(String) },
      },
    ]);
    expect(scripted.edge.lines).toEqual([]);
  });

  it('says whether and when to ask again, and tells its detail to the log only', async () => {
    await using scripted = await answering(
      new OperationError('STORE_UNAVAILABLE', 'Not now.', {
        isRetryable: true,
        retryAfterMs: 1500,
        detail: 'disk full: /secret/journal.db',
      }),
    );
    const { text, errors } = await scripted.ask(CANCEL('isReplay'));
    expect(errors[0]?.extensions).toMatchObject({ retryable: true, retryAfterMs: 1500 });
    expect(text).not.toContain('secret');
    expect(scripted.edge.lines).toEqual([
      expect.objectContaining({
        level: 40,
        code: 'STORE_UNAVAILABLE',
        detail: 'disk full: /secret/journal.db',
        client: 'writer',
      }),
    ]);
  });

  it('is told like any failure where a backend could not be read', async () => {
    await using scripted = await answering(
      new SourceError(failure('UPSTREAM_TIMEOUT', 'MONETIZENOW', { detail: 'after 10 s' })),
    );
    const { data, errors } = await scripted.ask(CANCEL('isReplay'));
    expect(data).toEqual({ contractCancel: null });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      source: 'MONETIZENOW',
      retryable: true,
    });
  });

  it('that was not foreseen is masked', async () => {
    await using scripted = await answering(new Error('a path and a password'));
    const { text, errors } = await scripted.ask(CANCEL('isReplay'));
    expect(errors[0]?.extensions.code).toBe('INTERNAL');
    expect(text).not.toContain('password');
  });
});
