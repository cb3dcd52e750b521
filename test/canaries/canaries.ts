/**
 * Secrets that can be found again, whatever becomes of them: each has a part that no encoding changes, or only in ways
 * that are known.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface Canary {
  readonly name: string;
  /** The secret as it is used. */
  readonly secret: string;
  /** What of it is looked for. */
  readonly forms: readonly { readonly how: string; readonly bytes: Buffer }[];
}

export interface Hit {
  readonly canary: string;
  readonly how: string;
  /** Where it came out. */
  readonly where: string;
  readonly around: string;
}

/** Bytes of a text in base64, at each of the three places that it can begin at, without what its neighbours change. */
function inBase64(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + text).toString('base64');
    const first = [0, 2, 3][before] ?? 0;
    const last = Math.floor(((before + text.length) * 8) / 6);
    return encoded.slice(first, last);
  });
}

function formsOf(core: string): Canary['forms'] {
  const base64 = inBase64(core);
  const texts: readonly (readonly [string, string])[] = [
    ['as it is', core],
    ['in hexadecimal', Buffer.from(core).toString('hex')],
    ['backwards', [...core].reverse().join('')],
    ['as UTF-16', Buffer.from(core, 'utf16le').toString('latin1')],
    ['as its hash', createHash('sha256').update(core).digest('hex')],
    ...base64.map((text) => ['in base64', text] as const),
    // The standard alphabet and that of URLs differ in two letters.
    ...base64.map((text) => ['in base64 of URLs', text.replaceAll('+', '-').replaceAll('/', '_')] as const),
  ];
  return [...new Map(texts.map(([how, text]) => [text, how])).entries()].map(([text, how]) => ({
    how,
    bytes: Buffer.from(text, 'latin1'),
  }));
}

/**
 * A secret with `core` in its middle, letters and digits that nothing escapes; around it are characters that URLs and
 * JSON write in other ways, so that whoever looks for the whole secret does not find it.
 */
export function createCanary(
  name: string,
  wrap: (core: string) => string = (core) => `cg+${core}/=%&"`,
): Canary {
  const core = `canary${randomBytes(12).toString('hex')}`;
  return { name, secret: wrap(core), forms: formsOf(core) };
}

/** A secret of others, or the hash of one: looked for as it is, and in the same ways. */
export function canaryOf(name: string, secret: string): Canary {
  return { name, secret, forms: formsOf(secret) };
}

/** Every place at which one of them is in the bytes; one for each canary and form. */
export function scan(where: string, output: string | Uint8Array, canaries: readonly Canary[]): Hit[] {
  const bytes = typeof output === 'string' ? Buffer.from(output) : Buffer.from(output);
  const lower = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
  return canaries.flatMap(({ name, forms }) =>
    forms.flatMap(({ how, bytes: form }) => {
      // Hexadecimal digits, and whole headers, may come in capitals.
      const at = Math.max(
        bytes.indexOf(form),
        how === 'in hexadecimal' || how === 'as it is' ? lower.indexOf(form) : -1,
      );
      if (at < 0) return [];
      const around = bytes.subarray(Math.max(0, at - 120), at + 120).toString('latin1');
      return [{ canary: name, how, where, around }];
    }),
  );
}
