/**
 * What an emulator was asked. Guarantees one entry for every call that reached the port, in order of arrival, and no
 * credential in any of them. Refuses to grow for ever: beyond the cap the oldest go, and `dropped` says how many, so
 * that a test which counts calls cannot be fooled.
 */

export interface RecordedCall {
  readonly method: string;
  /** As sent, without query. */
  readonly path: string;
  /** Decoded; a name that was sent twice has its values joined by commas. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Only of JSON requests: login forms carry secrets. */
  readonly body?: string;
  /** Arrival, by the emulator's clock. */
  readonly at: number;
  /** `null` until answered, and for ever where no status line was sent. */
  readonly status: number | null;
  /** The kinds of faults that befell it. */
  readonly faults?: readonly string[];
}

/** A call while it is being answered: what is not known on arrival may still be filled in. */
export interface OpenCall extends RecordedCall {
  body?: string;
  status: number | null;
  faults?: readonly string[];
}

const CREDENTIAL = /auth|api[-_]?key|token|secret|cookie|password|username|session/i;
const REDACTED = '[redacted]';

function redacted(members: Iterable<readonly [string, string]>): Record<string, string> {
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of members) {
    // The scheme stays readable: "which of the two ways did it authenticate" is a question tests ask.
    const scheme = name === 'authorization' ? /^(Basic|Bearer) /i.exec(value) : null;
    const text = CREDENTIAL.test(name) ? (scheme?.[0] ?? '') + REDACTED : value;
    out[name] = name in out ? `${out[name]},${text}` : text;
  }
  return { ...out };
}

export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number;
}

export class CallLog {
  readonly #cap: number;
  readonly #calls: OpenCall[] = [];
  #dropped = 0;

  constructor(cap = 50_000) {
    this.#cap = cap;
  }

  /** Live: grows as calls come in. */
  get calls(): readonly RecordedCall[] {
    return this.#calls;
  }

  get dropped(): number {
    return this.#dropped;
  }

  arrived({ method, path, query, headers, at }: Arrival): OpenCall {
    const call: OpenCall = {
      method,
      path,
      query: redacted(query),
      headers: redacted(Object.entries(headers)),
      at,
      status: null,
    };
    this.#calls.push(call);
    if (this.#calls.length > this.#cap) {
      this.#calls.shift();
      this.#dropped++;
    }
    return call;
  }

  clear(): void {
    this.#calls.length = 0;
    this.#dropped = 0;
  }
}
