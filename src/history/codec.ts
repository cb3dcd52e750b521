/**
 * Records as text, and back.
 *
 * Guarantees: what is read is equal to what was written, to the last digit of every decimal; the same record always gives
 * the same text, whatever the order of its members and however it was observed. Members that are `undefined` are not
 * there. Refuses what is not plain data, and text of another version.
 *
 * When a domain type gets a new member, texts that were written before lack it: raise VERSION then, and complete the old
 * ones in `decodeRecord`.
 */
import { hash } from 'node:crypto';
import type { ObservedRecords, RecordKind } from '../domain/history.js';
import { printText, shapeOf } from '../domain/json.js';
import { decimalOfPrinted, isDecimal, printDecimal } from '../domain/money.js';
import type { Observation } from '../domain/observation.js';

const VERSION = 1;

/** The only member of an object that stands for a decimal. Names that begin like it are written with one more. */
const TAG = '$';

export class CodecError extends Error {
  override readonly name = 'CodecError';
}

export interface EncodedRecord {
  readonly externalId: string;
  /** The same for the same content. */
  readonly hash: string;
  readonly body: string;
}

/** 132 bits: enough to tell any contents apart that a gateway will ever see. */
export function hashOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function print(value: unknown): string {
  if (typeof value === 'string') return printText(value);
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CodecError('a number that is none cannot be kept');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new CodecError(`a ${typeof value} cannot be kept`);
  if (isDecimal(value)) return `{"${TAG}":"${printDecimal(value)}"}`;
  if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
  if (!isPlain(value)) throw new CodecError('only plain data can be kept');
  return printMembers(value, null);
}

function printMembers(value: Readonly<Record<string, unknown>>, except: string | null): string {
  const { names, labels } = shapeOf(value);
  let text = '';
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] as string;
    const member = value[name];
    if (member === undefined || name === except) continue;
    const label = labels[at] as string;
    text += `${text === '' ? '' : ','}${name.startsWith(TAG) ? `"${TAG}${label.slice(1)}` : label}${print(member)}`;
  }
  return `{${text}}`;
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  const members = Object.entries(value);
  const [only] = members;
  if (only?.[0] === TAG && typeof only[1] === 'string') return decimalOfPrinted(only[1]);
  return Object.fromEntries(
    members.map(([name, member]) => [name.startsWith(TAG) ? name.slice(TAG.length) : name, revive(member)]),
  );
}

/** How it was observed is left out: that is kept for the whole list. */
export function encodeRecord(record: ObservedRecords[RecordKind]): EncodedRecord {
  const text = printMembers(record as unknown as Readonly<Record<string, unknown>>, 'observation');
  return { externalId: record.externalId, hash: hashOf(text), body: `{"v":${VERSION},"record":${text}}` };
}

/** Throws `CodecError`. `kind`: what was encoded. */
export function decodeRecord<Kind extends RecordKind>(
  _kind: Kind,
  body: string,
  observation: Observation,
): ObservedRecords[Kind] {
  try {
    const { v, record } = JSON.parse(body) as { readonly v?: unknown; readonly record?: unknown };
    if (v !== VERSION) throw new CodecError(`a record of version ${String(v)} cannot be read`);
    return { ...(revive(record) as ObservedRecords[Kind]), observation };
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError('a record that was kept cannot be read', { cause: error });
  }
}
