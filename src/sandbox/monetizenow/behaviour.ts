/** What the MonetizeNow of the sandbox decides one way or another; the settings are described at the top of `api.ts`. */
import { type Behaviour, BehaviourError } from '../types.js';

const CHOICES = {
  outcome: ['SUCCESS', 'REVIEW', 'FAILED'],
  reviewCancellations: [false, true],
  reviews: ['HOLD', 'ACCEPT', 'APPROVE', 'DENY'],
  failedStatus: [200, 400, 409, 422],
  unknownContract: ['FAILED', 'NOT_FOUND'],
  amendsPending: [true, false],
  cancelsAtOnce: [false, true],
} as const;

export type Settings = { readonly [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number] };

/** The first choice of each. */
export const DEFAULTS = Object.fromEntries(
  Object.entries(CHOICES).map(([name, [first]]) => [name, first]),
) as unknown as Settings;

/** `decided` is told when somebody set what becomes of reviews. */
export function createBehaviour(decided: () => void): Behaviour & { now(): Settings; reset(): void } {
  let settings = DEFAULTS;
  return {
    get: () => ({ ...settings }),
    now: () => settings,
    set(wanted) {
      for (const [name, value] of Object.entries(wanted)) {
        const choices = Object.entries(CHOICES).find(([known]) => known === name)?.[1];
        if (!choices) throw new BehaviourError(`${name}: unknown; known: ${Object.keys(CHOICES).join(', ')}`);
        if (!choices.some((choice) => choice === value)) {
          throw new BehaviourError(`${name} must be one of ${choices.join(', ')}`);
        }
      }
      settings = { ...settings, ...wanted };
      if (Object.hasOwn(wanted, 'reviews')) decided();
    },
    reset() {
      settings = DEFAULTS;
    },
  };
}
