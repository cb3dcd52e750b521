/** Time, as something that is handed in: production waits, tests tick. */
export interface Timers {
  /** Milliseconds on a clock that never steps back. Only differences mean anything. */
  now(): number;
  /** Calls back once after at least that many milliseconds, unless cancelled. Does not keep the process alive. */
  after(milliseconds: number, callback: () => void): { cancel(): void };
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
