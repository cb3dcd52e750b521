/**
 * Verifies changes: what the graph asks for, and what looks at billing in the background until it is certain.
 *
 * Guarantees: what was started is looked at to its end, also by another gateway and after a restart, where what is overdue
 * is looked at at once; each look is taken by one gateway and written down with what it saw. Looks at several customers
 * beside one another, few at a time: the backend's quota is everybody's. `stop` gives back looks that are under way.
 */
import { OwnSignal, type Signal } from '../domain/signal.js';
import { instantOfMillis, millisOfInstant } from '../domain/calendar.js';
import {
  isVerificationSettled,
  judge,
  type ChangeVerification,
  type Finding,
  type Sight,
  type VerificationSchedule,
} from '../domain/change-verification.js';
import { failure } from '../domain/failure.js';
import { canonicalJson } from '../domain/json.js';
import { OperationError } from '../domain/operations.js';
import type { Organization } from '../domain/organization.js';
import type { VerificationRequest, Verifications } from '../domain/verifications.js';
import { createFollowers, type JournalTimers } from '../journal/follow.js';
import { checkRequest } from '../journal/refusals.js';
import { storeErrorOf, type StoreError } from '../journal/store-error.js';
import { expectedOf, fingerprintOf, newRow, verificationOf } from './rows.js';
import { sightOf, type BillingSources } from './sight.js';
import type { Kept, Row, VerificationStore } from './store.js';

/** For the log. */
export type VerificationNews =
  | {
      readonly kind: 'settled';
      readonly verificationId: string;
      readonly organization: string;
      readonly state: string;
      readonly cause: string;
    }
  /** Told once until it works again. */
  | { readonly kind: 'delayed'; readonly error: StoreError }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'failed-look'; readonly verificationId: string; readonly error: unknown };

export interface VerifierDependencies {
  /** Rejects with `StoreError` while it cannot be had. */
  readonly store: () => Promise<VerificationStore>;
  readonly schedule: VerificationSchedule;
  /** Ports that take nothing from a cache; a set for each look. */
  readonly sources: (signal: Signal) => BillingSources;
  /** Any customer of the directory. */
  readonly organization: (slug: string) => Organization | null;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly timers: JournalTimers;
  readonly newId: () => string;
  readonly tell: (news: VerificationNews) => void;
}

export interface Verifier {
  forCaller(caller: { readonly client: string; readonly requestId: string }): Verifications;
  /** Takes up what was left. */
  start(): void;
  stop(): Promise<void>;
}

/** Another gateway may have started one; nobody tells us. */
const LONGEST_REST_MS = 5_000;
const SHORTEST_REST_MS = 20;
/** Longer than two reads with their repetitions take. */
const HOLD_MS = 60_000;
const MOST_AT_ONCE = 4;
const MOST_OF_ROUND = 50;

function unavailable(error: StoreError): OperationError {
  return new OperationError(
    'STORE_UNAVAILABLE',
    'Verifications of changes cannot be kept or read right now. Try again later, with the same key.',
    { isRetryable: true, detail: `${error.trouble}: ${error.message}` },
  );
}

export function createVerifier(dependencies: VerifierDependencies): Verifier {
  const { store, schedule, sources, organization, clock, timers, newId, tell } = dependencies;
  const followers = createFollowers<ChangeVerification>(timers, {
    textOf: canonicalOf,
    isSettled: isVerificationSettled,
  });
  const stopping = new OwnSignal();
  let isDelayed = false;

  const using = async <Value>(work: (open: VerificationStore) => Promise<Value>): Promise<Value> => {
    try {
      return await work(await store());
    } catch (error) {
      throw error instanceof OperationError ? error : unavailable(storeErrorOf(error));
    }
  };

  let next: { readonly at: number; cancel(): void } | null = null;
  let round: Promise<void> | null = null;
  /** Looks for what is due at the latest after so many milliseconds. */
  const wakeWithin = (ms: number): void => {
    if (stopping.aborted) return;
    const pause = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, ms));
    const at = timers.now() + pause;
    if (next !== null && next.at <= at) return;
    next?.cancel();
    const timer = timers.after(pause, () => {
      next = null;
      work();
    });
    next = { at, cancel: () => timer.cancel() };
  };
  const work = (): void => {
    round ??= oneRound().finally(() => {
      round = null;
    });
  };
  const oneRound = async (): Promise<void> => {
    let due: number | null = null;
    try {
      const open = await store();
      const rows = await open.due(clock(), MOST_OF_ROUND);
      const waiting = [...rows];
      const workers = Array.from({ length: Math.min(MOST_AT_ONCE, waiting.length) }, async () => {
        for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
          if (!stopping.aborted) await look(row, open);
        }
      });
      await Promise.all(workers);
      due = await open.nextDue();
      if (isDelayed) tell({ kind: 'recovered' });
      isDelayed = false;
    } catch (error) {
      if (!isDelayed) tell({ kind: 'delayed', error: storeErrorOf(error) });
      isDelayed = true;
    }
    wakeWithin(due === null ? LONGEST_REST_MS : due - clock());
  };

  /** Rejects with `StoreError` only. */
  const look = async (row: Row, open: VerificationStore): Promise<void> => {
    const at = clock();
    const held = await open.hold(row.id, at, at + HOLD_MS);
    if (held === null) return;
    const isLast = at >= held.gives_up_at;
    const finding = await findingOf(held, at, isLast);
    if (finding === null) return open.release(held);
    // When it was seen is when the reading was over.
    const now = clock();
    const isOpen = finding.state === 'PENDING_SYNC';
    const written = await open.record(
      held,
      {
        state: finding.state,
        settled_at: isOpen ? null : now,
        updated_at: now,
        look_at: isOpen ? Math.max(now, Math.min(now + held.every_ms, held.gives_up_at)) : null,
      },
      { verification: held.id, number: held.looks + 1, at: now, finding: canonicalJson(finding) },
    );
    if (!written) return;
    followers.wake(held.id);
    if (isOpen) return;
    const { id: verificationId, organization: slug } = held;
    tell({ kind: 'settled', verificationId, organization: slug, state: finding.state, cause: finding.cause });
  };

  /** `null`: the process is being stopped. */
  const findingOf = async (row: Row, now: number, isLast: boolean): Promise<Finding | null> => {
    const owner = organization(row.organization);
    const changedAt = instantOfMillis(row.changed_at);
    try {
      const sight: Sight =
        owner === null ? unreadable(now, isLast) : await sightOf(owner, sources(stopping), now, isLast);
      return stopping.aborted ? null : judge(expectedOf(row), changedAt, sight);
    } catch (error) {
      if (stopping.aborted) return null;
      tell({ kind: 'failed-look', verificationId: row.id, error });
      return judge(expectedOf(row), changedAt, unreadable(now, isLast));
    }
  };

  /** The customer has left the directory, or something of ours failed. */
  const unreadable = (now: number, isLast: boolean): Sight => {
    const failed = {
      kind: 'failed',
      failure: failure('UPSTREAM_UNAVAILABLE', 'COMMITMENT_MANAGER'),
    } as const;
    return {
      state: failed,
      commitments: failed,
      today: instantOfMillis(now).slice(0, 10) as Sight['today'],
      isLast,
    };
  };

  const shown = (kept: Kept | null, { slug }: Organization): ChangeVerification | null =>
    kept === null || kept.row.organization !== slug ? null : verificationOf(kept.row, kept.looks);
  const byId = (owner: Organization, id: string) => using(async (open) => shown(await open.byId(id), owner));

  const startOne = async (
    request: VerificationRequest,
    caller: { readonly client: string; readonly requestId: string },
  ) => {
    checkRequest(request);
    return using(async (open) => {
      const made = newRow(request, caller, schedule, newId(), clock());
      const { row, isNew } = await open.insert(made);
      if (!isNew && row.fingerprint !== fingerprintOf(request)) {
        throw new OperationError(
          'IDEMPOTENCY_KEY_REUSED',
          'This `idempotencyKey` was used for another verification. The first one stands; give this one a key of its own.',
        );
      }
      if (isNew) wakeWithin((row.look_at ?? 0) - clock());
      const kept = isNew ? { row, looks: [] } : ((await open.byId(row.id)) ?? { row, looks: [] });
      return { verification: verificationOf(kept.row, kept.looks), isReplay: !isNew };
    });
  };

  return {
    forCaller: (caller) => ({
      hasStore: true,
      start: (request) => startOne(request, caller),
      byId,
      list: (owner, first, after) =>
        using(async (open) => {
          const place = after === null ? null : await open.byId(after);
          if (after !== null && place?.row.organization !== owner.slug) {
            throw new OperationError('BAD_USER_INPUT', '`after` is no verification of this customer.');
          }
          const { items, totalCount } = await open.list(owner.slug, first + 1, place?.row ?? null);
          return {
            verifications: items.slice(0, first).map(({ row, looks }) => verificationOf(row, looks)),
            hasMore: items.length > first,
            totalCount,
          };
        }),
      follow: (owner, id, signal) => followers.follow(id, () => byId(owner, id), signal),
    }),
    start: work,
    async stop() {
      stopping.abort();
      next?.cancel();
      await round;
      followers.stop();
    },
  };
}

function canonicalOf({ state, looks, updatedAt }: ChangeVerification): string {
  return `${state} ${looks.length} ${millisOfInstant(updatedAt)}`;
}
