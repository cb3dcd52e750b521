/**
 * Runs cases against a world, some at a time, and says which rules were broken: with the stage and number of each, from
 * which it can be had again.
 */
import type { GraphQLSchema } from 'graphql';
import { answersIn, objectionsTo, leaksIn, type Rules } from './answers.js';
import { drawsOf, type Draws } from './draws.js';
import { exchange, type Received, type Sending } from './exchange.js';
import { operationOf, type Operation } from './operations.js';
import { rawCase } from './raw.js';
import type { Known } from './values.js';
import type { Registered, World } from './world.js';

export const STAGES = ['raw', 'operation'] as const;
export type Stage = (typeof STAGES)[number];

export interface Finding {
  readonly stage: Stage;
  readonly index: number;
  /** What was wrong. */
  readonly what: string;
  readonly sent: string;
  readonly received: string;
}

export interface Report {
  readonly cases: number;
  readonly findings: readonly Finding[];
  /** Answers by status, and errors by code. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface RunOptions {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly documents: readonly RegisteredOperation[];
  readonly seed: number;
  readonly stage: Stage;
  readonly indexes: Iterable<number>;
  readonly lanes?: number;
  /** No case begins after this; milliseconds of `performance.now`. */
  readonly until?: number;
  readonly onCase?: () => void;
}

export interface RegisteredOperation extends Registered {
  readonly operation: Operation;
}

/** Findings are kept; beyond these they are only counted. */
const MOST_FINDINGS = 50;

/** Before anything is known. */
export const NOTHING_KNOWN: Known = {
  ids: ['none'],
  slugs: ['sleepyco'],
  cursors: ['none'],
  externalIds: ['1'],
  fitting: {},
};

/** Documents to register: operations like the others, with ids of their own. */
export function documentsOf(seed: number, count: number, schema: GraphQLSchema) {
  return Array.from({ length: count }, (_, index): RegisteredOperation => {
    const operation = operationOf(drawsOf(seed, 'document', index), schema, NOTHING_KNOWN);
    return { id: `fuzz.${index}`, text: operation.text, operation };
  });
}

function httpOf(head: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** How one operation is asked: as a whole, in the address, by its name, as a stream. */
function operationCase(draws: Draws, { world, schema, documents }: RunOptions): Sending {
  const document = documents.length > 0 && draws.chance(0.15) ? draws.pick(documents) : null;
  const operation = document?.operation ?? operationOf(draws, schema, world.known);
  const variables = document === null ? operation.variables : operation.again(draws, world.known);
  const named = document === null ? { query: operation.text } : { documentId: document.id };
  const isStream = operation.kind === 'subscription' ? draws.chance(0.9) : draws.chance(0.03);
  const isGet = !isStream && draws.chance(operation.kind === 'query' ? 0.2 : 0.05);
  const head = [
    'Host: gateway.example',
    `X-Api-Key: ${draws.chance(0.85) ? world.key : world.smallKey}`,
    'Connection: close',
    `Accept: ${isStream ? 'text/event-stream' : draws.pick(['application/json', 'application/graphql-response+json'])}`,
  ];
  if (draws.chance(0.1)) head.push('Graphql-Upstream-Report: 1', 'Graphql-Cost-Report: 1');
  const members = { ...named, variables, ...(draws.chance(0.3) ? { operationName: operation.name } : {}) };
  let bytes: Buffer;
  if (isGet) {
    const byAddress = document !== null && draws.chance(0.5);
    const search = new URLSearchParams(
      Object.entries(members)
        .filter(([name]) => !byAddress || name !== 'documentId')
        .map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
    );
    const path = byAddress ? `/graphql/documents/${document.id}` : '/graphql';
    bytes = httpOf(
      [`GET ${path}?${search.toString()} HTTP/1.1`, ...head, 'Apollo-Require-Preflight: 1'],
      Buffer.alloc(0),
    );
  } else {
    const body = Buffer.from(JSON.stringify(members));
    bytes = httpOf(
      ['POST /graphql HTTP/1.1', ...head, 'Content-Type: application/json', `Content-Length: ${body.length}`],
      body,
    );
  }
  return { bytes, cuts: [], end: 'never' };
}

/** Why the exchange was not as it should be. */
function objectionsToExchange(
  stage: Stage,
  { bytes, end }: Sending,
  { text, isLate, isConnected }: Received,
  rules: Rules,
  count: (what: string) => void,
): string[] {
  const sent = bytes.toString('latin1');
  if (!isConnected) return ['no connection'];
  if (isLate) return ['no end'];
  const { answers, left } = answersIn(text);
  const wrong = [...leaksIn(left, rules, sent)];
  if (left !== '' && end !== 'gone') wrong.push(`no answer: ${left.slice(0, 200)}`);
  for (const answer of answers) {
    count(String(answer.status));
    for (const [, code] of answer.body.matchAll(
      /"code":"([A-Z][A-Z_]+)","retryable|"code":"([A-Z][A-Z_]+)","source/g,
    )) {
      if (code !== undefined) count(code);
    }
    // The answer to one that is gone may be cut off, and so may a stream that we left.
    const isCut = !answer.isWhole;
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
    if (isCut && end !== 'gone' && !isStream) wrong.push('an answer that is cut off');
    wrong.push(...objectionsTo(answer, rules, sent));
  }
  if (stage === 'operation' && answers.length !== 1) wrong.push(`${answers.length} answers to one operation`);
  return wrong;
}

export async function runCases(options: RunOptions): Promise<Report> {
  const { world, seed, stage, indexes, lanes = 8, until = Infinity, onCase } = options;
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const raw = { ...world, documents: options.documents.map(({ id }) => id) };
  const rest = indexes[Symbol.iterator]();
  let cases = 0;
  const lane = async () => {
    while (performance.now() < until && world.isRunning() && findings.length < MOST_FINDINGS) {
      const next = rest.next();
      if (next.done === true) return;
      const index = next.value;
      const draws = drawsOf(seed, stage, index);
      const sending = stage === 'raw' ? rawCase(draws, raw) : operationCase(draws, options);
      let received = await exchange(world.port, sending);
      // A machine that is too busy for the gateway shows nothing of it.
      for (let n = 0; n < 20 && received.text.startsWith('HTTP/1.1 503'); n += 1) {
        count('503, and asked again');
        await new Promise((resolve) => setTimeout(resolve, 20 + 10 * n));
        received = await exchange(world.port, sending);
      }
      cases += 1;
      for (const what of objectionsToExchange(stage, sending, received, world.rules, count)) {
        const sent = sending.bytes.toString('latin1');
        findings.push({ stage, index, what, sent, received: received.text.slice(0, 4_000) });
      }
      onCase?.();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { cases, findings, counts };
}

/** Whether it still does what it is there for. */
export async function stillAnswers({ port, key }: World): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query: '{ organization(slug: "sleepyco") { slug } }' }),
  }).catch(() => null);
  return (await response?.text()) === '{"data":{"organization":{"slug":"sleepyco"}}}\n';
}
