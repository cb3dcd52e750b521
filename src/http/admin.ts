/**
 * The operators' port: whether the process lives, whether it should get traffic, and its metrics. Apart from the graph,
 * so that probes need no key and load cannot crowd them out.
 */
import fastify, { type FastifyInstance } from 'fastify';
import type { SourceState } from '../domain/ports.js';
import { ON_EVERY_ANSWER } from './refusal.js';

export interface AdminDependencies {
  readonly states: () => readonly SourceState[];
  /** `null`: the gateway only reads. */
  readonly journal: () => {
    readonly isWritable: boolean;
    readonly trouble: string | null;
    readonly unwritten: number;
  } | null;
  readonly isDraining: () => boolean;
  /** Where it is counted what clients may spend. */
  readonly budgets: () => { readonly kept: string; readonly trouble: string | null };
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

export function createAdmin({
  states,
  journal,
  isDraining,
  budgets,
  metrics,
}: AdminDependencies): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: 1024, requestTimeout: 5_000 });
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(ON_EVERY_ANSWER);
    done();
  });
  app.get('/health/live', () => ({ status: 'live' }));
  // A backend or a journal that is down does not make the gateway unready: its other answers are still worth having.
  app.get('/health/ready', (_, reply) => {
    const sources = states()
      .filter(({ isConfigured }) => isConfigured)
      .map(({ source, isReachable }) => ({ source, isReachable }));
    const status = isDraining() ? 'draining' : 'ready';
    return reply
      .code(isDraining() ? 503 : 200)
      .send({ status, sources, journal: journal(), budgets: budgets() });
  });
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}
