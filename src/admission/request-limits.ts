/**
 * How large the values of a request may be, whatever document they are for: checked before anything is made of them.
 *
 * Guarantees: takes time in proportion to what it looks at, and calls itself nowhere, so that nothing is nested too
 * deeply for it. What it refuses it names, and repeats nothing of it.
 */
import { DEEPEST_VALUE, LONGEST_LIST_VALUE, LONGEST_NAME, LONGEST_TEXT, MOST_VALUES } from './limits.js';
import { hasUnwantedCharacters, UNWANTED_CHARACTERS } from './texts.js';

/** What speaks against the values of `variables` or `extensions`; `null`: nothing does. */
export function objectionToValues(what: string, given: unknown): string | null {
  let values = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: given, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > MOST_VALUES) {
      return `\`${what}\` holds more than ${MOST_VALUES.toLocaleString('en')} values. Send less at once.`;
    }
    if (typeof value === 'string') {
      if (value.length > LONGEST_TEXT) {
        return `A text in \`${what}\` has more than ${LONGEST_TEXT.toLocaleString('en')} characters.`;
      }
      if (hasUnwantedCharacters(value)) return UNWANTED_CHARACTERS;
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST_VALUE) {
      return `\`${what}\` can have at most ${DEEPEST_VALUE} lists or objects within one another.`;
    }
    if (Array.isArray(value)) {
      if (value.length > LONGEST_LIST_VALUE) {
        return `A list in \`${what}\` has more than ${LONGEST_LIST_VALUE} items. Send less at once.`;
      }
      for (const item of value as readonly unknown[]) open.push({ value: item, depth: depth + 1 });
      continue;
    }
    const keys = Object.keys(value);
    if (keys.length > MOST_VALUES) {
      return `\`${what}\` holds more than ${MOST_VALUES.toLocaleString('en')} values. Send less at once.`;
    }
    for (const key of keys) {
      if (isForbidden(key, value)) return `\`${what}\` has a key that no request may have.`;
      if (key.length > LONGEST_TEXT || hasUnwantedCharacters(key)) return UNWANTED_CHARACTERS;
      open.push({ value: (value as Readonly<Record<string, unknown>>)[key], depth: depth + 1 });
    }
  }
  return null;
}

/** What changes other objects when somebody copies it key by key. Bodies are refused for it when they are read. */
function isForbidden(key: string, value: object): boolean {
  if (key === '__proto__') return true;
  if (key !== 'constructor') return false;
  const own: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof own === 'object' && own !== null && Object.hasOwn(own, 'prototype');
}

/** What speaks against a name of an operation. */
export function objectionToName(name: unknown): string | null {
  return typeof name === 'string' && name.length > LONGEST_NAME
    ? `\`operationName\` can have at most ${LONGEST_NAME} characters.`
    : null;
}
