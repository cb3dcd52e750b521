/**
 * Reads what is as it should be, without what zod needs for telling what is wrong.
 *
 * Guarantees: whatever is read here, zod would read the same, and whatever is not, zod judges and reports; so a schema
 * stays the one place that says what a backend sends. The words of `wire.ts` say beside their schema how they are read
 * quickly; objects and lists are put together from those, once for each schema and when it is first read. Schemas that
 * nothing is known of are left to zod, each where it stands. A test holds one against the other.
 */
import { z } from 'zod';

type Schema = z.core.$ZodType;

/** It takes more than a quick look: zod has the word. */
export const REFUSED: unique symbol = Symbol('refused');

/** The value as the schema reads it, or `REFUSED`. Gets `undefined` for a member that is not there. */
export type Quick = (value: unknown) => unknown;

const quicks = new WeakMap<Schema, Quick>();

/** The schema, which may be read this way too. */
export function quickly<Some extends Schema>(schema: Some, quick: Quick): Some {
  quicks.set(schema, quick);
  return schema;
}

/** As `schema.safeParse`. */
export function readAs<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
):
  { readonly success: true; readonly data: Value } | { readonly success: false; readonly error: z.ZodError } {
  const read = quickOf(schema)(value);
  return read === REFUSED ? schema.safeParse(value) : { success: true, data: read as Value };
}

/** As `schema.parse`. */
export function parseAs<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const read = quickOf(schema)(value);
  return read === REFUSED ? schema.parse(value) : (read as Value);
}

/** What the schema makes of the value; `undefined` where it is not as it should be. */
export function dataAs<Value>(schema: z.ZodType<Value>, value: unknown): Value | undefined {
  const read = readAs(schema, value);
  return read.success ? read.data : undefined;
}

export function quickOf(schema: Schema): Quick {
  const known = quicks.get(schema);
  if (known !== undefined) return known;
  const made = madeOf(schema);
  quicks.set(schema, made);
  return made;
}

function madeOf(schema: Schema): Quick {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ((def.checks?.length ?? 0) > 0) return leftToZod(schema);
  switch (def.type) {
    case 'object':
      return def.catchall === undefined ? ofObject(def.shape) : leftToZod(schema);
    case 'array':
      return ofList(quickOf(def.element));
    case 'optional':
      return orAsItIs(quickOf(def.innerType), undefined);
    case 'nullable':
      return orAsItIs(quickOf(def.innerType), null);
    // What it catches, zod catches.
    case 'catch':
    case 'readonly':
      return quickOf(def.innerType);
    case 'unknown':
      return (value) => value;
    case 'string':
      return isOf('string');
    case 'boolean':
      return isOf('boolean');
    default:
      return leftToZod(schema);
  }
}

function leftToZod(schema: Schema): Quick {
  return (value) => {
    const read = z.safeParse(schema, value);
    return read.success ? read.data : REFUSED;
  };
}

function isOf(type: 'string' | 'boolean'): Quick {
  return (value) => (typeof value === type ? value : REFUSED);
}

function orAsItIs(quick: Quick, taken: null | undefined): Quick {
  return (value) => (value === taken ? value : quick(value));
}

function ofList(quick: Quick): Quick {
  return (value) => {
    if (!Array.isArray(value)) return REFUSED;
    const read = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i += 1) {
      const element = quick(value[i]);
      if (element === REFUSED) return REFUSED;
      read[i] = element;
    }
    return read;
  };
}

interface Member {
  readonly name: string;
  readonly quick: Quick;
  /** What becomes of it where it is not there. */
  readonly absent: 'refused' | 'left-out' | 'read';
}

function ofObject(shape: Readonly<Record<string, Schema>>): Quick {
  const members = Object.entries(shape).map(([name, schema]): Member => {
    const { optin, optout } = schema._zod;
    const absent = optin === undefined ? 'refused' : optout === 'optional' ? 'left-out' : 'read';
    return { name, quick: quickOf(schema), absent };
  });
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return REFUSED;
    const sent = value as Readonly<Record<string, unknown>>;
    const read: Record<string, unknown> = {};
    for (let i = 0; i < members.length; i += 1) {
      const { name, quick, absent } = members[i] as Member;
      const member = sent[name];
      if (member === undefined && absent !== 'read') {
        if (absent === 'refused') return REFUSED;
        continue;
      }
      const made = quick(member);
      if (made === REFUSED) return REFUSED;
      read[name] = made;
    }
    return read;
  };
}
