/** The edge over the real graph, with a journal and backends that say what a test tells them to. */
import { authenticateClients } from '../../src/admission/principal.js';
import { parseAccounts } from '../../src/config.js';
import { instantOfMillis } from '../../src/domain/calendar.js';
import type { Contract } from '../../src/domain/contract.js';
import { createDirectory } from '../../src/domain/directory.js';
import { NO_RESULT, type Operation, type OperationResult } from '../../src/domain/operation.js';
import type { ChangeRequest, Operations, Performed } from '../../src/domain/operations.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { Sources } from '../../src/domain/ports.js';
import { encodeGlobalId, type NodeType } from '../../src/graph/global-id.js';
import { createSchema } from '../../src/graph/resolvers.js';
import type { SourcesRequest } from '../../src/http/context.js';
import { clientOf } from './clients.js';
import { post, startEdge, type TestEdge } from './edge.js';
import type { GraphAnswer } from './gateway.js';

export const NOW = Date.parse('2026-11-21T12:00:00Z');
const AT = instantOfMillis(NOW);

/** May do everything, for every customer. */
export const WRITER = 'key-of-the-writer-0123456789';
/** May do everything, for sleepyco. */
export const PARTNER = 'key-of-the-partner-0123456789';
export const READER = 'key-of-the-reader-0123456789';
export const CONTRACTOR = 'key-of-the-contractor-0123456789';
export const COMMITTER = 'key-of-the-committer-0123456789';

const ALL = ['contracts:write', 'commitments:write', 'commitments:delete'] as const;

export const idOf = (type: NodeType, key: string, organization = 'sleepyco') =>
  encodeGlobalId({ type, organization, key });

export function anOperation(changes: Partial<Operation> = {}): Operation {
  return {
    id: 'op-1',
    organization: 'sleepyco' as OrganizationSlug,
    client: 'writer',
    idempotencyKey: 'key-00000001',
    kind: 'CONTRACT_CANCEL',
    change: { kind: 'CONTRACT_CANCEL', contractId: 'ctrct_1', effective: null },
    source: 'MONETIZENOW',
    state: 'SUCCEEDED',
    needsOperator: false,
    target: 'MONETIZENOW/ctrct_1',
    externalId: 'ctrct_1',
    request: { method: 'POST', path: '/api/selfService/contract', body: '{"contractId":"ctrct_1"}' },
    reason: null,
    requestId: 'request-1',
    references: {},
    failure: null,
    before: null,
    after: null,
    outcome: null,
    progress: null,
    requestedAt: AT,
    sentAt: AT,
    settledAt: AT,
    updatedAt: AT,
    looks: 0,
    ...changes,
  };
}

export function performed(
  operation: Partial<Operation> = {},
  result: Partial<OperationResult> = {},
  rest: Partial<Extract<Performed, { kind: 'performed' }>> = {},
): Performed {
  return {
    kind: 'performed',
    operation: anOperation(operation),
    result: { ...NO_RESULT, ...result },
    isReplay: false,
    isDurable: true,
    ...rest,
  };
}

export function aContract(changes: Partial<Contract> = {}): Contract {
  return {
    externalId: 'ctrct_1',
    organization: 'sleepyco' as OrganizationSlug,
    account: null,
    billGroupId: null,
    latestQuoteId: null,
    status: 'ACTIVE',
    statusText: 'ACTIVE',
    term: { startsOn: null, endsBefore: null },
    endAction: null,
    endActionText: null,
    totalValue: null,
    owner: null,
    isRenewed: null,
    previousContractId: null,
    legalEntityId: null,
    modifiedAt: null,
    observation: { observedAt: AT, stale: false },
    ...changes,
  };
}

export interface ScriptedEdge extends AsyncDisposable {
  readonly edge: TestEdge;
  /** What the journal was asked to make, in order. */
  readonly requests: ChangeRequest[];
  /** How old the answers may be that were read through the ports, in order. */
  readonly reads: { readonly what: string; readonly withinMs: number | null }[];
  ask(document: string, variables?: object, key?: string): Promise<GraphAnswer>;
}

const record = (reads: ScriptedEdge['reads'], { withinMs }: SourcesRequest, what: string) => ({
  isId: (key: string) => key !== 'unlike-an-id',
  list: () =>
    Promise.resolve({
      items: [],
      dropped: [],
      truncated: false,
      observation: { observedAt: AT, stale: false },
    }),
  byId: (_: unknown, externalId: string) => {
    reads.push({ what: `${what} ${externalId}`, withinMs: withinMs() });
    return Promise.resolve(what === 'contract' && externalId === 'ctrct_1' ? aContract() : null);
  },
});

/** `script`: what the journal answers; what is left out answers nothing. */
export async function startScripted(script: Partial<Operations> = {}): Promise<ScriptedEdge> {
  const requests: ChangeRequest[] = [];
  const reads: ScriptedEdge['reads'] = [];
  const edge = await startEdge({
    schema: createSchema(),
    clock: () => NOW,
    authenticate: authenticateClients([
      clientOf('writer', WRITER, '*', [...ALL]),
      clientOf('partner', PARTNER, ['sleepyco'], [...ALL]),
      clientOf('reader', READER, '*'),
      clientOf('contractor', CONTRACTOR, '*', ['contracts:write']),
      clientOf('committer', COMMITTER, '*', ['commitments:write']),
    ]),
    directory: createDirectory(
      parseAccounts([
        { slug: 'sleepyco', name: 'SleepyCo', currency: 'USD' },
        { slug: 'harbourline', name: 'Harbourline', currency: 'EUR' },
      ]),
    ),
    createSources: (request) =>
      ({
        contracts: record(reads, request, 'contract'),
        contractCommitments: record(reads, request, 'contract commitment'),
        resourceCommitments: record(reads, request, 'resource commitment'),
        spend: {
          state: () => {
            reads.push({ what: 'state', withinMs: request.withinMs() });
            return Promise.resolve(null);
          },
        },
      }) as unknown as Sources,
    createOperations: () => ({
      byId: () => Promise.resolve(null),
      byKey: () => Promise.resolve([]),
      list: () => Promise.resolve({ operations: [], hasMore: false, totalCount: 0 }),
      result: () => NO_RESULT,
      async *follow() {
        // nothing moves
      },
      ...script,
      perform: (request) => {
        requests.push(request);
        return script.perform?.(request) ?? Promise.resolve(performed());
      },
    }),
  });
  return {
    edge,
    requests,
    reads,
    async ask(query, variables = {}, key = WRITER) {
      const response = await post(edge.url, JSON.stringify({ query, variables }), { 'x-api-key': key });
      const text = await response.text();
      const { data, errors } = JSON.parse(text) as Pick<GraphAnswer, 'data'> & Partial<GraphAnswer>;
      return { status: response.status, text, data, errors: errors ?? [] };
    },
    [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose](),
  };
}
