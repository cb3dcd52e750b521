/**
 * The operators' port: whether the process lives, and whether it should get traffic. Apart from the graph, so that
 * probes need no key and load cannot crowd them out.
 */
import fastify, { type FastifyInstance } from 'fastify';
import type { SourceState } from '../domain/ports.js';

export interface AdminDependencies {
  readonly states: () => readonly SourceState[];
  /** `null`: the gateway only reads. */
  readonly journal: () => {
    readonly isWritable: boolean;
    readonly trouble: string | null;
    readonly unwritten: number;
  } | null;
  readonly isDraining: () => boolean;
}

export function createAdmin({ states, journal, isDraining }: AdminDependencies): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: 1024, requestTimeout: 5_000 });
  app.get('/health/live', () => ({ status: 'live' }));
  // A backend or a journal that is down does not make the gateway unready: its other answers are still worth having.
  app.get('/health/ready', (_, reply) => {
    const sources = states()
      .filter(({ isConfigured }) => isConfigured)
      .map(({ source, isReachable }) => ({ source, isReachable }));
    const status = isDraining() ? 'draining' : 'ready';
    return reply.code(isDraining() ? 503 : 200).send({ status, sources, journal: journal() });
  });
  return app;
}
