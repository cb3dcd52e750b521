/** What one request works with: who asks, what they may see, and ports that remember for this request only. */
import type { GuessLimit } from '../admission/guesses.js';
import { noCalendars, type Calendars } from '../domain/calendars.js';
import type { Directory } from '../domain/directory.js';
import { noHistory, type History } from '../domain/history.js';
import type { Principal } from '../domain/principal.js';
import type { Operations } from '../domain/operations.js';
import type { Sources } from '../domain/ports.js';
import { noReconciliations, type Reconciliations } from '../domain/reconciliation/memory.js';
import { noVerifications, type Verifications } from '../domain/verifications.js';
import type { GraphContext } from '../graph/context.js';
import type { Estimate } from '../graph/estimate.js';
import { createMeter, type Meter } from '../observability/meter.js';

/** What the ports of a request take from it. */
export interface SourcesRequest {
  readonly signal: AbortSignal;
  readonly withinMs: () => number | null;
  readonly meter: Meter;
}

/** What changes take from the request. */
export interface OperationsRequest {
  /** Name of the client that asks. */
  readonly client: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

export interface ContextDependencies {
  readonly directory: Directory;
  readonly createSources: (request: SourcesRequest) => Sources;
  readonly createOperations: (request: OperationsRequest) => Operations;
  /** Left out: nothing is kept. */
  readonly createVerifications?: (request: Pick<OperationsRequest, 'client' | 'requestId'>) => Verifications;
  /** Its ports read anew, unless the operation says how old an answer may be. Left out: nothing is reconciled. */
  readonly createReconciliations?: (client: string, sources: Sources) => Reconciliations;
  /** Left out: nothing is kept. */
  readonly createCalendars?: (principal: Principal) => Calendars;
  /** What was seen. Left out: nothing is kept. */
  readonly history?: History;
  readonly clock: () => number;
}

/** The same, and what the edge itself makes. */
export interface ContextParts extends ContextDependencies {
  readonly guesses: GuessLimit;
}

/** What the operation costs its client, in points (`admission/cost.ts`); `null` as long as that is not known. */
export interface OperationCost {
  /** Known before the first resolver runs. */
  estimated: number | null;
  /** Known when the answer is complete. */
  actual: number | null;
  /** Whether the caller wants to be told. */
  readonly isReportWanted: boolean;
  /** What the head of a stream of events says of its client's budget. */
  headers: Readonly<Record<string, string>>;
}

/** The graph's context, and what the edge adds to it. */
export interface RequestContext extends GraphContext {
  readonly cost: OperationCost;
  /** The code of the first error in a stream of answers. */
  readonly stream: { code: string | null };
  readonly meter: Meter;
  /** Whether the answer should tell what it cost: asked for, and allowed. */
  readonly isCostWanted: boolean;
  /** Set before the first resolver runs, if the cost is wanted. */
  readonly estimate: { calls: Estimate };
}

export function createContext(
  {
    directory,
    createSources,
    createOperations,
    createVerifications,
    createReconciliations = () => noReconciliations,
    createCalendars = () => noCalendars,
    history = noHistory,
    clock,
    guesses,
  }: ContextParts,
  request: {
    readonly principal: Principal;
    readonly requestId: string;
    readonly signal: AbortSignal;
    readonly isCostWanted: boolean;
    /** Of the cost in points; left out: no. */
    readonly isReportWanted?: boolean;
    /** Left out: one of its own. */
    readonly meter?: Meter;
  },
): RequestContext {
  const { meter = createMeter() } = request;
  const freshness: RequestContext['freshness'] = { withinMs: null };
  const { principal, requestId, signal } = request;
  let reconciliations: Reconciliations | null = null;
  const sources = createSources({ signal, withinMs: () => freshness.withinMs, meter });
  return {
    requestId,
    principal,
    signal,
    isCostWanted: request.isCostWanted && principal.mayInspect,
    estimate: { calls: {} },
    cost: { estimated: null, actual: null, isReportWanted: request.isReportWanted ?? false, headers: {} },
    stream: { code: null },
    directory: directory.viewOf(principal),
    sources,
    operations: createOperations({ client: principal.client, requestId, signal, meter }),
    verifications: createVerifications?.({ client: principal.client, requestId }) ?? noVerifications,
    // Few requests ask for it, and its ports are not free.
    get reconciliations() {
      return (reconciliations ??= createReconciliations(
        principal.client,
        createSources({ signal, withinMs: () => freshness.withinMs ?? 0, meter }),
      ));
    },
    calendars: createCalendars(principal),
    history,
    lookups: guesses.of(principal, requestId),
    now: clock,
    freshness,
    meter,
    partialFailures: [],
    remarks: [],
  };
}
