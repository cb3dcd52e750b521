/** Mercurius on Fastify, compiling each document when it is asked for the first time. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { serveParent } from '../gateway/child.js';
import type { ContestantSettings } from '../gateway/hand-written.js';
import { createNaive } from './naive.js';

serveParent<ContestantSettings>(async (settings) => {
  const { schema, context } = createNaive(settings);
  const app = fastify({ logger: false });
  await app.register(mercurius, { schema, context, jit: 1, graphiql: false });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { ready: { url } };
});
