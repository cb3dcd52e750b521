/**
 * Where operations come in: at once if there is room, after a moment in the line if there will be, and otherwise not.
 *
 * Guarantees: a change finds the places that are kept for changes, and whoever took one and brings none goes to the line;
 * those who have hung up take no place. Watches the real event loop, whatever time the rest goes by.
 */
import { beginsWithChange, createGate, type GateOptions, type Place } from '../admission/gate.js';
import { createLine } from '../admission/line.js';

/** Somebody who wants in. */
export interface Visitor {
  /** It cannot be told from the head of the request that it is none. */
  readonly mayBeChange: boolean;
  readonly isGone: () => boolean;
}

export interface Door {
  readonly waiting: number;
  /** `null`: too much is going on. */
  enter(visitor: Visitor): Place | null | Promise<Place | null>;
  /** `null`: there is no room right now. */
  enterAtOnce(): Place | null;
  /** What is brought is known: whoever brings no change gives up a place that is kept for changes, and waits. */
  show(place: Place, body: unknown, isGone: () => boolean): Place | null | Promise<Place | null>;
  stop(): void;
}

/** How many at once, and how long others wait for them. */
export type Room = Pick<GateOptions, 'least' | 'most'> & { readonly patienceMs?: number };

export function createDoor({ patienceMs, ...room }: Room = {}): Door {
  const gate = createGate({
    timers: OF_THE_LOOP,
    afterTurn: setImmediate,
    utilization: createUtilization(),
    onLeave: () => {
      line.moveUp();
    },
    onGrow: () => {
      line.letIn();
    },
    ...room,
  });
  const line = createLine({
    timers: OF_THE_LOOP,
    afterTurn: setImmediate,
    enter: () => gate.enter(false),
    isRoom: () => {
      const state = gate.state();
      return state.inside < state.room;
    },
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return {
    get waiting() {
      return line.length;
    },
    enter({ mayBeChange, isGone }) {
      const place = line.length > 0 && !mayBeChange ? null : gate.enter(mayBeChange);
      return place ?? line.wait(isGone);
    },
    enterAtOnce: () => gate.enter(false),
    show(place, body, isGone) {
      if (!place.isReserved || bringsChange(body)) return place;
      place.leave();
      return line.wait(isGone);
    },
    stop: () => {
      gate.stop();
      line.stop();
    },
  };
}

/** The body says so at its beginning; a registered document has been put there. */
function bringsChange(body: unknown): boolean {
  const text: unknown = typeof body === 'object' && body !== null && 'query' in body ? body.query : null;
  return typeof text === 'string' && beginsWithChange(text);
}

const OF_THE_LOOP: GateOptions['timers'] = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** How much of the time between two calls the event loop worked. */
function createUtilization(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
