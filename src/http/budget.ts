/**
 * What an operation may cost its client, before it runs and after: one that is too dear is refused, and so is one whose
 * client has spent its budget; what was not needed is given back. Callers see what is left in `RateLimit` (IETF draft
 * "RateLimit header fields for HTTP"), and in `extensions.cost` if they ask with `graphql-cost-report`.
 *
 * Guarantees: refuses before the first resolver runs, so that no backend sees any of it, however the operation came.
 * Nobody pays more than was estimated, and an estimate is never more than `costAtOnce`: whatever is admitted once could
 * always be. A client with `mode: measure` is refused nothing, and the log says, once a minute at most, that it would be.
 */
import {
  GraphQLError,
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { msOf, type Budgets, type Taken } from '../admission/budgets/budgets.js';
import { actualCost, costOf, type Price } from '../admission/cost.js';
import type { Limits } from '../domain/principal.js';
import { CallerError, RateLimitError } from '../graph/errors.js';
import type { Log } from '../observability/log.js';
import type { RequestContext } from './context.js';

export interface BudgetDependencies {
  readonly budgets: Budgets;
  /** Of clients that have none of their own; `null`: nobody has limits, whatever is said of them. */
  readonly limits: Limits | null;
  readonly log: Log;
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
}

/** What the caller is told in `extensions.cost`. Points, all of them. */
export interface CostReport {
  /** What the operation could have cost at most. */
  readonly estimated: number;
  /** What it cost. */
  readonly actual: number;
  readonly mode: Limits['mode'];
  /** What one operation may cost; null, as those below, where nothing is limited. */
  readonly operationCost: number | null;
  readonly available: number | null;
  readonly costAtOnce: number | null;
  readonly costPerMinute: number | null;
}

/** One operation's. */
export interface Bill {
  /** Why it may not run. */
  readonly objection: GraphQLError | null;
  /** As far as is known now: after `settle`, with what was given back. */
  headers(): Readonly<Record<string, string>>;
  /** Gives back what was not needed; once, when the answer is known. */
  settle(answer: Pick<FormattedExecutionResult, 'data'>): void;
  /** Nothing will be given back: how long a stream will be is not known. */
  settleWhole(): void;
  report(): CostReport;
}

export type MakeBill = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  context: RequestContext,
) => Bill | Promise<Bill>;

const TELL_EVERY_MS = 60_000;
const MOST_TOLD = 1_000;

export function createBilling({ budgets, limits: usual, log, now }: BudgetDependencies): MakeBill {
  const toldAt = new LRUCache<string, number>({ max: MOST_TOLD });
  const tell = (limits: Limits, { principal: { client }, requestId }: RequestContext, about: object) => {
    const at = toldAt.get(client);
    if (at !== undefined && now() - at < TELL_EVERY_MS) return;
    toldAt.set(client, now());
    const said =
      limits.mode === 'enforce'
        ? 'a client goes beyond its limits, and is refused'
        : 'a client goes beyond its limits; with mode measure nothing is refused';
    log.warn({ client, requestId, ...about }, said);
  };

  return (schema, document, operation, variables, context) => {
    const { principal, cost } = context;
    const price = costOf(schema).priceOf(document, operation);
    const estimated = price.of(variables);
    cost.estimated = estimated;
    const limits = usual === null ? UNLIMITED : limitsFor(principal.limits, usual);
    if (limits.mode === 'off') return billOf(context, price, limits, null, () => undefined, null);

    const isEnforced = limits.mode === 'enforce';
    const most = Math.min(limits.operationCost, limits.costAtOnce);
    if (estimated > most) {
      tell(limits, context, { estimated, operationCost: most });
      if (isEnforced) {
        return billOf(context, price, limits, null, () => undefined, tooCostly(estimated, most));
      }
    }
    const points = Math.min(estimated, limits.costAtOnce);
    const bill = (taken: Taken): Bill => {
      if (taken.isTaken) {
        const giveBack = (unused: number) => {
          budgets.giveBack(principal.client, Math.min(unused, points), limits);
        };
        return billOf(context, price, limits, taken, giveBack, null);
      }
      tell(limits, context, { estimated, available: taken.available });
      const objection = isEnforced ? spent(estimated, taken, limits) : null;
      return billOf(context, price, limits, taken, () => undefined, objection);
    };
    const taken = budgets.take(principal.client, points, limits);
    return taken instanceof Promise ? taken.then(bill) : bill(taken);
  };
}

const UNLIMITED: Limits = { mode: 'off', operationCost: 1, costPerMinute: 1, costAtOnce: 1 };

/** What a client has of its own, over what is usual. */
export function limitsFor(own: RequestContext['principal']['limits'], usual: Limits): Limits {
  return own === undefined
    ? usual
    : {
        mode: own.mode ?? usual.mode,
        operationCost: own.operationCost ?? usual.operationCost,
        costPerMinute: own.costPerMinute ?? usual.costPerMinute,
        costAtOnce: own.costAtOnce ?? usual.costAtOnce,
      };
}

const inWords = (points: number) => points.toLocaleString('en');

function tooCostly(estimated: number, most: number): GraphQLError {
  const originalError = new CallerError(
    'OPERATION_TOO_COSTLY',
    `The operation could cost ${inWords(estimated)} points; this client may spend ${inWords(most)} on one. Ask for ` +
      'smaller pages, for less of each object, or in several steps.',
  );
  // In the form that the server library answers with its status.
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 400 } } });
}

function spent(estimated: number, { available, retryAfterMs }: Taken, limits: Limits): GraphQLError {
  return new RateLimitError(
    `This client has spent its budget: the operation could cost ${inWords(estimated)} points, and ` +
      `${inWords(available)} are there. ${inWords(limits.costPerMinute)} come back in a minute. Try again when ` +
      '`retryAfterMs` is over.',
    retryAfterMs,
  );
}

function billOf(
  { cost, meter }: RequestContext,
  price: Price,
  limits: Limits,
  taken: Taken | null,
  giveBack: (points: number) => void,
  objection: GraphQLError | null,
): Bill {
  const estimated = cost.estimated ?? 0;
  let available = taken?.available ?? null;
  return {
    objection,
    headers: () => (available === null ? NO_HEADERS : headersOf(limits, available, taken)),
    settle({ data }) {
      // Nobody pays for what the gateway repeats.
      let calls = 0;
      for (const { sent, retried } of Object.values(meter.report())) calls += sent - retried;
      const actual =
        objection === null ? Math.min(actualCost(data, calls, price.introspections), estimated) : 0;
      cost.actual = actual;
      if (taken?.isTaken !== true || actual >= estimated) return;
      giveBack(estimated - actual);
      available = Math.min(limits.costAtOnce, taken.available + estimated - actual);
    },
    settleWhole() {
      cost.actual = objection === null ? estimated : 0;
    },
    report: () => ({
      estimated,
      actual: cost.actual ?? 0,
      mode: limits.mode,
      ...(limits.mode === 'off'
        ? { operationCost: null, available: null, costAtOnce: null, costPerMinute: null }
        : {
            operationCost: Math.min(limits.operationCost, limits.costAtOnce),
            available,
            costAtOnce: limits.costAtOnce,
            costPerMinute: limits.costPerMinute,
          }),
    }),
  };
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** So many points in so many seconds; how many are left, and in how many seconds all of them are there again. */
function headersOf(limits: Limits, available: number, taken: Taken | null): Readonly<Record<string, string>> {
  const seconds = (points: number) => Math.ceil(msOf(points, limits) / 1000);
  const { costAtOnce } = limits;
  const headers = {
    'ratelimit-policy': `"cost";q=${costAtOnce};w=${seconds(costAtOnce)};qu="points"`,
    ratelimit: `"cost";r=${available};t=${seconds(costAtOnce - available)}`,
  };
  return taken === null || taken.isTaken || limits.mode !== 'enforce'
    ? headers
    : { ...headers, 'retry-after': String(Math.ceil(taken.retryAfterMs / 1000)) };
}
