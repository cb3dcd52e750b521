/** What was read for a request is let go of when its answer has left, and not before. */
import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sources } from '../../src/domain/ports.js';
import type { GraphContext } from '../../src/graph/context.js';
import { ask, startEdge, type TestEdge } from '../support/edge.js';
import { until } from '../support/until.js';

let edge: TestEdge;
let contexts: GraphContext[];
let made: number;
let finish: () => void;

beforeEach(async () => {
  contexts = [];
  made = 0;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  edge = await startEdge({
    schema: makeExecutableSchema<GraphContext>({
      typeDefs: 'type Query { slow: Int }',
      resolvers: {
        Query: {
          slow: (_, __, context) => {
            contexts.push(context);
            const { sources } = context;
            return finished.then(() => (context.sources === sources ? 1 : 0));
          },
        },
      },
    }),
    createSources: () => {
      made += 1;
      return {} as Sources;
    },
  });
});
afterEach(() => edge.stop());

it('is the same as long as somebody answers, and gone afterwards', async () => {
  const answering = ask(edge.url, '{ slow }');
  await until('it is being answered', () => contexts.length === 1);
  finish();
  const { data } = (await (await answering).json()) as { data: unknown };
  expect(data).toEqual({ slow: 1 });
  expect(made).toBe(1);
  const [context] = contexts;
  // Whoever asks for it anew is given another.
  await until('it is let go of', () => {
    void context?.sources;
    return made > 1;
  });
});
