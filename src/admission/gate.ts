/**
 * How much is worked on at once, so that what is begun is also finished in time: beyond what this process can do, work
 * waits outside (`line.ts`) instead of queueing inside.
 *
 * There are two queues. Operations that wait for backends are inside together: `room` is how many. How large it may be is
 * found out: as many as it takes to leave the event loop no pause. More than those are no faster: each takes longer, and
 * each collection of garbage copies what they all hold. So the room shrinks while there is no pause, ten times a second,
 * and grows by half when there are pauses and it is full. Those that wait for nobody are worked on one after
 * another, and others wait in their sockets meanwhile: new ones are begun for some milliseconds in a turn of the event loop,
 * and whoever waited for the next turn alone is let in with it.
 *
 * Guarantees: a share beyond both is kept for changes; whoever may bring one is let in there until it is known, and goes if
 * it is none. Entering and leaving take no time to speak of. The room does not shrink below its least, whatever is
 * measured, and each turn begins a few: another process may have had the processor.
 */
export interface GateOptions {
  readonly timers: {
    now(): number;
    after(milliseconds: number, callback: () => void): { cancel(): void };
  };
  /** Calls back when this turn of the event loop is over. */
  readonly afterTurn: (callback: () => void) => void;
  /** How much of the time since it was last asked the event loop worked: 0 to 1. */
  readonly utilization: () => number;
  /** Somebody has left. */
  readonly onLeave?: () => void;
  /** There is more room, and nobody has left. */
  readonly onGrow?: () => void;
  /** Operations at once. */
  readonly least?: number;
  readonly most?: number;
}

export interface Place {
  /** It is one of those for changes: whoever brings none has to leave. */
  readonly isReserved: boolean;
  /** Once is enough; more do nothing. */
  leave(): void;
}

export interface Gate {
  /** `null`: there is no room. */
  enter(mayBeChange: boolean): Place | null;
  state(): { readonly inside: number; readonly room: number };
  stop(): void;
}

/** Enough to keep the processor busy while backends take some forty times as long as we do. Fewer share fewer executions. */
const LEAST = 48;
const MOST = 2_000;
/** Milliseconds of a turn of the event loop in which new ones are begun. */
const TURN_MS = 10;
/** New ones that a turn of the event loop always takes: a turn can be long because the processor was elsewhere. */
const LEAST_OF_TURN = 16;
/** Of both, beside them. */
const RESERVED = 1 / 8;
const LOOK_EVERY_MS = 100;
/** How much of a new measurement counts: that there is no pause is believed when it lasts half a second; a pause is one. */
const WEIGHT = 0.5;
/** Shares of the time that the loop works. Between them, there are as many inside as it takes. */
const WITHOUT_PAUSE = 0.99;
const WITH_PAUSES = 0.97;

export function createGate({
  timers,
  afterTurn,
  utilization,
  onLeave = () => undefined,
  onGrow = () => undefined,
  most = MOST,
  least = Math.min(most, LEAST),
}: GateOptions): Gate {
  let room = most;
  let inside = 0;
  let busy = 0;
  /** When the first of this turn came; `null`: none has. */
  let turnBegan: number | null = null;
  let begunInTurn = 0;

  const look = () => {
    const now = utilization();
    busy += WEIGHT * (now - busy);
    if (busy > WITHOUT_PAUSE) room = Math.max(least, Math.floor(Math.min(room, inside) * 0.85));
    // Whoever leaves makes room for somebody who waits: where anybody does, it is full.
    else if (now < WITH_PAUSES && inside >= room) {
      room = Math.min(most, Math.ceil(room * 1.5));
      onGrow();
    }
    timer = timers.after(LOOK_EVERY_MS, look);
  };
  let timer = timers.after(LOOK_EVERY_MS, look);

  const sinceTurnBegan = (): number => {
    const now = timers.now();
    if (turnBegan === null) {
      turnBegan = now;
      afterTurn(() => {
        turnBegan = null;
        begunInTurn = 0;
      });
    }
    return now - turnBegan;
  };

  return {
    enter(mayBeChange) {
      const sinceMs = sinceTurnBegan();
      const passedMs = begunInTurn < LEAST_OF_TURN ? 0 : sinceMs;
      const isFull = inside >= room;
      const isReserved = isFull || passedMs > TURN_MS;
      const isBeyond = inside >= room + Math.ceil(room * RESERVED) || passedMs > TURN_MS + TURN_MS * RESERVED;
      if (isReserved && (!mayBeChange || isBeyond)) return null;
      inside += 1;
      begunInTurn += 1;
      let isInside = true;
      return {
        isReserved,
        leave: () => {
          if (!isInside) return;
          isInside = false;
          inside -= 1;
          onLeave();
        },
      };
    },
    state: () => ({ inside, room }),
    stop: () => {
      timer.cancel();
    },
  };
}

/**
 * Whether a text begins with a change, without reading it: what comes before is blank or a remark. One that begins with a
 * fragment is taken for a query.
 */
export function beginsWithChange(text: string): boolean {
  let at = 0;
  for (;;) {
    while (/[\s,\uFEFF]/.test(text.charAt(at))) at += 1;
    if (text.charAt(at) !== '#') return /^mutation\b/.test(text.slice(at, at + 9));
    const end = text.slice(at).search(/[\n\r]/);
    if (end < 0) return false;
    at += end;
  }
}
