/**
 * Makes one change: checks, writes the intent down, sends it once, writes down how it ended.
 *
 * Guarantees: nothing is sent before the intent is durable, and nothing is sent twice: the same key finds what became of
 * the first request, whoever asks and however many at once. Refuses a key that was used for something else, a target
 * that another change is open on, a version that is no longer the one that was read; refusals are on record too.
 */
import type { Signal } from '../domain/signal.js';
import type { ChangePort, ChangePorts, Step } from '../domain/change-port.js';
import { SOURCE_OF_CHANGE, type Change } from '../domain/change.js';
import { SourceError, sourceError } from '../domain/failure.js';
import type { Json } from '../domain/json.js';
import { NO_RESULT, type Plan } from '../domain/operation.js';
import type { OperationError } from '../domain/operations.js';
import { type ChangeRequest, type Performed } from '../domain/operations.js';
import type { Ending } from './ending.js';
import type { Failpoint } from './failpoint.js';
import type { Keeper } from './keeper.js';
import { portOf } from './port-of.js';
import { busy, checkRequest, inProgress, otherVersion, reused, tooLate, unwritable } from './refusals.js';
import { fingerprintOf, newRow, operationOf, outcomeOf } from './rows.js';
import type { Begun, OperationStore, Row } from './store.js';
import { StoreError } from './store-error.js';
import { within, type Wait } from './within.js';

export interface Caller {
  readonly client: string;
  readonly requestId: string;
  /** Aborts when nobody waits for the answer any more. What was begun goes on. */
  readonly signal: Signal;
}

export interface PerformTimes {
  /** How long sending may take at most, reading the answer included. */
  readonly sendMs: number;
  /** How long a caller waits for a change that its backend has taken and not finished. */
  readonly followMs: number;
  /** How long a caller waits for another process that is making the same change. */
  readonly twinMs: number;
}

export interface PerformDependencies {
  readonly times: PerformTimes;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
  readonly wait: Wait;
  readonly newId: () => string;
  readonly holder: string;
  readonly keeper: Keeper;
  readonly ending: Ending;
  /** What is being sent right now; kept here, read by others. */
  readonly sending: Set<string>;
  readonly failpoint: Failpoint;
  /** Called with every row that changed. */
  readonly onChange: (row: Row) => void;
  /** A port that broke its promise. */
  readonly onTrouble: (facts: {
    readonly operationId: string;
    readonly what: string;
    readonly detail?: string;
  }) => void;
}

export interface Performer {
  perform(request: ChangeRequest, caller: Caller, ports: ChangePorts): Promise<Performed>;
  /** Resolves when no change is being made. */
  idle(): Promise<void>;
}

/**
 * Three times: between the intent and the first byte (the database may be slow), beyond the port's own limit (it keeps
 * that itself), and between the answer and the outcome.
 */
const MARGIN_MS = 5_000;
const POLL_MS = 250;

export function createPerformer(dependencies: PerformDependencies): Performer {
  const { times, clock, now, wait, newId, holder, keeper, ending, sending } = dependencies;
  const { failpoint, onChange, onTrouble } = dependencies;
  /** By key: what is being made by this process. */
  const running = new Map<string, { readonly fingerprint: string; readonly done: Promise<Performed> }>();

  const performed = (
    port: ChangePort<Change>,
    request: ChangeRequest,
    row: Row,
    { isReplay, isDurable }: { readonly isReplay: boolean; readonly isDurable: boolean },
  ): Performed => {
    const outcome = outcomeOf(row);
    const result = outcome === null ? NO_RESULT : port.result(request.organization, request.change, outcome);
    return { kind: 'performed', operation: operationOf(row), result, isReplay, isDurable };
  };

  /** The store's own errors as callers see them. */
  const told = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      throw error instanceof StoreError ? unwritable(error) : error;
    }
  };

  const noteRefusal = (request: ChangeRequest, { client }: Caller, why: Json): Promise<void> =>
    told(
      keeper.begin((store) =>
        store.note({
          at: clock(),
          organization: request.organization.slug,
          client,
          event: 'REFUSED',
          details: {
            change: request.change as unknown as Json,
            idempotencyKey: request.idempotencyKey,
            reason: request.reason,
            why,
          },
        }),
      ),
    );
  /** Puts it on record, and throws it. */
  const refuse = async (request: ChangeRequest, caller: Caller, error: OperationError): Promise<never> => {
    await noteRefusal(request, caller, error.code);
    throw error;
  };

  const begin = async (store: OperationStore, row: Row, plan: Plan): Promise<Begun> => {
    const details = { request: plan.request as unknown as Json, reason: row.reason };
    failpoint('before-intent');
    const begun = await store.begin(row, details, () => {
      failpoint('inside-intent');
    });
    return begun.kind === 'known' &&
      begun.row.state === 'NOT_SENT' &&
      begun.row.fingerprint === row.fingerprint
      ? store.beginAgain(begun.row, row, details)
      : begun;
  };

  /** Sends it, for so long as it may take. */
  const send = async (
    port: ChangePort<Change>,
    { organization, change }: ChangeRequest,
    plan: Plan,
    { id }: Row,
  ): Promise<Step> => {
    const noWord = (what: string, detail?: string): Step => {
      onTrouble({ operationId: id, what, ...(detail === undefined ? {} : { detail }) });
      return { state: 'UNKNOWN', message: 'It is not known whether the change was made.' };
    };
    sending.add(id);
    try {
      return await within(wait, times.sendMs + MARGIN_MS, port.send(organization, change, plan, id), () =>
        noWord('was not sent within its time: nobody waits for the answer any more'),
      );
    } catch (error) {
      return noWord('sending it failed by a fault of ours', String(error));
    } finally {
      sending.delete(id);
    }
  };

  /** What the same key gave before. */
  const replay = async (
    known: Row,
    request: ChangeRequest,
    caller: Caller,
    port: ChangePort<Change>,
  ): Promise<Performed> => {
    failpoint('during-replay');
    let row = known;
    const until = now() + times.twinMs;
    while (row.state === 'SENDING' || row.state === 'NOT_SENT') {
      if (now() + POLL_MS > until || caller.signal.aborted) throw inProgress();
      await wait(POLL_MS, caller.signal);
      row = (await told(keeper.read((store) => store.byId(known.id)))) ?? row;
    }
    return performed(port, request, row, { isReplay: true, isDurable: true });
  };

  /** The row that has the key. */
  const keyed = ({ organization: { slug }, idempotencyKey }: ChangeRequest, { client }: Caller) =>
    told(keeper.read((store) => store.byKey(slug, client, idempotencyKey)));

  /**
   * What another process has begun under the same key while this one planned; `null`: nothing. What stands in the way of the
   * plan may be that very change.
   */
  const twinElsewhere = async (
    request: ChangeRequest,
    caller: Caller,
    fingerprint: string,
    port: ChangePort<Change>,
  ): Promise<Performed | null> => {
    const known = await keyed(request, caller);
    if (known === null || known.state === 'NOT_SENT') return null;
    return known.fingerprint === fingerprint
      ? replay(known, request, caller, port)
      : refuse(request, caller, reused());
  };

  const make = async (
    request: ChangeRequest,
    caller: Caller,
    fingerprint: string,
    port: ChangePort<Change>,
  ): Promise<Performed> => {
    const madeElsewhere = () => twinElsewhere(request, caller, fingerprint, port);
    let planned;
    try {
      planned = await port.plan(request.organization, request.change);
    } catch (error) {
      const made = await madeElsewhere().catch(() => null);
      if (made !== null) return made;
      throw error;
    }
    if (!planned.isSendable) {
      const made = await madeElsewhere();
      if (made !== null) return made;
      await noteRefusal(request, caller, planned.problems as unknown as Json);
      return { kind: 'refused', problems: planned.problems };
    }
    const { plan } = planned;
    const other = otherVersion(plan, request.expectedVersion);
    if (other !== null) return (await madeElsewhere()) ?? refuse(request, caller, other);

    const intended = newRow({
      id: newId(),
      request,
      client: caller.client,
      fingerprint,
      plan,
      requestId: caller.requestId,
      holder,
      now: clock(),
      heldUntil: clock() + times.sendMs + 3 * MARGIN_MS,
    });
    const begun = await told(keeper.begin((store) => begin(store, intended, plan)));
    if (begun.kind === 'busy') return refuse(request, caller, busy(begun.row));
    if (begun.kind === 'known') {
      return begun.row.fingerprint === fingerprint
        ? replay(begun.row, request, caller, port)
        : refuse(request, caller, reused());
    }
    const mine = begun.row;
    onChange(mine);
    failpoint('intent-durable');
    if (clock() - mine.sent_at > MARGIN_MS) {
      await ending.notSent(mine, 'too late');
      throw tooLate();
    }
    const step = await send(port, request, plan, mine);
    failpoint('reply-read');
    if (step.state === 'NOT_SENT') {
      await ending.notSent(mine, { failure: step.failure.code, detail: step.failure.detail ?? null });
      throw new SourceError(step.failure);
    }
    const { row, isDurable } = await ending.answered(mine, step);
    const last = isDurable ? await ending.followed(row, times.followMs, caller.signal) : row;
    return performed(port, request, last, { isReplay: false, isDurable });
  };

  const preview = async (request: ChangeRequest, port: ChangePort<Change>): Promise<Performed> => {
    const planned = await port.plan(request.organization, request.change);
    const { plan } = planned;
    const other = plan === null ? null : otherVersion(plan, request.expectedVersion);
    if (other !== null) throw other;
    return {
      kind: 'previewed',
      preview:
        plan === null
          ? null
          : { request: plan.request, implications: plan.implications, unchecked: plan.unchecked },
      problems: planned.isSendable ? [] : planned.problems,
    };
  };

  const perform: Performer['perform'] = async (request, caller, ports) => {
    checkRequest(request);
    const port = portOf(ports, request.change);
    if (port === null) {
      throw sourceError('UPSTREAM_UNAVAILABLE', SOURCE_OF_CHANGE[request.change.kind], {
        detail: 'not configured',
        isLasting: true,
      });
    }
    if (request.dryRun) return preview(request, port);

    const fingerprint = fingerprintOf(request);
    const { slug } = request.organization;
    const name = JSON.stringify([slug, caller.client, request.idempotencyKey]);
    const twin = running.get(name);
    if (twin !== undefined && twin.fingerprint !== fingerprint) {
      // Whose the key is, is what is written down: the other may be refused for an operation that is ours.
      const known = await keyed(request, caller);
      if (known !== null && known.fingerprint !== fingerprint) return refuse(request, caller, reused());
      await twin.done.catch(() => undefined);
      return perform(request, caller, ports);
    }
    if (twin !== undefined) {
      const ended = await twin.done;
      // One that was refused before sending leaves the key free; its answer holds for the same input all the same.
      return ended.kind === 'performed' ? { ...ended, isReplay: true } : ended;
    }
    const first = async (): Promise<Performed> => {
      const known = await keyed(request, caller);
      if (known === null) return make(request, caller, fingerprint, port);
      if (known.fingerprint !== fingerprint) return refuse(request, caller, reused());
      return known.state === 'NOT_SENT'
        ? make(request, caller, fingerprint, port)
        : replay(known, request, caller, port);
    };
    const done = first().finally(() => {
      running.delete(name);
    });
    running.set(name, { fingerprint, done });
    return done;
  };

  return {
    perform,
    async idle() {
      await Promise.allSettled([...running.values()].map(({ done }) => done));
    },
  };
}
