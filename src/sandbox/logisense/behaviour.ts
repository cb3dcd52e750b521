/**
 * What a tenant of LogiSense decides and its customers cannot foresee; the settings are described in `api.ts`.
 * Guarantees that a refused set of settings changes none of them.
 */
import { type Behaviour, BehaviourError } from '../types.js';
import type { OutputFormat } from './paging.js';

export interface LogisenseSettings {
  readonly refuse: string | null;
  readonly outputFormat: OutputFormat;
}

export interface LogisenseBehaviour extends Behaviour {
  readonly settings: LogisenseSettings;
  reset(): void;
}

const DEFAULTS: LogisenseSettings = { refuse: null, outputFormat: 'instance' };

export function createBehaviour(): LogisenseBehaviour {
  let settings = DEFAULTS;
  return {
    get settings() {
      return settings;
    },
    get: () => ({ ...settings }),
    set(changes) {
      let next = settings;
      for (const [name, value] of Object.entries(changes)) {
        if (name === 'refuse') {
          if (value !== null && (typeof value !== 'string' || value === '')) {
            throw new BehaviourError('refuse: must be a message or null');
          }
          next = { ...next, refuse: value };
        } else if (name === 'outputFormat') {
          if (value !== 'instance' && value !== 'result') {
            throw new BehaviourError('outputFormat: must be instance or result');
          }
          next = { ...next, outputFormat: value };
        } else {
          throw new BehaviourError(`${name}: unknown setting; there are ${Object.keys(DEFAULTS).join(', ')}`);
        }
      }
      settings = next;
    },
    reset() {
      settings = DEFAULTS;
    },
  };
}
