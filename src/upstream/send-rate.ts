/**
 * How many requests a second a backend is sent, and less for a while after it said that it was too many.
 *
 * Guarantees: never above the allowance and never below one a second. A refusal halves the rate; each second after it
 * gives the same step back, so that one refusal is made up for within ten seconds, whatever the rate is. A refusal of
 * what had left before the last halving says nothing of the new rate, and halves nothing: of ten that left together all
 * may be refused.
 *
 * Time brings the rate back, and not successes: a backend that is asked once a minute would be held down for an hour.
 * For a backend without an allowance the rate at which it refused is the best guess there is: half of that, and back up
 * to it. From there on no limit holds until the backend refuses again, because what it allows is its own to say.
 */
import type { Timers } from './timers.js';

export interface SendRate {
  /** Requests a second, from now on; `Infinity`: as many as come. */
  readonly perSecond: number;
  /** When it rises next; `null`: it is whole. */
  readonly risesAt: number | null;
  /** The backend refused a request that left at `sentAt`; in the second up to now it was sent `lately`. */
  refused(sentAt: number, lately: number): void;
}

const STEP_MS = 1_000;
const STEPS = 20; // of the whole rate; half of it is lost, and ten give it back

/** `allowed`: requests a second; `null` where nobody knows. */
export function createSendRate(allowed: number | null, timers: Timers): SendRate {
  const whole = allowed ?? Number.POSITIVE_INFINITY;
  let slowed: { readonly at: number; readonly rate: number; readonly upTo: number } | null = null;

  const stepsSince = (at: number) => Math.floor((timers.now() - at) / STEP_MS);
  /** The rate while it is lower than it was. */
  const lowered = (): number | null => {
    if (slowed === null) return null;
    const { at, rate, upTo } = slowed;
    const now = rate + stepsSince(at) * Math.max(1, Math.ceil(upTo / STEPS));
    return now < upTo ? now : null;
  };

  return {
    get perSecond() {
      return lowered() ?? whole;
    },
    get risesAt() {
      return slowed === null || lowered() === null ? null : slowed.at + (stepsSince(slowed.at) + 1) * STEP_MS;
    },
    refused(sentAt, lately) {
      if (slowed !== null && sentAt <= slowed.at) return;
      const rate = lowered();
      const upTo = (rate === null ? null : slowed?.upTo) ?? allowed ?? Math.max(1, lately);
      slowed = { at: timers.now(), rate: Math.max(1, Math.floor((rate ?? upTo) / 2)), upTo };
    },
  };
}
