/**
 * Load on a gateway. The open loop sends at a fixed rate whatever comes back, and times each request from the moment at
 * which it was due: a server that stalls cannot hide behind a client that waits.
 */
import { Pool } from 'undici';
import type { GraphError } from '../../../support/gateway.js';

export interface Answer {
  readonly status: number;
  // Read by its shape, which the document decides.
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly errors: readonly GraphError[];
}

export interface Client extends AsyncDisposable {
  ask(query: string, variables?: object): Promise<Answer>;
}

/** Keep-alive sockets to the graph, `connections` at most. */
export function createClient(url: string, connections: number): Client {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return {
    async ask(query, variables = {}) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await body.json()) as { data?: unknown; errors?: GraphError[] };
      return { status: statusCode, data, errors: errors ?? [] };
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  /** `dueAt` by `performance.now()`. Must not reject. */
  readonly fire: (index: number, dueAt: number) => Promise<void>;
}

/** Resolves when the last request is over, to how late each one was sent (milliseconds). */
export async function openLoop({ perSecond, seconds, fire }: OpenLoop): Promise<readonly number[]> {
  const count = Math.round(perSecond * seconds);
  const started = performance.now();
  const late: number[] = [];
  const underWay: Promise<void>[] = [];
  while (underWay.length < count) {
    const now = performance.now();
    for (;;) {
      const index = underWay.length;
      const dueAt = started + (index * 1000) / perSecond;
      if (index >= count || dueAt > now) break;
      late.push(performance.now() - dueAt);
      underWay.push(fire(index, dueAt));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  return late;
}
