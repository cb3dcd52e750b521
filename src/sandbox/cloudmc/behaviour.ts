/**
 * What a CloudMC customer cannot foresee, as settings; `api.ts` says what each means. Guarantees that a list of settings
 * takes effect as a whole or not at all; refuses unknown names and wrong values.
 */
import { type Behaviour, BehaviourError } from '../types.js';

export interface Settings {
  readonly taskMs: number;
  readonly taskOutcome: 'SUCCESS' | 'FAILED';
  readonly invoicesIssued: boolean;
  readonly cyclesClosed: boolean;
  readonly createdPrePaid: boolean;
}

const DEFAULTS: Settings = {
  taskMs: 0,
  taskOutcome: 'SUCCESS',
  invoicesIssued: true,
  cyclesClosed: true,
  createdPrePaid: false,
};

const DAY_MS = 86_400_000;
const flag = (value: unknown): string | null => (typeof value === 'boolean' ? null : 'must be true or false');

/** What is wrong with a value; null when nothing is. */
const CHECKS: Readonly<Record<keyof Settings, (value: unknown) => string | null>> = {
  taskMs: (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= DAY_MS
      ? null
      : `must be a whole number from 0 to ${DAY_MS}`,
  taskOutcome: (value) => (value === 'SUCCESS' || value === 'FAILED' ? null : 'must be SUCCESS or FAILED'),
  invoicesIssued: flag,
  cyclesClosed: flag,
  createdPrePaid: flag,
};

export interface CloudmcBehaviour extends Behaviour {
  get(): Settings & Readonly<Record<string, unknown>>;
  reset(): void;
}

export function createBehaviour(): CloudmcBehaviour {
  let settings: Settings = DEFAULTS;
  return {
    get: () => ({ ...settings }),
    set(asked) {
      for (const [name, value] of Object.entries(asked)) {
        if (!Object.hasOwn(CHECKS, name)) {
          throw new BehaviourError(`${name}: unknown setting; known here: ${Object.keys(CHECKS).join(', ')}`);
        }
        const wrong = CHECKS[name as keyof Settings](value);
        if (wrong !== null) throw new BehaviourError(`${name} ${wrong}`);
      }
      // Every member was checked above.
      settings = { ...settings, ...(asked as Partial<Settings>) };
    },
    reset() {
      settings = DEFAULTS;
    },
  };
}
