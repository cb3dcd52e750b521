/**
 * The worker processes: begun, replaced, drained and ended.
 *
 * Guarantees: the first one begins alone, so that what is wrong with the start is told once; as soon as it listens, the
 * others begin. One that ends is replaced, after a pause that doubles with each end within a minute; after ten ends within
 * a minute all are ended, and whoever supervises the whole decides. One that does not answer for thirty seconds is killed:
 * it answers nobody else either, and holds what others wait for. Ending is orderly, and bounded.
 */
import type { Timers } from '../upstream/timers.js';

/** A process that was begun. */
export interface Worker {
  /** Asks it to answer what it has, and end. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
  /** Calls back when it has shown that it is not stuck. */
  ping(answered: () => void): void;
}

export interface StaffEvents {
  readonly onListening: (url: string) => void;
  readonly onEnd: (code: number | null, signal: string | null) => void;
}

export type StaffNews =
  | {
      readonly kind: 'ended';
      readonly worker: number;
      readonly code: number | null;
      readonly signal: string | null;
      readonly replacedAfterMs: number;
    }
  | { readonly kind: 'replaced'; readonly worker: number }
  | { readonly kind: 'stuck' | 'late'; readonly worker: number }
  | { readonly kind: 'gave-up'; readonly ends: number };

export interface StaffOptions {
  readonly count: number;
  /** Numbers are never used twice. */
  readonly begin: (worker: number, events: StaffEvents) => Worker;
  readonly timers: Timers;
  readonly tell: (news: StaffNews) => void;
}

export interface Staff {
  /** Resolves with the address when all listen, or with an exit code: of one that could not, or 0 if it was told to stop. */
  readonly started: Promise<{ readonly url: string } | { readonly code: number }>;
  /** Resolves when all have ended: because they were told to, or because they could not be kept running. */
  readonly ended: Promise<{ readonly isGivenUp: boolean }>;
  readonly listening: number;
  /** Once all have listened. */
  readonly isComplete: boolean;
  stop(): void;
}

const MINUTE_MS = 60_000;
const MOST_ENDS_IN_A_MINUTE = 10;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const PING_EVERY_MS = 5_000;
const MOST_UNANSWERED = 6;
/** Longer than any request may take, and what is written down after it. */
const DRAIN_MS = 30_000;
const FAILED = 1;

interface Member {
  readonly worker: Worker;
  isListening: boolean;
  unanswered: number;
}

export function createStaff({ count, begin, timers, tell }: StaffOptions): Staff {
  const members = new Map<number, Member>();
  let numbers = 0;
  /** Of those that ended, within the last minute. */
  let ends: number[] = [];
  let isStopping = false;
  let isGivenUp = false;
  let isComplete = false;
  let announceStart: (how: { readonly url: string } | { readonly code: number }) => void = () => undefined;
  let announceEnd: (how: { readonly isGivenUp: boolean }) => void = () => undefined;
  const started = new Promise<{ readonly url: string } | { readonly code: number }>((resolve) => {
    announceStart = resolve;
  });
  const ended = new Promise<{ readonly isGivenUp: boolean }>((resolve) => {
    announceEnd = resolve;
  });

  const listening = () => [...members.values()].filter((member) => member.isListening).length;

  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    announceStart({ code: 0 }); // nothing, for one that is over
    for (const { worker } of members.values()) worker.stop();
    timers.after(DRAIN_MS, () => {
      for (const [number, { worker }] of members) {
        tell({ kind: 'late', worker: number });
        worker.kill();
      }
    });
    if (members.size === 0) announceEnd({ isGivenUp });
  };

  const replace = (number: number, code: number | null, signal: string | null) => {
    const now = timers.now();
    ends = [...ends.filter((at) => now - at < MINUTE_MS), now];
    if (ends.length >= MOST_ENDS_IN_A_MINUTE) {
      isGivenUp = true;
      tell({ kind: 'gave-up', ends: ends.length });
      stop();
      return;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (ends.length - 1));
    tell({ kind: 'ended', worker: number, code, signal, replacedAfterMs: pause });
    timers.after(pause, () => {
      if (!isStopping) hire((hired) => tell({ kind: 'replaced', worker: hired }));
    });
  };

  const hire = (onListening: (number: number, url: string) => void): void => {
    numbers += 1;
    const number = numbers;
    const worker = begin(number, {
      onListening(url) {
        const member = members.get(number);
        if (member === undefined) return;
        member.isListening = true;
        onListening(number, url);
      },
      onEnd(code, signal) {
        members.delete(number);
        if (!isStopping && !isComplete) {
          // What is wrong, it has told by itself.
          announceStart({ code: code ?? FAILED });
          stop();
        } else if (!isStopping) replace(number, code, signal);
        if (isStopping && members.size === 0) announceEnd({ isGivenUp });
      },
    });
    members.set(number, { worker, isListening: false, unanswered: 0 });
  };

  const watch = () => {
    timers.after(PING_EVERY_MS, () => {
      for (const [number, member] of members) {
        if (member.unanswered >= MOST_UNANSWERED) {
          tell({ kind: 'stuck', worker: number });
          member.worker.kill();
          continue;
        }
        member.unanswered += 1;
        member.worker.ping(() => {
          member.unanswered = 0;
        });
      }
      if (!isStopping) watch();
    });
  };

  const listens = (_: number, url: string) => {
    if (listening() < count) return;
    isComplete = true;
    announceStart({ url });
  };
  hire((number, url) => {
    for (let more = 1; more < count; more += 1) hire(listens);
    listens(number, url);
  });
  watch();

  return {
    started,
    ended,
    get listening() {
      return listening();
    },
    get isComplete() {
      return isComplete;
    },
    stop,
  };
}
