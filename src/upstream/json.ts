/**
 * JSON as backends send it, and as the journal keeps what they sent.
 *
 * Guarantees: numbers keep every digit (`LosslessNumber`). Refuses what would cost too much to read: too deep, too many
 * values.
 */
import { isLosslessNumber, parse } from 'lossless-json';

const DEEPEST = 64;
/** Values in one body: small ones take a hundred times their text once they are objects. */
const MOST_VALUES = 250_000;

/** Whether the text can be parsed without harm: nesting that a recursive reader survives, and not too many values. */
function isHarmless(text: string): boolean {
  let depth = 0;
  let values = 0;
  let isInText = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isInText) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) isInText = false;
    } else if (code === 0x22) isInText = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return false;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (code === 0x2c) {
      values += 1;
      if (values > MOST_VALUES) return false;
    }
  }
  return true;
}

/** The parsed body, `undefined` for an empty one. Throws for anything that is not JSON. */
export function parseJson(text: string): unknown {
  const body = text.startsWith('\u{feff}') ? text.slice(1) : text;
  if (body.trim() === '') return undefined;
  if (!isHarmless(body)) throw new SyntaxError('nested too deeply, or too many values');
  const value: unknown = parse(body);
  return isLosslessNumber(value) ? undefined : value;
}
