/**
 * What clients asked and what they were told: the history that the checker judges. Every call is in it twice, when it
 * began and when it ended, in the order in which that happened.
 */
import { request } from 'node:http';

/** Whose name for a change a key is. The same key in another scope is another key. */
export interface Scope {
  readonly client: string;
  readonly organization: string;
  readonly key: string;
}

/** What a client was told. */
export type Told =
  /** `ok`: the change was made. `fail`: it was not, for good. `info`: it is on its way, or nobody knows. */
  | {
      readonly kind: 'ok' | 'fail' | 'info';
      readonly operationId: string;
      readonly isReplay: boolean;
      /** The payload without what may differ between answers about the same operation. */
      readonly data: string;
    }
  /** This call sent nothing. It says nothing about others with the same key. */
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer, or half of one. */
  | { readonly kind: 'lost' }
  /** Something that no client could understand. */
  | { readonly kind: 'nonsense'; readonly text: string };

interface Call {
  /** Of the two entries of one call. */
  readonly call: number;
  readonly scope: Scope;
  /** What was asked, without the key: the same for the same input. */
  readonly input: string;
}

export type HistoryEvent =
  (Call & { readonly type: 'invoke' }) | (Call & { readonly type: 'told'; readonly told: Told });

export interface Asking {
  readonly url: string;
  readonly apiKey: string;
  readonly document: string;
  readonly variables: object;
  /** Called when the first bytes of the answer are here; the rest of it is then never read. */
  readonly onAnswer?: () => void;
}

const LONGEST_CALL_MS = 20_000;

/** The text of an answer; `null`: none, or not all of it. */
export function post({ url, apiKey, document, variables, onAnswer }: Asking): Promise<string | null> {
  return new Promise((resolve) => {
    const body = JSON.stringify({ query: document, variables });
    const sent = request(
      `${url}/graphql`,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-api-key': apiKey,
        },
        timeout: LONGEST_CALL_MS,
      },
      (response) => {
        if (onAnswer !== undefined) {
          onAnswer();
          sent.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(response.complete ? Buffer.concat(chunks).toString('utf8') : null);
        });
        response.on('error', () => resolve(null));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(null));
    sent.on('close', () => resolve(null));
    sent.end(body);
  });
}

interface Payload {
  readonly operation: { readonly id: string; readonly state: string } | null;
  readonly isReplay: boolean;
  readonly userErrors: readonly { readonly code: string }[];
}

/** What an answer to the mutation `field` says. */
export function toldBy(text: string | null, field: string, idOf: (globalId: string) => string): Told {
  if (text === null) return { kind: 'lost' };
  const nonsense: Told = { kind: 'nonsense', text: text.slice(0, 2_000) };
  let answer: {
    readonly data?: Readonly<Record<string, Payload | null>> | null;
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    return nonsense;
  }
  const payload = answer.data?.[field] ?? null;
  if (payload === null) {
    const code = answer.errors?.[0]?.extensions?.code;
    return code === undefined || !REFUSALS.has(code) ? nonsense : { kind: 'refused', code };
  }
  const { operation, isReplay, ...rest } = payload;
  if (operation === null) {
    const [problem] = payload.userErrors;
    return problem === undefined ? nonsense : { kind: 'refused', code: problem.code };
  }
  const { state } = operation;
  return {
    kind: state === 'SUCCEEDED' ? 'ok' : state === 'FAILED' ? 'fail' : 'info',
    operationId: idOf(operation.id),
    isReplay,
    data: JSON.stringify({ operation, ...rest }),
  };
}

/** Errors that say that nothing was sent. */
const REFUSALS: ReadonlySet<string> = new Set([
  // Turned away before anything was looked at: the gateway has too much to do.
  'RATE_LIMITED',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_PROGRESS',
  'TARGET_BUSY',
  'PRECONDITION_FAILED',
  'STORE_UNAVAILABLE',
  'CIRCUIT_OPEN',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_CONFLICT',
  'UPSTREAM_REJECTED',
  'UPSTREAM_MALFORMED',
]);
