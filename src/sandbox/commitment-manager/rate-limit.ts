/**
 * Requests per key in a sliding window. Guarantees that no stretch of one window's length holds more than the limit;
 * a refused request does not count, so that one who waits as told is let in.
 */
import type { Clock } from '../types.js';

export interface Admission {
  readonly admitted: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class SlidingWindow {
  readonly #seen = new Map<string, number[]>();
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #clock: Clock;

  constructor(limit: number, windowMs: number, clock: Clock) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#clock = clock;
  }

  admit(key: string): Admission {
    const now = this.#clock();
    const recent = (this.#seen.get(key) ?? []).filter((at) => at > now - this.#windowMs);
    const admitted = recent.length < this.#limit;
    if (admitted) recent.push(now);
    this.#seen.set(key, recent);
    const freeAt = (recent[0] ?? now) + this.#windowMs;
    return {
      admitted,
      headers: {
        'x-ratelimit-limit': String(this.#limit),
        'x-ratelimit-remaining': String(this.#limit - recent.length),
        // Whole seconds until the window has room again, as Telnyx sends it.
        'x-ratelimit-reset': String(Math.max(1, Math.ceil((freeAt - now) / 1_000))),
      },
    };
  }

  clear(): void {
    this.#seen.clear();
  }
}
