/** A server without JSON schemas starts, and one with a route that has one does not. */
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { WITHOUT_SCHEMAS } from '../../src/http/no-schemas.js';

const answer = () => Promise.resolve({ is: 'there' });

it('answers', async () => {
  const app = fastify({ schemaController: WITHOUT_SCHEMAS });
  app.get('/', answer);
  expect((await app.inject('/')).json()).toEqual({ is: 'there' });
  await app.close();
});

it.each([
  ['of what comes in', { querystring: { type: 'object' } }],
  ['of what goes out', { response: { 200: { type: 'object' } } }],
])('refuses a schema %s at start', async (_, schema) => {
  const app = fastify({ schemaController: WITHOUT_SCHEMAS });
  app.get('/', { schema }, answer);
  await expect(Promise.resolve(app.ready())).rejects.toThrow(
    'routes of this server cannot have JSON schemas',
  );
  await app.close();
});
