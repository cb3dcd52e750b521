/**
 * JSON text whose numbers keep every digit: what is sent, and what is kept of what came back.
 *
 * Guarantees: a number that was read is written as it was read, and one of ours digit by digit; neither was ever a
 * binary float.
 */
import type { DecimalText } from '../../domain/change.js';
import { isNumber } from '../wire.js';

/** A number to be written, by its digits. */
export class Digits {
  constructor(readonly text: DecimalText) {}
}

/** The value as JSON text. Members that are `undefined` are left out. */
export function exactJson(value: unknown): string {
  if (value instanceof Digits) return value.text;
  if (isNumber(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => exactJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${exactJson(member)}`);
  return `{${members.join(',')}}`;
}
