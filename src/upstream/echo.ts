/**
 * Replies that repeat what they were sent: proxies in a debug mode do, and vendors that say which key it is that they do
 * not know. Their words may go to the log, the journal and to customers.
 *
 * Guarantees: no secret of a request is in what is read of its reply, as it is or as JSON or URLs write it. Names that
 * go with secrets are taken out of errors only: elsewhere they are data.
 */

export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Stands where something was taken out. */
const WITHHELD = '(withheld)';
/** Shorter ones are words. */
const SHORTEST = 8;

/** Headers and members of forms that hold one. Others are data, and may be in replies. */
const CREDENTIALS = /auth|key|token|secret|password|cookie/i;
const NAMES = /^(user_?name|client_?id)$/i;

function credentialsIn({ headers, body }: Sent): (readonly [name: string, value: string])[] {
  const sent = Object.entries(headers);
  const isForm =
    body !== undefined &&
    sent.some(
      ([name, value]) => value.includes('x-www-form-urlencoded') && name.toLowerCase() === 'content-type',
    );
  return isForm ? [...sent, ...new URLSearchParams(body)] : sent;
}

/** A credential as it is, and what is in it. */
function partsOf(value: string): string[] {
  const [, scheme, rest = ''] = /^(Basic|Bearer|OAuth) (.+)$/i.exec(value) ?? [];
  if (scheme === undefined) return [value];
  if (!/^basic$/i.test(scheme)) return [rest];
  const clear = Buffer.from(rest, 'base64').toString('utf8');
  return [rest, clear.slice(clear.indexOf(':') + 1)];
}

/** All ways in which a credential may be written, longest first: one may be in another. */
function formsOf(value: string): readonly string[] {
  const forms = new Set<string>();
  for (const part of partsOf(value)) {
    if (part.length < SHORTEST) continue;
    forms.add(part);
    forms.add(JSON.stringify(part).slice(1, -1));
    forms.add(encodeURIComponent(part));
    forms.add(new URLSearchParams([['', part]]).toString().slice(1));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/** Credentials go with every call and change rarely. Bounded: tokens come and go. */
const MOST_KNOWN = 64;
const known = new Map<string, readonly string[]>();

function knownFormsOf(value: string): readonly string[] {
  const found = known.get(value);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const forms = formsOf(value);
  known.set(value, forms);
  return forms;
}

/** The text of a reply without what was sent to get it. */
export function withoutEcho(text: string, status: number, sent: Sent): string {
  let out = text;
  for (const [name, value] of credentialsIn(sent)) {
    if (!CREDENTIALS.test(name) && !(NAMES.test(name) && status >= 400)) continue;
    for (const form of knownFormsOf(value)) {
      if (out.includes(form)) out = out.replaceAll(form, WITHHELD);
    }
  }
  return out;
}
