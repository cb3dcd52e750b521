/** `commitment-graph schema`: the SDL of the graph, for clients' tools. */
import { printSchema } from 'graphql';
import { createSchema } from '../graph/resolvers.js';
import { say } from './run.js';

export function schema(): void {
  say(printSchema(createSchema()));
}
