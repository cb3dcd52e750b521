/** JSON values, and one text for each. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The same text for the same value, whatever the order of its members. Members that are `undefined` are not there. Data
 * only: what has a `toJSON` of its own is not what it prints.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) {
      text += `${text === '' ? '' : ','}${each === undefined ? 'null' : canonicalJson(each)}`;
    }
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of namesInOrder(members)) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** More than so many are left to the library. */
const FEW = 16;

/** Of all members. Sorted where they are: `sort` copies, and most objects have a few, nearly in order. */
export function namesInOrder(value: object): readonly string[] {
  const names = Object.keys(value);
  if (names.length > FEW) return names.sort();
  for (let at = 1; at < names.length; at += 1) {
    const name = names[at] as string;
    let place = at;
    for (; place > 0 && (names[place - 1] as string) > name; place -= 1) {
      names[place] = names[place - 1] as string;
    }
    names[place] = name;
  }
  return names;
}
