/** The edge by itself, over a graph of a few fields that do what tests need, and the lines that it logs. */
import type { AddressInfo } from 'node:net';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { pino } from 'pino';
import { authenticateDemo } from '../../src/admission/principal.js';
import { createDirectory } from '../../src/domain/directory.js';
import { SourceError, failure } from '../../src/domain/failure.js';
import type { Operations } from '../../src/domain/operations.js';
import type { Sources } from '../../src/domain/ports.js';
import type { GraphContext } from '../../src/graph/context.js';
import { systemTimers } from '../../src/upstream/timers.js';
import { createEdge, type Edge, type EdgeDependencies } from '../../src/http/server.js';
import { EXECUTION } from './execution.js';

export const HIDDEN = 'connection string with a password';

export interface TestEdge extends AsyncDisposable {
  readonly url: string;
  readonly edge: Edge;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

/** `slow` answers when this promise does. */
export async function startEdge(
  changes: Partial<EdgeDependencies> = {},
  slow: () => Promise<unknown> = () => Promise.resolve(),
): Promise<TestEdge> {
  const lines: Record<string, unknown>[] = [];
  const down = failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC', { detail: 'connection refused' });
  const edge = await createEdge({
    schema: makeExecutableSchema<GraphContext>({
      typeDefs: 'type Query { fine: Int broken: Int down: Int shorter: Int slow: Int around: Int }',
      resolvers: {
        Query: {
          fine: () => 1,
          broken: () => {
            throw new Error(HIDDEN);
          },
          down: () => {
            throw new SourceError(down);
          },
          shorter: (_, __, { partialFailures }) => {
            partialFailures.push({ failure: down, path: ['shorter'] });
            return 1;
          },
          slow: () => slow().then(() => 1),
          // Nothing of ours does this; it breaks what is done with the answer after its last resolver.
          around: (_, __, { partialFailures }) => {
            partialFailures.push(null as never);
            return 1;
          },
        },
      },
    }),
    authenticate: authenticateDemo(),
    log: pino(
      { base: null },
      { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
    examples: [],
    allowedOrigins: [],
    isOwnName: null,
    directory: createDirectory([]),
    createSources: () => ({}) as Sources,
    createOperations: () => ({}) as Operations,
    clock: Date.now,
    timers: systemTimers,
    // Machines that run tests are busy: nobody is turned away for that unless a test wants it.
    room: { least: 2_000 },
    execution: EXECUTION,
    ...changes,
  });
  const { app, apollo } = edge;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const stop = async () => {
    await apollo.stop();
    await app.close();
  };
  return { url: `http://127.0.0.1:${port}`, edge, lines, stop, [Symbol.asyncDispose]: stop };
}

export function post(url: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

export function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}) {
  return post(url, JSON.stringify({ query }), headers);
}
