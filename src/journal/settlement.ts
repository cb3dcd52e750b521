/**
 * Finds out what became of operations that are not settled: in the background, and on start.
 *
 * Guarantees: only reads. An operation whose sender is gone becomes UNKNOWN and is looked at; one that is proved to have
 * happened, or not to have, is settled; one that cannot be told apart within the bound waits for an operator, with what
 * was seen. That nothing is to be seen proves nothing until the request can no longer be on its way.
 */
import { SOURCE_OF_CHANGE } from '../domain/change.js';
import type { ChangePorts, Look } from '../domain/change-port.js';
import { SourceError, sourceError } from '../domain/failure.js';
import type { Json } from '../domain/json.js';
import type { Organization } from '../domain/organization.js';
import type { Failpoint } from './failpoint.js';
import type { StoreAccess } from './keeper.js';
import { portOf } from './port-of.js';
import { changeOf, planOf, seenIn } from './rows.js';
import type { Row, RowChange } from './store.js';
import { StoreError } from './store-error.js';
import { within, type Wait } from './within.js';

export interface SettlementTimes {
  /** From sending until a request can no longer take effect: its own deadline, and what a backend may queue. */
  readonly provenAfterMs: number;
  /** From sending until nobody looks any more by himself. */
  readonly giveUpAfterMs: number;
  /** How long one look may take before another may take over. */
  readonly holdMs: number;
}

export interface SettlementDependencies {
  readonly times: SettlementTimes;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly wait: Wait;
  readonly store: StoreAccess;
  readonly holder: string;
  /** What this process is sending right now: whatever the clock says, its sender is not gone. */
  readonly sending: ReadonlySet<string>;
  readonly ports: () => ChangePorts;
  readonly organization: (slug: string) => Organization | null;
  readonly failpoint: Failpoint;
  /** Called with every row that changed. */
  readonly onChange: (row: Row) => void;
  /** Something for an operator to know. */
  readonly onTrouble: (facts: {
    readonly operationId: string;
    readonly what: string;
    readonly detail?: string;
  }) => void;
}

const UNKNOWN_WAITS_MS = [500, 2_000, 5_000, 10_000, 30_000];
const PENDING_WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const REVIEW_WAITS_MS = [10_000, 30_000, 60_000, 300_000];
/** A task that nobody hears of for a day will not be heard of. */
const LONGEST_PENDING_MS = 86_400_000;

/** Milliseconds until the next look at a row of that state that was looked at so often. */
export function waitAfter(state: 'PENDING' | 'IN_REVIEW' | 'UNKNOWN', looks: number): number {
  const waits =
    state === 'PENDING' ? PENDING_WAITS_MS : state === 'IN_REVIEW' ? REVIEW_WAITS_MS : UNKNOWN_WAITS_MS;
  return waits[Math.min(looks, waits.length - 1)] ?? 30_000;
}

export interface Settlement {
  /** Takes over what its sender left, and looks at everything that is due. Rejects with `StoreError`. */
  round(): Promise<void>;
  /** One look at one row; `null`: nothing was learned, or another looks at it. Rejects with `StoreError`. */
  look(row: Row): Promise<Row | null>;
}

const MOST_AT_ONCE = 20;
/** A row whose customer or backend is no longer configured. */
const UNCONFIGURED_WAIT_MS = 300_000;
/** At most so long after a backend can be read again, it is. */
const UNREADABLE_WAIT_MS = 30_000;

/** What tells one look from the next, beside when it was. */
const FACTS = [
  'state',
  'external_id',
  'upstream_references',
  'after',
  'failure',
  'outcome',
  'progress',
  'needs_operator',
] as const;

export function createSettlement(dependencies: SettlementDependencies): Settlement {
  const { times, clock, wait, store, holder, sending, ports, organization } = dependencies;
  const { failpoint, onChange, onTrouble } = dependencies;

  const takeOver = async (row: Row): Promise<void> => {
    const now = clock();
    const mine = await store.write((at) => at.hold(row, holder, now, now + times.holdMs));
    if (mine === null) return;
    const unknown = await store.write((at) =>
      at.change(
        mine,
        { state: 'UNKNOWN', look_at: now, holder: null, held_until: 0, failure: NO_WORD },
        now,
        'ABANDONED',
        'whoever sent it did not write down how it ended',
      ),
    );
    if (unknown !== null) onChange(unknown);
  };

  const settled = (state: 'SUCCEEDED' | 'FAILED', now: number) => ({
    state,
    settled_at: now,
    look_at: null,
    needs_operator: 0,
  });

  /** What a look that began at `now` makes of a row. */
  const verdict = (row: Row, look: Look, now: number): RowChange => {
    const seen = seenIn(look, row);
    switch (look.state) {
      case 'SUCCEEDED':
        return { ...seen, ...settled('SUCCEEDED', now), failure: null };
      case 'FAILED':
        return { ...seen, ...settled('FAILED', now), failure: JSON.stringify(look.failure) };
      case 'NOT_APPLIED':
        if (now - row.sent_at >= times.provenAfterMs) {
          return { ...seen, ...settled('FAILED', now), failure: NOT_APPLIED };
        }
        return {
          look_at: Math.min(now + waitAfter('UNKNOWN', row.looks), row.sent_at + times.provenAfterMs),
        };
      case 'PENDING':
      case 'IN_REVIEW': {
        const isLost = look.state === 'PENDING' && now - row.sent_at > LONGEST_PENDING_MS;
        return {
          ...seen,
          state: look.state,
          failure: null,
          needs_operator: isLost ? 1 : 0,
          look_at: isLost ? null : now + waitAfter(look.state, row.state === look.state ? row.looks : 0),
        };
      }
      case 'UNKNOWN': {
        const isOver = now - row.sent_at > times.giveUpAfterMs;
        return {
          ...seen,
          state: 'UNKNOWN',
          failure: JSON.stringify({ code: 'NO_ANSWER', message: look.message }),
          needs_operator: isOver ? 1 : 0,
          look_at: isOver ? null : now + waitAfter('UNKNOWN', row.looks),
        };
      }
    }
  };

  /** What reading back shows. A backend that cannot be read shows nothing, and that is no look. */
  const readBack = async (row: Row): Promise<Look | { readonly notBefore: number }> => {
    const later = (ms: number) => ({ notBefore: clock() + ms });
    const change = changeOf(row);
    const owner = organization(row.organization);
    const port = portOf(ports(), change);
    if (owner === null || port === null) {
      onTrouble({
        operationId: row.id,
        what: 'cannot be looked at: its customer or its backend is no longer configured',
      });
      return later(UNCONFIGURED_WAIT_MS);
    }
    try {
      const progress = JSON.parse(row.progress) as Json;
      const sent = { plan: planOf(row), sentAt: row.sent_at, progress };
      return await within<Look>(wait, times.holdMs, port.look(owner, change, sent), () => {
        throw sourceError('UPSTREAM_TIMEOUT', SOURCE_OF_CHANGE[change.kind]);
      });
    } catch (error) {
      if (error instanceof SourceError) {
        return later(
          Math.min(UNREADABLE_WAIT_MS, Math.max(waitAfter('UNKNOWN', row.looks + 1), retryAfterOf(error))),
        );
      }
      onTrouble({ operationId: row.id, what: 'cannot be looked at: a fault of ours', detail: String(error) });
      return later(UNREADABLE_WAIT_MS);
    }
  };

  const lookAt = async (due: Row): Promise<Row | null> => {
    const started = clock();
    const row = await store.write((at) => at.hold(due, holder, started, started + times.holdMs));
    if (row === null) return null;
    const free = { holder: null, held_until: 0 };
    const look = await readBack(row);
    if ('notBefore' in look) {
      await store.write((at) => at.touch(row, { ...free, look_at: look.notBefore }));
      return null;
    }
    failpoint('during-read-back');
    const next = { ...verdict(row, look, started), ...free, looks: row.looks + 1 };
    if (!FACTS.some((name) => next[name] !== undefined && next[name] !== row[name])) {
      return store.write((at) =>
        at.touch(row, { ...free, looks: next.looks, look_at: next.look_at ?? null }),
      );
    }
    const write = (change: RowChange) =>
      store.write((at) =>
        at.change(row, change, clock(), 'LOOKED', { found: look.state, state: change.state ?? row.state }),
      );
    const changed = await write(next).catch((error: unknown) => {
      // Reviewed, it would keep others from the same thing, and one of them has begun: it stays as it is until that is
      // over, or until it has ended itself.
      if (!(error instanceof StoreError && error.trouble === 'refused' && row.state === 'IN_REVIEW'))
        throw error;
      return write({
        ...next,
        state: 'IN_REVIEW',
        failure: row.failure,
        look_at: clock() + UNREADABLE_WAIT_MS,
      });
    });
    if (changed === null) return null;
    onChange(changed);
    if (changed.needs_operator === 1 && row.needs_operator === 0) {
      onTrouble({ operationId: row.id, what: 'cannot be told by reading: an operator has to settle it' });
    }
    return changed;
  };

  return {
    look: lookAt,
    async round() {
      const abandoned = await store.read((at) => at.abandoned(clock(), MOST_AT_ONCE));
      for (const row of abandoned) if (!sending.has(row.id)) await takeOver(row);
      const due = await store.read((at) => at.due(clock(), MOST_AT_ONCE));
      // To the end, all of them: nobody may be left working behind a store that is being closed.
      const looks = await Promise.allSettled(due.map(lookAt));
      for (const look of looks) if (look.status === 'rejected') throw look.reason as StoreError;
    },
  };
}

function retryAfterOf({ failure }: SourceError): number {
  return 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0;
}

const NO_WORD = JSON.stringify({
  code: 'NO_ANSWER',
  message: 'It is not known whether the change was made. The backend is being read to find out.',
});
const NOT_APPLIED = JSON.stringify({
  code: 'NOT_APPLIED',
  message:
    'The request got lost, and the backend shows that the change was not made. To make it, ask again with a new key.',
});
