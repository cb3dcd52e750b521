/** A running gateway for tests: real HTTP, real configuration rules, ports chosen by the system. */
import type { GuessRate } from '../../src/admission/guesses.js';
import { startApp, type App, type AppOptions, type JournalOptions } from '../../src/app.js';
import { parseAccounts, parseBackends, type Config } from '../../src/config.js';
import type { ExplorerExample } from '../../src/http/explorer.js';
import { createLog, type Log } from '../../src/observability/log.js';
import { EXECUTION } from './execution.js';
import type { Resolve } from '../../src/upstream/lookup.js';
import type { Timers } from '../../src/upstream/timers.js';

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly source?: string;
    readonly retryable: boolean;
    readonly retryAfterMs?: number;
    readonly requestId?: string;
  };
}

export interface GraphAnswer {
  readonly status: number;
  readonly text: string;
  // Tests read answers by their shape; what is not there shows as undefined and fails the assertion.
  readonly data: any; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly errors: readonly GraphError[];
}

export interface Gateway {
  readonly app: App;
  query(
    document: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphAnswer>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface GatewayOptions {
  /** The `backends:` section of gateway.yaml. */
  readonly backends: unknown;
  /** The entries of accounts.yaml. */
  readonly accounts: unknown;
  readonly clients?: Config['clients'];
  readonly examples?: readonly ExplorerExample[];
  readonly clock?: () => number;
  /** Silent unless given. */
  readonly log?: Log;
  readonly timers?: Timers;
  readonly resolve?: Resolve;
  /** A journal's file; without one, the gateway only reads. */
  readonly store?: string;
  readonly journal?: JournalOptions;
  readonly guessRate?: GuessRate;
  /** Where gateways share the budgets of clients. */
  readonly redis?: string;
  readonly room?: AppOptions['room'];
  readonly pace?: AppOptions['pace'];
  /** What is kept of what is seen. */
  readonly history?: Config['history'];
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const app = await startApp({
    config: {
      listen: { host: '127.0.0.1', port: 0, adminPort: 0 },
      backends: parseBackends(options.backends),
      organizations: parseAccounts(options.accounts),
      clients: options.clients ?? null,
      store: options.store === undefined ? null : { kind: 'sqlite', file: options.store },
      redis: options.redis ?? null,
      execution: EXECUTION,
      ...(options.history === undefined ? {} : { history: options.history }),
    },
    log: options.log ?? createLog('silent'),
    examples: options.examples ?? [],
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.timers === undefined ? {} : { timers: options.timers }),
    ...(options.journal === undefined ? {} : { journal: options.journal }),
    ...(options.guessRate === undefined ? {} : { guessRate: options.guessRate }),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    // Machines that run tests are busy: nobody is turned away for that unless a test wants it.
    room: options.room ?? { least: 2_000 },
  });
  return {
    app,
    async query(query, variables = {}, headers = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: GraphError[] };
      return { status: response.status, text, data, errors: errors ?? [] };
    },
    [Symbol.asyncDispose]: () => app.stop(),
  };
}
