/**
 * SOQL text into tokens. Guarantees that every character of the text is accounted for: what is no token is refused as
 * MALFORMED_QUERY with its place.
 */
import { malformedQuery } from '../errors.js';

export interface Token {
  readonly type: 'name' | 'string' | 'number' | 'date' | 'datetime' | 'sign' | 'end';
  /** As written; of a string what it means. */
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s+/y;
// Before numbers: a date begins like one.
const DATETIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/y;
const DATE = /\d{4}-\d{2}-\d{2}(?![\dT])/y;
const NUMBER = /[+-]?\d+(?:\.\d+)?(?![\w.])/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*/y;
const SIGN = /<=|>=|!=|<>|[=<>(),]/y;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  // Kept with their backslash: LIKE tells a written underscore from a wildcard by it.
  _: '\\_',
  '%': '\\%',
};

export function tokenize(soql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(soql)?.[0];
  };
  while (at < soql.length) {
    const space = take(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    if (soql[at] === "'") {
      const { text, end } = readString(soql, at);
      tokens.push({ type: 'string', text, at });
      at = end;
      continue;
    }
    const token =
      tokenOf('datetime', DATETIME) ??
      tokenOf('date', DATE) ??
      tokenOf('number', NUMBER) ??
      tokenOf('name', NAME) ??
      tokenOf('sign', SIGN);
    if (token === undefined)
      throw malformedQuery(`line 1:${at} no viable alternative at character '${soql[at] ?? ''}'`);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ type: 'end', text: '', at });
  return tokens;

  function tokenOf(type: Exclude<Token['type'], 'end' | 'string'>, pattern: RegExp): Token | undefined {
    const text = take(pattern);
    return text === undefined ? undefined : { type, text, at };
  }
}

function readString(soql: string, start: number): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < soql.length; at++) {
    const letter = soql.charAt(at);
    if (letter === "'") return { text, end: at + 1 };
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    at++;
    const escaped = soql.charAt(at);
    if (escaped === 'u' && /^[0-9A-Fa-f]{4}$/.test(soql.slice(at + 1, at + 5))) {
      text += String.fromCharCode(Number.parseInt(soql.slice(at + 1, at + 5), 16));
      at += 4;
      continue;
    }
    const meant = Object.hasOwn(ESCAPES, escaped) ? ESCAPES[escaped] : undefined;
    if (meant === undefined) throw malformedQuery(`Invalid string literal: illegal escape '\\${escaped}'`);
    text += meant;
  }
  throw malformedQuery(`line 1:${start} mismatched character '<EOF>' expecting '''`);
}
