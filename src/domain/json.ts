/** JSON values, and one text for each. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Whatever JSON writes otherwise than it is, and a few letters that it does not. */
const NOT_PLAIN = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

/** As `JSON.stringify`; most texts are plain, and seeing that takes a third of the time. */
export function printText(text: string): string {
  return NOT_PLAIN.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/**
 * The same text for the same value, whatever the order of its members. Members that are `undefined` are not there. Data
 * only: what has a `toJSON` of its own is not what it prints.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return printText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) {
      text += `${text === '' ? '' : ','}${each === undefined ? 'null' : canonicalJson(each)}`;
    }
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const { names, labels } = shapeOf(members);
  for (let at = 0; at < names.length; at += 1) {
    const member = members[names[at] as string];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${labels[at] as string}${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** What objects with the same members in the same order have in common. */
export interface Shape {
  /** As the objects have them. */
  readonly keys: readonly string[];
  /** In order. */
  readonly names: readonly string[];
  /** The same, as members begin: in quotes, and with a colon. */
  readonly labels: readonly string[];
}

/** By the number of members. Records of one kind have one shape, or a few; of what has no end, the last ones are kept. */
const SHAPES: Shape[][] = [];
const MOST_MEMBERS = 64;
const MOST_ALIKE = 16;
let made = 0;

/** The names of all members in order: sorting them for each object takes as long as printing it. */
export function shapeOf(value: object): Shape {
  const keys = Object.keys(value);
  const alike = keys.length > MOST_MEMBERS ? [] : (SHAPES[keys.length] ??= []);
  for (const shape of alike) if (haveSameNames(shape.keys, keys)) return shape;
  const names = [...keys].sort();
  const shape = { keys, names, labels: names.map((name) => `${JSON.stringify(name)}:`) };
  made += 1;
  if (alike.length < MOST_ALIKE) alike.push(shape);
  else alike[made % MOST_ALIKE] = shape;
  return shape;
}

/** Of the same length. */
function haveSameNames(some: readonly string[], others: readonly string[]): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}
