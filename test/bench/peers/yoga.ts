/** GraphQL Yoga on node:http, with its caches of documents as they are by default, and without its page and its log. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createYoga } from 'graphql-yoga';
import { serveParent } from '../gateway/child.js';
import type { ContestantSettings } from '../gateway/hand-written.js';
import { createNaive } from './naive.js';

serveParent<ContestantSettings>(async (settings) => {
  const { schema, context } = createNaive(settings);
  const yoga = createYoga({ schema, context, graphiql: false, landingPage: false, logging: false });
  // Its own type of handler promises what node:http does not wait for.
  const server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
});
