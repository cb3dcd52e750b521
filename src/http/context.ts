/** What one request works with: who asks, what they may see, and ports that remember for this request only. */
import type { Directory } from '../domain/directory.js';
import type { Principal } from '../domain/principal.js';
import type { Operations } from '../domain/operations.js';
import type { Sources } from '../domain/ports.js';
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
  readonly clock: () => number;
}

/** The graph's context, and what the edge adds to it. */
export interface RequestContext extends GraphContext {
  readonly meter: Meter;
  /** Whether the answer should tell what it cost: asked for, and allowed. */
  readonly isCostWanted: boolean;
  /** Set before the first resolver runs, if the cost is wanted. */
  readonly estimate: { calls: Estimate };
}

export function createContext(
  { directory, createSources, createOperations, clock }: ContextDependencies,
  request: {
    readonly principal: Principal;
    readonly requestId: string;
    readonly signal: AbortSignal;
    readonly isCostWanted: boolean;
  },
): RequestContext {
  const meter = createMeter();
  const freshness: RequestContext['freshness'] = { withinMs: null };
  const { principal, requestId, signal } = request;
  return {
    requestId,
    principal,
    signal,
    isCostWanted: request.isCostWanted && principal.mayInspect,
    estimate: { calls: {} },
    directory: directory.viewOf(principal),
    sources: createSources({ signal, withinMs: () => freshness.withinMs, meter }),
    operations: createOperations({ client: principal.client, requestId, signal, meter }),
    now: clock,
    freshness,
    meter,
    partialFailures: [],
    remarks: [],
  };
}
