/**
 * Stops calling a family of endpoints that fails, and finds out when it recovered.
 *
 * Guarantees: while open, nobody is let through and everybody is told at once; while probing, one call at a time is.
 * Slow answers count like failures: a backend that hangs gives no errors. Refuses to be moved by what is not about the
 * backend's health: a record that is not there, a request that was refused, our own quota.
 *
 * Own code, because the library that would serve (cockatiel 3) keeps time by the wall clock, makes callers wait for the
 * probe, and takes an error that is not about health for a recovery.
 */
import { PassingSet } from '../domain/passing.js';
import type { Timers } from './timers.js';

/** What a call says about the backend's health. `none`: nothing. */
export type Outcome = 'good' | 'bad' | 'none';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

export type Admission =
  | {
      readonly admitted: true;
      readonly done: (outcome: Outcome) => void;
      /** Set for a probe: nobody else is let through before it is over, and this is what they are told. */
      readonly othersAfterMs: number | null;
    }
  | { readonly admitted: false; readonly retryAfterMs: number };

export interface Breaker {
  readonly state: BreakerState;
  /** `done` must be called exactly once for each call that was admitted. */
  admit(): Admission;
  /** Calls back each time it opens, with the milliseconds that it will be open. Gives what ends that. */
  onOpen(listener: (openMs: number) => void): () => void;
}

const WINDOW = 20; // the last calls that are looked at
const FEWEST = 10; // before the ratio means anything
const BAD_RATIO = 0.5;
const BAD_IN_A_ROW = 5; // for backends that are called too rarely to fill a window
const PROBES_TO_CLOSE = 3;
const FIRST_OPEN_MS = 2_000;
const LONGEST_OUTAGE_OPEN_MS = 10_000; // during an outage: how long after its end we may notice
const LONGEST_FLAP_OPEN_MS = 60_000;
const FLAP_WITHIN_MS = 60_000; // opening again so soon after closing is flapping
const JITTER = 0.2;

type State =
  | { readonly name: 'CLOSED'; readonly recent: Outcome[]; readonly since: number }
  | { readonly name: 'OPEN'; readonly until: number; readonly openMs: number }
  | {
      readonly name: 'HALF_OPEN';
      readonly successes: number;
      readonly isProbing: boolean;
      readonly openMs: number;
    };

/** `random` gives numbers from 0 up to and without 1. `onChange` is told of every new state. */
export function createBreaker(
  timers: Timers,
  random: () => number,
  onChange: (state: BreakerState) => void = () => undefined,
): Breaker {
  let state: State = { name: 'CLOSED', recent: [], since: Number.NEGATIVE_INFINITY };
  let flapMs = FIRST_OPEN_MS;
  const listeners = new PassingSet<(openMs: number) => void>();

  const become = (next: State) => {
    const isNew = next.name !== state.name;
    state = next;
    if (isNew) onChange(next.name);
  };
  const open = (openMs: number) => {
    const jittered = openMs * (1 - JITTER + 2 * JITTER * random());
    become({ name: 'OPEN', until: timers.now() + jittered, openMs });
    for (const listener of listeners.values()) listener(Math.ceil(jittered));
  };
  const isFailing = (recent: readonly Outcome[]): boolean => {
    let bad = 0;
    let inARow = 0;
    for (const outcome of recent) {
      const isBad = outcome === 'bad';
      if (isBad) bad += 1;
      inARow = isBad ? inARow + 1 : 0;
    }
    return inARow >= BAD_IN_A_ROW || (recent.length >= FEWEST && bad / recent.length >= BAD_RATIO);
  };

  const noteClosed = (outcome: Outcome) => {
    if (state.name !== 'CLOSED' || outcome === 'none') return;
    const { recent } = state;
    recent.push(outcome);
    if (recent.length > WINDOW) recent.shift();
    if (!isFailing(recent)) return;
    flapMs =
      timers.now() - state.since < FLAP_WITHIN_MS
        ? Math.min(flapMs * 2, LONGEST_FLAP_OPEN_MS)
        : FIRST_OPEN_MS;
    open(flapMs);
  };
  const noteProbe = (outcome: Outcome) => {
    if (state.name !== 'HALF_OPEN') return;
    if (outcome === 'bad') {
      open(Math.max(flapMs, Math.min(state.openMs * 2, LONGEST_OUTAGE_OPEN_MS)));
      return;
    }
    const successes = state.successes + (outcome === 'good' ? 1 : 0);
    if (successes >= PROBES_TO_CLOSE) become({ name: 'CLOSED', recent: [], since: timers.now() });
    else become({ ...state, successes, isProbing: false });
  };
  const once = (note: (outcome: Outcome) => void) => {
    let isDone = false;
    return (outcome: Outcome) => {
      if (isDone) return;
      isDone = true;
      note(outcome);
    };
  };

  return {
    get state() {
      return state.name;
    },
    admit() {
      if (state.name === 'CLOSED') return { admitted: true, done: once(noteClosed), othersAfterMs: null };
      if (state.name === 'OPEN') {
        const left = state.until - timers.now();
        if (left > 0) return { admitted: false, retryAfterMs: Math.ceil(left) };
        become({ name: 'HALF_OPEN', successes: 0, isProbing: false, openMs: state.openMs });
      }
      if (state.name === 'HALF_OPEN' && state.isProbing)
        return { admitted: false, retryAfterMs: FIRST_OPEN_MS };
      become({ ...(state as Extract<State, { name: 'HALF_OPEN' }>), isProbing: true });
      return { admitted: true, done: once(noteProbe), othersAfterMs: FIRST_OPEN_MS };
    },
    onOpen: (listener) => listeners.add(listener),
  };
}
