/**
 * What Commitment Manager decides one way or another. Guarantees that a refused set changes nothing.
 *
 * - `syncMs`: how long a synchronization takes, milliseconds; 120000, as the operators' script waits
 * - `syncOutcome`: how the synchronizations asked for from now on end, `synchronized` or `failed`
 * - `minimumMonthly`: the smallest monthly minimum it accepts, whole major units; 0, since no page gives the value
 */
import { type Behaviour, BehaviourError } from '../types.js';

export interface Settings {
  readonly syncMs: number;
  readonly syncOutcome: 'synchronized' | 'failed';
  readonly minimumMonthly: number;
}

const INITIAL: Settings = { syncMs: 120_000, syncOutcome: 'synchronized', minimumMonthly: 0 };

/** As milliseconds, thirty days: an end that a test can see. */
const MAX = 2_592_000_000;

export class CommitmentManagerBehaviour implements Behaviour {
  #current = INITIAL;

  get current(): Settings {
    return this.#current;
  }

  get(): Readonly<Record<string, unknown>> {
    return { ...this.#current };
  }

  set(settings: Readonly<Record<string, unknown>>): void {
    let next = this.#current;
    for (const [name, value] of Object.entries(settings)) {
      switch (name) {
        case 'syncMs':
        case 'minimumMonthly':
          if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX) {
            throw new BehaviourError(`${name} must be a whole number from 0 to ${MAX}`);
          }
          next = { ...next, [name]: value };
          break;
        case 'syncOutcome':
          if (value !== 'synchronized' && value !== 'failed') {
            throw new BehaviourError('syncOutcome must be synchronized or failed');
          }
          next = { ...next, syncOutcome: value };
          break;
        default:
          throw new BehaviourError(`${name}: there are ${Object.keys(INITIAL).join(', ')}`);
      }
    }
    this.#current = next;
  }

  reset(): void {
    this.#current = INITIAL;
  }
}
