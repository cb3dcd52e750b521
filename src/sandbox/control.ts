/**
 * The control endpoint of an emulator, under `/__control` on the emulator's own port: what a shell script or another
 * process uses in place of the programmatic API. Guarantees that control calls are never counted and that a refused
 * fault script changes nothing. curl examples stand in `emulator.ts`.
 */
import { LosslessNumber, parse } from 'lossless-json';
import type { CallLog } from './call-log.js';
import { type FaultRule, type FaultScript, FaultScriptError } from './faults.js';
import type { Ledger } from './ledger.js';
import { type Behaviour, BehaviourError, type EmulatedReply, type EmulatedRequest } from './types.js';

export const CONTROL = '/__control';

export interface Controlled {
  readonly log: CallLog;
  readonly faults: FaultScript;
  readonly ledger: Ledger;
  readonly behaviour: Behaviour;
  reset(): void;
}

export function isControl(path: string): boolean {
  return path === CONTROL || path.startsWith(`${CONTROL}/`);
}

export function control(target: Controlled, { method, path, query, body }: EmulatedRequest): EmulatedReply {
  const { log, faults, ledger, behaviour } = target;
  const routes: Readonly<Record<string, Readonly<Record<string, () => EmulatedReply>>>> = {
    '/calls': {
      GET: () => ({ status: 200, json: { calls: log.calls, dropped: log.dropped } }),
      DELETE: () => {
        log.clear();
        return { status: 204 };
      },
    },
    '/faults': {
      GET: () => ({ status: 200, json: { faults: faults.list().map(printable) } }),
      PUT: () => {
        try {
          faults.replace(readScript(body));
        } catch (error) {
          if (error instanceof FaultScriptError) return refusal(error);
          throw error;
        }
        return { status: 200, json: { faults: faults.list().map(printable) } };
      },
      DELETE: () => {
        faults.clear();
        return { status: 204 };
      },
    },
    '/ledger': {
      GET: () => {
        const after = query.get('after') ?? '0';
        if (!/^\d{1,9}$/.test(after)) return refusal(new Error('after must be the number of an entry'));
        return { status: 200, json: { effects: ledger.effects.slice(Number(after)) } };
      },
    },
    '/behaviour': {
      GET: () => ({ status: 200, json: behaviour.get() }),
      PUT: () => {
        try {
          behaviour.set(readSettings(body));
        } catch (error) {
          if (error instanceof BehaviourError) return refusal(error);
          throw error;
        }
        return { status: 200, json: behaviour.get() };
      },
    },
    '/reset': {
      POST: () => {
        target.reset();
        return { status: 204 };
      },
    },
  };
  const known = Object.keys(routes).map((name) => CONTROL + name);
  const route = routes[path.slice(CONTROL.length)];
  if (route === undefined) {
    return { status: 404, json: { error: `no control ${path}; there are ${known.join(', ')}` } };
  }
  const action = Object.hasOwn(route, method) ? route[method] : undefined;
  if (action === undefined) {
    const allow = Object.keys(route).join(', ');
    return { status: 405, headers: { allow }, json: { error: `${method} ${path}: only ${allow}` } };
  }
  return action();
}

function refusal({ message }: Error): EmulatedReply {
  return { status: 400, json: { error: message } };
}

function readSettings(body: string): Readonly<Record<string, unknown>> {
  let settings: unknown;
  try {
    settings = JSON.parse(body);
  } catch (error) {
    throw new BehaviourError(`the settings are not JSON: ${(error as Error).message}`);
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new BehaviourError('the settings must be an object');
  }
  return settings as Readonly<Record<string, unknown>>;
}

/** Small whole numbers become numbers, for the checks; all else keeps its digits, as a value to `set` may need them. */
function readScript(body: string): unknown {
  try {
    return parse(body, null, {
      parseNumber: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : new LosslessNumber(text)),
    });
  } catch (error) {
    throw new FaultScriptError(`the fault script is not JSON: ${(error as Error).message}`);
  }
}

function printable(rule: FaultRule): unknown {
  const path = rule.match?.path;
  return path instanceof RegExp ? { ...rule, match: { ...rule.match, path: String(path) } } : rule;
}
