/**
 * The line at the gate: who finds no room waits for it, if that is a matter of a moment.
 *
 * Guarantees: first come, first in; nobody overtakes by coming later. How long it will take is guessed from how fast others
 * leave: whoever would wait for more than a second is told at once, and whoever has waited for a second is told then. Those
 * who have gone meanwhile take no room. Bounded in number.
 */
import type { Place } from './gate.js';
import { Queue } from './queue.js';

export interface LineOptions {
  readonly timers: {
    now(): number;
    after(milliseconds: number, callback: () => void): { cancel(): void };
  };
  /** Calls back when this turn of the event loop is over. */
  readonly afterTurn: (callback: () => void) => void;
  /** A place; `null`: there is none right now. */
  readonly enter: () => Place | null;
  /** Whether there is room, and it is only this turn in which nothing more is begun. */
  readonly isRoom: () => boolean;
  /** How long anybody waits at most. */
  readonly patienceMs?: number;
}

export interface Line {
  readonly length: number;
  /** `isGone`: asked when it is their turn. Resolves to `null` for those who are turned away, and for those who have gone. */
  wait(isGone: () => boolean): Promise<Place | null>;
  /** Somebody has left the gate. */
  moveUp(): void;
  /** There is room, and nobody has left: it says nothing of how long it will take. */
  letIn(): void;
  stop(): void;
}

interface Waiting {
  readonly since: number;
  readonly isGone: () => boolean;
  readonly resolve: (place: Place | null) => void;
}

const PATIENCE_MS = 1_000;
const MOST = 4_000;
/** How much of a new measurement counts. */
const WEIGHT = 0.05;
/** Between two who leave, as long as nothing is known. */
const FIRST_GUESS_MS = 1;
/** They leave in heaps, and the processor may have been elsewhere: that nobody has left for so long says nothing. */
const SILENCE_MS = 250;

export function createLine({
  timers,
  afterTurn,
  enter,
  isRoom,
  patienceMs = PATIENCE_MS,
}: LineOptions): Line {
  const waiting = new Queue<Waiting>();
  let msPerLeave = FIRST_GUESS_MS;
  /** When the last one left while others waited. */
  let leftAt = 0;
  let isCalled = false;
  let timer: { cancel(): void } | null = null;

  const isLate = ({ since }: Waiting) => timers.now() - since >= patienceMs;

  const admit = (): void => {
    for (let { first: next } = waiting; next !== undefined; { first: next } = waiting) {
      const isOut = isLate(next) || next.isGone();
      const place = isOut ? null : enter();
      if (place === null && !isOut) break;
      waiting.take();
      next.resolve(place);
    }
    const { first } = waiting;
    if (first === undefined) {
      timer?.cancel();
      timer = null;
      return;
    }
    timer ??= timers.after(Math.max(1, first.since + patienceMs - timers.now()), () => {
      timer = null;
      admit();
    });
    if (isCalled || !isRoom()) return;
    isCalled = true;
    afterTurn(() => {
      isCalled = false;
      admit();
    });
  };

  return {
    get length() {
      return waiting.length;
    },
    wait(isGone) {
      const now = timers.now();
      if (waiting.length === 0) leftAt = now;
      const silenceMs = now - leftAt;
      const guess = waiting.length * (silenceMs > SILENCE_MS ? Math.max(msPerLeave, silenceMs) : msPerLeave);
      if (waiting.length >= MOST || guess >= patienceMs) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting.add({ since: now, isGone, resolve });
        if (waiting.length === 1) admit();
      });
    },
    moveUp() {
      if (waiting.length === 0) return;
      const now = timers.now();
      msPerLeave += WEIGHT * (now - leftAt - msPerLeave);
      leftAt = now;
      admit();
    },
    letIn: admit,
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}
