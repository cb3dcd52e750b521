/**
 * What Salesforce's webhook flow decides one way or another. Guarantees that a refused set changes nothing. A flow
 * that has begun goes on as it was decided then.
 *
 * - `webhookMs`: from the update to the arrival of the webhook at Commitment Manager, milliseconds; 120000, as the
 *   operators' script waits
 * - `webhook`: `deliver`; `fail`: the message never arrives, and the order's feed says so; or `duplicate`: it arrives
 *   twice, one right after the other, and the feed has both replies
 */
import { type Behaviour, BehaviourError } from '../types.js';

export interface Settings {
  readonly webhookMs: number;
  readonly webhook: 'deliver' | 'fail' | 'duplicate';
}

const INITIAL: Settings = { webhookMs: 120_000, webhook: 'deliver' };

/** Thirty days: an end that a test can see. */
const MAX_MS = 2_592_000_000;

export class SalesforceBehaviour implements Behaviour {
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
        case 'webhookMs':
          if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_MS) {
            throw new BehaviourError(`webhookMs must be a whole number from 0 to ${MAX_MS}`);
          }
          next = { ...next, webhookMs: value };
          break;
        case 'webhook':
          if (value !== 'deliver' && value !== 'fail' && value !== 'duplicate') {
            throw new BehaviourError('webhook must be deliver, fail or duplicate');
          }
          next = { ...next, webhook: value };
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
