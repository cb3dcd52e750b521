/**
 * JSON as backends send it, and as the journal keeps what they sent.
 *
 * Guarantees: numbers keep every digit: whole ones of up to 15 are numbers, which hold them exactly; all others are their
 * text (`LosslessNumber`). Refuses what would cost too much to read: too deep, too many
 * values; and objects that name one member twice with different values.
 *
 * `JSON.parse` is several times faster than any parser in JavaScript, and loses digits. So the text is looked through for
 * its numbers, parsed by `JSON.parse`, and each number that is more than a number is put back as it was written. That works as long as both go through
 * the text in the same order; where they might not (members with numbers for names, or named twice), and where the text
 * is not JSON at all, the exact parser has the word. A test holds one against the other.
 */
import { isLosslessNumber, LosslessNumber, parse } from 'lossless-json';

const DEEPEST = 64;
/** Values in one body: small ones take a hundred times their text once they are objects. */
const MOST_VALUES = 250_000;

/** Every whole number of so many digits is a number of JavaScript. */
const MOST_DIGITS = 15;
const WHOLE = new RegExp(`^\\d{1,${MOST_DIGITS}}$`);

/** What is seen of a text from outside. */
interface Outline {
  readonly numbers: number;
  /** Those of them that a number of JavaScript may not hold, in order. */
  readonly inexact: readonly { readonly place: number; readonly text: string }[];
  readonly members: number;
}

/** Whether an odd number of backslashes is before that place. */
function isEscaped(text: string, place: number): boolean {
  let first = place;
  while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
  return (place - first) % 2 === 1;
}

/** Where the text that begins with the quote at that place ends; behind everything if it does not. */
function closingQuote(text: string, opening: number): number {
  let place = text.indexOf('"', opening + 1);
  while (place >= 0 && isEscaped(text, place)) place = text.indexOf('"', place + 1);
  return place < 0 ? text.length : place;
}

/**
 * Looks through the text once. `null`: reading it would do harm, by nesting that a recursive reader does not survive, or
 * by too many values. Says nothing about whether it is JSON.
 */
function outlineOf(text: string): Outline | null {
  const inexact: { readonly place: number; readonly text: string }[] = [];
  const { length } = text;
  let numbers = 0;
  let members = 0;
  let depth = 0;
  let values = 0;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = closingQuote(text, i);
    else if (code === 0x3a) members += 1;
    else if (code === 0x2c) {
      values += 1;
      if (values > MOST_VALUES) return null;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return null;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if ((code >= 0x30 && code <= 0x39) || code === 0x2d) {
      const from = i;
      let areDigits = true;
      for (let next = text.charCodeAt(i + 1); isOfNumber(next); next = text.charCodeAt(i + 1)) {
        if (next < 0x30 || next > 0x39) areDigits = false;
        i += 1;
      }
      const isExact = areDigits && code !== 0x2d && i - from < MOST_DIGITS;
      if (!isExact) inexact.push({ place: numbers, text: text.slice(from, i + 1) });
      numbers += 1;
    }
  }
  return { numbers, inexact, members };
}

/** Digits, signs, point and exponent. */
function isOfNumber(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2e ||
    code === 0x65 ||
    code === 0x45 ||
    code === 0x2b ||
    code === 0x2d
  );
}

/** Puts the numbers of a text back into what `JSON.parse` made of it. */
class Exactly {
  readonly #inexact: Outline['inexact'];
  /** Of those, so many were put back. */
  #restored = 0;
  #numbers = 0;
  #members = 0;

  constructor({ inexact }: Outline) {
    this.#inexact = inexact;
  }

  /** Whether the value was gone through in the order of the text, and nothing of it was lost. */
  isWhole({ numbers, members }: Outline): boolean {
    return this.#numbers === numbers && this.#members === members;
  }

  /** Changes the value. `false`: its order may not be that of the text. */
  restore(value: object): boolean {
    if (Array.isArray(value)) {
      const list = value as unknown[];
      for (let i = 0; i < list.length; i += 1) {
        const element = list[i];
        if (typeof element === 'number') list[i] = this.#exact(element);
        else if (typeof element === 'object' && element !== null && !this.restore(element)) return false;
      }
      return true;
    }
    const object = value as Record<string, unknown>;
    for (const name in object) {
      const first = name.charCodeAt(0);
      // Those that are numbers come first, wherever they were written.
      if (first >= 0x30 && first <= 0x39) return false;
      this.#members += 1;
      const member = object[name];
      if (typeof member === 'number') {
        const exact = this.#exact(member);
        if (exact !== member) object[name] = exact;
      } else if (typeof member === 'object' && member !== null && !this.restore(member)) return false;
    }
    return true;
  }

  #exact(value: number): number | LosslessNumber {
    const place = this.#numbers;
    this.#numbers += 1;
    const next = this.#inexact[this.#restored];
    if (next?.place !== place) return value;
    this.#restored += 1;
    return new LosslessNumber(next.text);
  }
}

/** `undefined`: the exact parser must read it. */
function parseFast(text: string, outline: Outline): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const exactly = new Exactly(outline);
  return exactly.restore(value) && exactly.isWhole(outline) ? value : undefined;
}

/** As it is put back, for the exact parser. */
function exactNumber(text: string): number | LosslessNumber {
  return WHOLE.test(text) ? Number(text) : new LosslessNumber(text);
}

/** The parsed body, `undefined` for an empty one. Throws for anything that is not JSON. */
export function parseJson(text: string): unknown {
  const body = text.startsWith('\u{feff}') ? text.slice(1) : text;
  if (body.trim() === '') return undefined;
  const outline = outlineOf(body);
  if (outline === null) throw new SyntaxError('nested too deeply, or too many values');
  const value: unknown = parseFast(body, outline) ?? parse(body, undefined, { parseNumber: exactNumber });
  return typeof value === 'number' || isLosslessNumber(value) ? undefined : value;
}
