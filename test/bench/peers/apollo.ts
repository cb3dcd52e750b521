/** Apollo Server, standalone, as its first page shows it. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { serveParent } from '../gateway/child.js';
import type { ContestantSettings } from '../gateway/hand-written.js';
import { createNaive, type NaiveContext } from './naive.js';

serveParent<ContestantSettings>(async (settings) => {
  const { schema, context } = createNaive(settings);
  const server = new ApolloServer<NaiveContext>({ schema });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: () => Promise.resolve(context()),
  });
  return { ready: { url: url.replace(/\/$/, '') } };
});
