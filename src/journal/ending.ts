/**
 * Writes down how sending a change ended, and follows what its backend has taken and not finished.
 *
 * Guarantees: what the backend answered is told to the caller also where it cannot be written down; it is written later,
 * or found out by reading back. Whoever has lost the hold on a row does not overwrite what others found out since.
 */
import type { Signal } from '../domain/signal.js';
import type { Step } from '../domain/change-port.js';
import type { Json } from '../domain/json.js';
import { isSettled, type OperationState } from '../domain/operation.js';
import type { Failpoint } from './failpoint.js';
import type { Keeper } from './keeper.js';
import { seenIn } from './rows.js';
import { waitAfter, type Settlement } from './settlement.js';
import type { OperationStore, Row, RowChange } from './store.js';
import { StoreError } from './store-error.js';
import type { Wait } from './within.js';

export interface EndingDependencies {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
  readonly wait: Wait;
  readonly holder: string;
  /** How long writing may take before another may take over. */
  readonly holdMs: number;
  readonly keeper: Keeper;
  readonly settlement: Settlement;
  readonly failpoint: Failpoint;
  /** Called with every row that changed. */
  readonly onChange: (row: Row) => void;
}

type Answer = Exclude<Step, { readonly state: 'NOT_SENT' }>;

export interface Ended {
  readonly row: Row;
  /** Whether the row is as the journal has it. */
  readonly isDurable: boolean;
}

export interface Ending {
  notSent(row: Row, details: Json): Promise<Ended>;
  answered(row: Row, answer: Answer): Promise<Ended>;
  /** Looks at a change that the backend has taken, for as long as a caller likes to wait. */
  followed(row: Row, ms: number, signal: Signal): Promise<Row>;
}

const LONGEST_FOLLOW_PAUSE_MS = 1_000;

function changeFor(row: Row, answer: Answer, now: number): RowChange {
  const common = { ...seenIn(answer, row), state: answer.state, holder: null, held_until: 0 };
  switch (answer.state) {
    case 'SUCCEEDED':
      return { ...common, settled_at: now, look_at: null, failure: null };
    case 'FAILED':
      return { ...common, settled_at: now, look_at: null, failure: JSON.stringify(answer.failure) };
    case 'PENDING':
    case 'IN_REVIEW':
      return { ...common, look_at: now + waitAfter(answer.state, 0), failure: null };
    case 'UNKNOWN':
      return {
        ...common,
        look_at: now + waitAfter('UNKNOWN', 0),
        failure: JSON.stringify({ code: 'NO_ANSWER', message: answer.message }),
      };
  }
}

export function createEnding(dependencies: EndingDependencies): Ending {
  const { clock, now, wait, holder, holdMs, keeper, settlement, failpoint, onChange } = dependencies;

  const writeDown = async (
    row: Row,
    change: RowChange,
    event: 'ANSWERED' | 'NOT_SENT',
    details: Json,
  ): Promise<Ended> => {
    const at = clock();
    /** The row as the journal has it now, or as it ought to be where somebody is looking at it this moment. */
    const write = async (store: OperationStore): Promise<Ended> => {
      const asOurs = await store.change(row, change, at, event, details);
      if (asOurs !== null) return { row: asOurs, isDurable: true };
      // Somebody thought that this process was gone and took over. What they have settled counts; as long as they have
      // not, the backend's own answer is better than what they can find.
      const taken = await store.byId(row.id);
      if (taken !== null && isSettled(taken.state as OperationState)) return { row: taken, isDurable: true };
      const held = taken === null ? null : await store.hold(taken, holder, at, at + holdMs);
      const late = held === null ? null : await store.change(held, change, at, event, details);
      return late === null
        ? { row: { ...row, ...change, updated_at: at }, isDurable: false }
        : { row: late, isDurable: true };
    };
    try {
      const ended = await keeper.write(write);
      failpoint('outcome-durable');
      if (ended.isDurable) onChange(ended.row);
      return ended;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      keeper.keep(row.id, async (store) => {
        const ended = await write(store);
        if (ended.isDurable) onChange(ended.row);
      });
      return { row: { ...row, ...change, updated_at: at }, isDurable: false };
    }
  };

  return {
    notSent: (row, details) =>
      writeDown(row, { state: 'NOT_SENT', holder: null, held_until: 0 }, 'NOT_SENT', details),

    answered: (row, answer) =>
      writeDown(row, changeFor(row, answer, clock()), 'ANSWERED', {
        state: answer.state,
        ...('failure' in answer ? { failure: { ...answer.failure } } : {}),
      }),

    async followed(row, ms, signal) {
      const until = now() + ms;
      let current = row;
      for (let looks = 0; current.state === 'PENDING'; looks += 1) {
        const pause = Math.min(waitAfter('PENDING', looks), LONGEST_FOLLOW_PAUSE_MS);
        if (now() + pause > until || signal.aborted) break;
        await wait(pause, signal);
        try {
          const seen = await settlement.look(current);
          // Where another looked instead, what it found is in the journal.
          current = seen ?? (await keeper.read((store) => store.byId(row.id))) ?? current;
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          break;
        }
      }
      return current;
    },
  };
}
