/**
 * How much is worked on at once, so that what is begun is also finished in time: beyond what this process can do, work
 * waits outside (`line.ts`) instead of queueing inside.
 *
 * There are two queues. Operations that wait for backends are inside together: `room` is how many. Those that wait for
 * nobody are worked on one after another, and others wait in their sockets meanwhile: `turnMs` is for how long new ones are
 * begun in one turn of the event loop. How large both may be is found out. As long as the loop has pauses, they do not
 * matter. Where it has none, more inside are no faster: they take longer each, and each collection of garbage copies what
 * they all hold. So the room shrinks, slowly, until there are pauses again, and grows at once when there are: waiting for
 * backends is no reason to keep anybody out. The turn shrinks while the loop is late besides.
 *
 * Guarantees: a share beyond both is kept for changes; whoever may bring one is let in there until it is known, and goes if
 * it is none. Entering and leaving take no time to speak of. Neither shrinks below its least, whatever is measured: another
 * process that takes the processor away for a moment is no reason to turn anybody away.
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
  state(): { readonly inside: number; readonly room: number; readonly turnMs: number };
  stop(): void;
}

/** Enough to keep the processor busy while backends take some thirty times as long as we do. */
const LEAST = 32;
const MOST = 2_000;
const LEAST_TURN_MS = 10;
const MOST_TURN_MS = 1_000;
/** New ones that a turn of the event loop always takes: a turn can be long because the processor was elsewhere. */
const LEAST_OF_TURN = 16;
/** Of both, beside them. */
const RESERVED = 1 / 8;
const LOOK_EVERY_MS = 100;
/** How much of a new measurement counts: what lasts half a second is believed, and of pauses, what lasts two looks. */
const LATE_WEIGHT = 0.2;
const BUSY_WEIGHT = 0.4;
/** Milliseconds that the event loop is late. */
const LATE_MS = 25;
const ON_TIME_MS = 12;
const BUSY = 0.7;
/** Between them, there are as many inside as it takes. */
const WITHOUT_PAUSE = 0.98;
const WITH_PAUSES = 0.95;

export function createGate({
  timers,
  afterTurn,
  utilization,
  onLeave = () => undefined,
  least = LEAST,
  most = MOST,
}: GateOptions): Gate {
  let room = most;
  let turnMs = MOST_TURN_MS;
  let inside = 0;
  let lateMs = 0;
  let busy = 0;
  let lookedAt = timers.now();
  /** When the first of this turn came; `null`: none has. */
  let turnBegan: number | null = null;
  let begunInTurn = 0;

  const look = () => {
    const at = timers.now();
    lateMs += LATE_WEIGHT * (Math.max(0, at - lookedAt - LOOK_EVERY_MS) - lateMs);
    busy += BUSY_WEIGHT * (utilization() - busy);
    lookedAt = at;
    const isBehind = lateMs > LATE_MS && busy > BUSY;
    const isOnTime = lateMs < ON_TIME_MS || busy < BUSY / 2;
    if (isBehind) turnMs = Math.max(LEAST_TURN_MS, Math.min(turnMs, lateMs) * 0.7);
    else if (isOnTime) turnMs = Math.min(MOST_TURN_MS, turnMs * 1.3);
    if (isBehind || busy > WITHOUT_PAUSE) room = Math.max(least, Math.floor(Math.min(room, inside) * 0.94));
    else if (busy < WITH_PAUSES && isOnTime) room = Math.min(most, Math.ceil(room * 1.5));
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
      const isReserved = inside >= room || passedMs > turnMs;
      const isBeyond = inside >= room + Math.ceil(room * RESERVED) || passedMs > turnMs + turnMs * RESERVED;
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
    state: () => ({ inside, room, turnMs }),
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
