/**
 * The composition root: builds every object of the gateway once, in the order in which a request flows.
 */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { authenticateClients, authenticateDemo } from './admission/principal.js';
import { createRegistry } from './backends/registry.js';
import { isLoopback, type Config } from './config.js';
import { createDirectory } from './domain/directory.js';
import { createSchema } from './graph/resolvers.js';
import { createAdmin } from './http/admin.js';
import type { ExplorerExample } from './http/explorer.js';
import { createEdge } from './http/server.js';
import { createDrift } from './observability/drift.js';
import type { Log } from './observability/log.js';
import type { Resolve } from './upstream/lookup.js';
import { systemTimers, type Timers } from './upstream/timers.js';

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** What a visitor of the explorer finds ready. */
  readonly examples?: readonly ExplorerExample[];
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly timers?: Timers;
  /** How names of backends are resolved. */
  readonly resolve?: Resolve;
}

export interface App {
  /** Such as `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly adminUrl: string;
  /** Stops accepting, lets running requests finish, closes every socket. */
  stop(): Promise<void>;
}

function urlOf(server: FastifyInstance): string {
  const { address, port, family } = server.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Rejects if a port cannot be had; nothing is left running then. */
export async function startApp({
  config,
  log,
  examples = [],
  clock = Date.now,
  timers = systemTimers,
  resolve,
}: AppOptions): Promise<App> {
  const drift = createDrift((source, what, kind) => {
    if (kind === 'field') log.warn({ source, path: what }, 'a source sent a field that is not known');
    else log.warn({ source, what }, 'a source sent a value that is not known');
  });
  const registry = createRegistry(config.backends, {
    clock,
    timers,
    drift,
    ...(resolve === undefined ? {} : { resolve }),
    onBreaker: (source, family, state) => {
      log.warn({ source, family, state }, 'a breaker changed');
    },
  });
  const directory = createDirectory(config.organizations);
  const edge = await createEdge({
    schema: createSchema(),
    authenticate: config.clients === null ? authenticateDemo() : authenticateClients(config.clients),
    allowedOrigins: config.listen.allowedOrigins ?? [],
    isOwnName: config.clients === null ? isLoopback : null,
    directory,
    createSources: (request) => registry.createSources(request),
    clock,
    log,
    examples,
  });
  let isDraining = false;
  const admin = createAdmin({ states: () => registry.states(), isDraining: () => isDraining });

  const stop = async () => {
    isDraining = true;
    await edge.apollo.stop(); // drains and closes the edge through its plugin
    await Promise.all([edge.app.close(), admin.close(), registry.close()]);
  };
  try {
    await edge.app.listen({ host: config.listen.host, port: config.listen.port });
    await admin.listen({ host: config.listen.host, port: config.listen.adminPort });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(edge.app), adminUrl: urlOf(admin), stop };
}
