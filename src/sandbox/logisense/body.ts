/**
 * The JSON of a request, and its members one by one. Guarantees that a number is taken only if it is whole and every
 * digit of it survives, and that reading goes on after a problem, because the vendor lists them all. Refuses a body
 * that is no JSON object or is not sent as JSON. A member that nobody asks for is ignored: the vendor derives every
 * `…Name` itself (`backends.md` §3.2).
 */
import { LosslessNumber, parse } from 'lossless-json';
import type { EmulatedRequest } from '../types.js';
import { CODES, mustBePositive, notReadable, type Problem, required, unknownId } from './problems.js';

export type Json = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is Json {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}

export function readBody({ headers, body }: EmulatedRequest): { body: Json } | { problem: Problem } {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    return { problem: { code: CODES.notReadable, message: 'The request must be application/json.' } };
  }
  let value: unknown;
  try {
    value = parse(body, null, {
      parseNumber: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : new LosslessNumber(text)),
    });
  } catch {
    value = undefined;
  }
  return isJsonObject(value)
    ? { body: value }
    : { problem: { code: CODES.notReadable, message: 'The request body must be a JSON object.' } };
}

/** Each reader gives `undefined` for a member that was not supplied, and for one that it notes a problem about. */
export interface Members {
  /** Whole and above 0. */
  count(name: string, isRequired?: boolean): number | undefined;
  /** A count that is a key of the rows. */
  id(name: string, rows: ReadonlyMap<number, unknown>, isRequired?: boolean): number | undefined;
  /** Whole and not below 0. */
  order(name: string, isRequired?: boolean): number | undefined;
  flag(name: string): boolean | undefined;
  text(name: string): string | undefined;
  /** `null` where the member is null, else what the reader makes of it. For members that may be empty. */
  orNull<T>(name: string, read: (name: string) => T): T | null;
}

export function membersOf(source: Json, problems: Problem[]): Members {
  function member(name: string, isRequired: boolean): unknown {
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    // A member that may not be empty and is null is as good as missing.
    if (value === null || (value === undefined && isRequired)) problems.push(required(name));
    return value ?? undefined;
  }

  function whole(name: string, isRequired: boolean): number | undefined {
    const value = member(name, isRequired);
    if (value === undefined || typeof value === 'number') return value;
    problems.push(notReadable(name, 'a whole number'));
    return undefined;
  }

  function count(name: string, isRequired = false): number | undefined {
    const value = whole(name, isRequired);
    if (value === undefined || value > 0) return value;
    problems.push(mustBePositive(name));
    return undefined;
  }

  return {
    count,
    id(name, rows, isRequired) {
      const id = count(name, isRequired);
      if (id === undefined || rows.has(id)) return id;
      problems.push(unknownId(name, id));
      return undefined;
    },
    order(name, isRequired = false) {
      const value = whole(name, isRequired);
      if (value === undefined || value >= 0) return value;
      problems.push(notReadable(name, 'a whole number and not negative'));
      return undefined;
    },
    flag(name) {
      const value = member(name, false);
      if (value === undefined || typeof value === 'boolean') return value;
      problems.push(notReadable(name, 'true or false'));
      return undefined;
    },
    text(name) {
      const value = member(name, false);
      if (value === undefined || typeof value === 'string') return value;
      problems.push(notReadable(name, 'text'));
      return undefined;
    },
    orNull: (name, read) => (source[name] === null ? null : read(name)),
  };
}
