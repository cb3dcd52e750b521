/**
 * Finds members of a backend's reply that its schema does not name, at any depth.
 *
 * Guarantees: a schema is gone through once, a value in one pass beside it; what is found is told by its path, never by
 * its value, and a name of the backend's making stands in the path only if it looks like the name of a member. Refuses
 * to guess: where a schema takes anything, nothing is unknown, and of several shapes a member of any of them is known.
 */
import { z } from 'zod';
import { readAs } from './quick.js';
import { isNumber } from './wire.js';

type Schema = z.core.$ZodType;

/** Objects, lists, or both, as a union may have them. */
interface Shape {
  /** `null`: no object is expected here. */
  readonly members: Map<string, Known> | null;
  /** What members beside those hold, where any name may be there; else `null`. */
  readonly others: Known | null;
  readonly element: Known;
}

/** What is in it is known only of the value that the schema `first` makes of it. */
interface Rewritten {
  readonly first: z.ZodType;
  readonly then: Shape;
}

/** `leaf`: has no members; `open`: may have any. */
type Known = Shape | Rewritten | 'leaf' | 'open';

const knownOfSchemas = new WeakMap<Schema, Known>();

/** Calls `report` with the path of every unknown member. `name` is what the value is called, and how each path begins. */
export function findUnknownMembers(
  schema: z.ZodType,
  value: unknown,
  name: string,
  report: (path: string) => void,
): void {
  look(value, knownOf(schema), [name], report);
}

/** Whether it tells which members it knows. */
export function isSchema(wire: unknown): wire is z.ZodType {
  return wire instanceof z.ZodType;
}

function look(value: unknown, known: Known, trail: string[], report: (path: string) => void): void {
  if (typeof known === 'string' || typeof value !== 'object' || value === null) return;
  if ('first' in known) {
    const rewritten = readAs(known.first, value);
    if (rewritten.success) look(rewritten.data, known.then, trail, report);
    return;
  }
  if (Array.isArray(value)) {
    if (typeof known.element === 'string') return;
    trail.push('[]');
    for (const element of value) look(element, known.element, trail, report);
    trail.pop();
    return;
  }
  const { members, others } = known;
  if (members === null || isNumber(value)) return;
  // Neither this loop nor what it calls makes anything new as long as all members are known: it runs for every row.
  for (const member in value) {
    const inside = members.get(member);
    if (inside === undefined && others === null) {
      if (Object.hasOwn(value, member)) report(pathOf(trail, shownName(member)));
      continue;
    }
    const held = inside ?? others;
    if (held === null || typeof held === 'string') continue;
    trail.push(inside === undefined ? shownName(member) : member);
    look((value as Readonly<Record<string, unknown>>)[member], held, trail, report);
    trail.pop();
  }
}

const LONGEST_PATH = 300;

function pathOf(trail: readonly string[], member: string): string {
  return `${trail.join('.').replaceAll('.[]', '[]')}.${member}`.slice(0, LONGEST_PATH);
}

// Backends that key members by ids, addresses or tokens would bring those into the log: such have signs or many digits.
const NAME = /^[A-Za-z_$][\w$-]{0,63}$/;
const MOST_DIGITS = 3;

function shownName(member: string): string {
  const isName = NAME.test(member) && member.replace(/\D/g, '').length <= MOST_DIGITS;
  return isName ? member : '(withheld)';
}

function knownOf(schema: Schema): Known {
  const found = knownOfSchemas.get(schema);
  if (found !== undefined) return found;
  // Holds while the schema is gone through, for one that leads back to itself; objects put themselves in its place.
  knownOfSchemas.set(schema, 'open');
  const known = goThrough(schema);
  knownOfSchemas.set(schema, known);
  return known;
}

function goThrough(schema: Schema): Known {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return ofObject(schema, def);
    case 'record':
      return orOpen({ members: new Map(), others: knownOf(def.valueType), element: 'leaf' });
    case 'array':
      return ofList([def.element]);
    case 'tuple':
      return ofList(def.rest === null ? def.items : [...def.items, def.rest]);
    case 'union':
      return def.options.map(knownOf).reduce(either, 'leaf');
    case 'intersection':
      return either(knownOf(def.left), knownOf(def.right));
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return knownOf(def.innerType);
    case 'lazy':
      return knownOf(def.getter());
    case 'pipe': {
      const before = knownOf(def.in);
      if (before !== 'open') return before;
      // Anything goes in, and a transform has made something else of it by the time that it is described.
      const after = knownOf(def.out);
      return typeof after === 'object' && 'members' in after
        ? { first: def.in as z.ZodType, then: after }
        : 'open';
    }
    case 'any':
    case 'unknown':
    case 'custom':
    case 'transform':
      return 'open';
    default:
      return 'leaf';
  }
}

function ofObject(schema: Schema, { shape, catchall }: z.core.$ZodObjectDef): Known {
  const isClosed = catchall === undefined || catchall._zod.def.type === 'never';
  const members = new Map<string, Known>();
  const known: Shape = { members, others: isClosed ? null : knownOf(catchall), element: 'leaf' };
  knownOfSchemas.set(schema, known);
  for (const [name, member] of Object.entries(shape)) members.set(name, knownOf(member));
  return orOpen(known);
}

function ofList(elements: readonly Schema[]): Known {
  const element = elements.map(knownOf).reduce(either, 'leaf');
  return { members: null, others: null, element };
}

/** A shape that leaves nothing to look for is none. */
function orOpen(shape: Shape): Known {
  const inside = [shape.others, ...(shape.members?.values() ?? [])];
  return shape.others === null || inside.some((known) => typeof known === 'object') ? shape : 'open';
}

function either(one: Known, other: Known): Known {
  if (one === 'leaf') return other;
  if (other === 'leaf') return one;
  if (one === 'open' || other === 'open' || 'first' in one || 'first' in other) return 'open';
  return {
    members:
      one.members && other.members ? eitherOf(one.members, other.members) : (one.members ?? other.members),
    others: one.others && other.others ? either(one.others, other.others) : (one.others ?? other.others),
    element: either(one.element, other.element),
  };
}

function eitherOf(one: Map<string, Known>, others: Map<string, Known>): Map<string, Known> {
  const both = new Map(one);
  for (const [name, known] of others) both.set(name, either(both.get(name) ?? 'leaf', known));
  return both;
}
