/** What one request works with: who asks, what they may see, and ports that remember for this request only. */
import type { Signal } from '../domain/signal.js';
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
  readonly signal: Signal;
  readonly withinMs: () => number | null;
  readonly meter: Meter;
}

/** What changes take from the request. */
export interface OperationsRequest {
  /** Name of the client that asks. */
  readonly client: string;
  readonly requestId: string;
  readonly signal: Signal;
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
  /**
   * The answer has left. A request that had to wait is old by then, and whatever something old leads to outlives small
   * collections of garbage, even after its end: all that was read for it.
   */
  release(): void;
}

interface ContextRequest {
  readonly principal: Principal;
  readonly requestId: string;
  readonly signal: Signal;
  readonly isCostWanted: boolean;
  /** Of the cost in points; left out: no. */
  readonly isReportWanted?: boolean;
  /** Left out: one of its own. */
  readonly meter?: Meter;
}

export function createContext(parts: ContextParts, request: ContextRequest): RequestContext {
  return new LazyContext(parts, request);
}

/**
 * Most of what a request could ask for it does not ask for: that is made when it does. Members that are made late are
 * those of the class, for the server library works with a copy of all others.
 */
class LazyContext implements RequestContext {
  readonly requestId: string;
  readonly principal: Principal;
  readonly signal: Signal;
  readonly isCostWanted: boolean;
  readonly estimate: RequestContext['estimate'] = { calls: {} };
  readonly cost: OperationCost;
  readonly stream: RequestContext['stream'] = { code: null };
  readonly directory: RequestContext['directory'];
  readonly history: History;
  readonly lookups: RequestContext['lookups'];
  readonly now: () => number;
  readonly freshness: RequestContext['freshness'] = { withinMs: null };
  readonly meter: Meter;
  readonly partialFailures: RequestContext['partialFailures'] = [];
  readonly remarks: RequestContext['remarks'] = [];
  private readonly parts: ContextParts;
  private readonly made: {
    sources?: Sources | undefined;
    operations?: Operations | undefined;
    verifications?: Verifications | undefined;
    reconciliations?: Reconciliations | undefined;
    calendars?: Calendars | undefined;
  } = {};

  constructor(parts: ContextParts, request: ContextRequest) {
    const { principal, requestId } = request;
    this.parts = parts;
    this.requestId = requestId;
    this.principal = principal;
    this.signal = request.signal;
    this.isCostWanted = request.isCostWanted && principal.mayInspect;
    this.cost = {
      estimated: null,
      actual: null,
      isReportWanted: request.isReportWanted ?? false,
      headers: {},
    };
    this.directory = parts.directory.viewOf(principal);
    this.history = parts.history ?? noHistory;
    this.lookups = parts.guesses.of(principal, requestId);
    this.now = parts.clock;
    this.meter = request.meter ?? createMeter();
  }

  get sources(): Sources {
    return (this.made.sources ??= this.read(() => this.freshness.withinMs));
  }

  get operations(): Operations {
    const { client } = this.principal;
    const { requestId, signal, meter } = this;
    return (this.made.operations ??= this.parts.createOperations({ client, requestId, signal, meter }));
  }

  get verifications(): Verifications {
    const { client } = this.principal;
    return (this.made.verifications ??=
      this.parts.createVerifications?.({ client, requestId: this.requestId }) ?? noVerifications);
  }

  get reconciliations(): Reconciliations {
    return (this.made.reconciliations ??=
      this.parts.createReconciliations?.(
        this.principal.client,
        this.read(() => this.freshness.withinMs ?? 0),
      ) ?? noReconciliations);
  }

  get calendars(): Calendars {
    return (this.made.calendars ??= this.parts.createCalendars?.(this.principal) ?? noCalendars);
  }

  release(): void {
    this.made.sources = undefined;
    this.made.operations = undefined;
    this.made.verifications = undefined;
    this.made.reconciliations = undefined;
    this.made.calendars = undefined;
  }

  private read(withinMs: () => number | null): Sources {
    const { signal, meter } = this;
    return this.parts.createSources({ signal, withinMs, meter });
  }
}
