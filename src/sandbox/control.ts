/**
 * The control endpoint of an emulator, under `/__control` on the emulator's own port: what a shell script or another
 * process uses in place of the programmatic API. Guarantees that control calls are never counted and that a refused
 * fault script changes nothing. curl examples stand in `emulator.ts`.
 */
import { LosslessNumber, parse } from 'lossless-json';
import type { CallLog } from './call-log.js';
import { type FaultRule, type FaultScript, FaultScriptError } from './faults.js';
import type { EmulatedReply, EmulatedRequest } from './types.js';

export const CONTROL = '/__control';

export interface Controlled {
  readonly log: CallLog;
  readonly faults: FaultScript;
  reset(): void;
}

export function isControl(path: string): boolean {
  return path === CONTROL || path.startsWith(`${CONTROL}/`);
}

export function control(target: Controlled, { method, path, body }: EmulatedRequest): EmulatedReply {
  const { log, faults } = target;
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
          if (error instanceof FaultScriptError) return { status: 400, json: { error: error.message } };
          throw error;
        }
        return { status: 200, json: { faults: faults.list().map(printable) } };
      },
      DELETE: () => {
        faults.clear();
        return { status: 204 };
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
