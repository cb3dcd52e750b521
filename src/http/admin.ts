/**
 * The operators' port: whether the process lives, whether it should get traffic, and its metrics. Apart from the graph,
 * so that probes need no key and load cannot crowd them out.
 */
import fastify, { type FastifyInstance } from 'fastify';
import { WITHOUT_SCHEMAS } from './no-schemas.js';
import { ON_EVERY_ANSWER } from './refusal.js';

/** What `/health/ready` answers: 200 if it is ready, 503 otherwise. */
export interface Readiness {
  readonly status: 'starting' | 'ready' | 'draining';
  readonly [what: string]: unknown;
}

export interface AdminDependencies {
  readonly ready: () => Readiness | Promise<Readiness>;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

export function createAdmin({ ready, metrics }: AdminDependencies): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: 5_000,
    schemaController: WITHOUT_SCHEMAS,
  });
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(ON_EVERY_ANSWER);
    done();
  });
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const readiness = await ready();
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}
