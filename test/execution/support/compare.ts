/** Two executions of the same operation that meet the same, and what is different between them. */
import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Executor } from '../../../src/graph/execution/executor.js';
import type { Scene } from './answers.js';

export interface Played {
  readonly result: ExecutionResult;
  readonly calls: readonly string[];
}

const told = (error: GraphQLError) =>
  JSON.stringify([
    error.message,
    error.path,
    error.locations,
    error.extensions,
    error.nodes?.map(({ kind, loc }) => [kind, loc?.start]),
    error.originalError?.message,
    error.originalError?.constructor.name,
  ]);

/** As text, in which the order of members shows. */
export function shown({ result, calls }: Played): string {
  return [
    JSON.stringify(result.data),
    ...(result.errors ?? []).map(told),
    ...calls,
    Object.keys(result).join(),
  ].join('\n');
}

export async function play(
  run: Executor['execute'],
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
  scene: Omit<Scene, 'calls'>,
): Promise<Played> {
  const calls: string[] = [];
  const result = await run({
    schema,
    document,
    contextValue: { ...scene, calls },
    ...(variables === undefined ? {} : { variableValues: variables }),
    options: { maxCoercionErrors: 4 },
  });
  // What was given up goes on for a while.
  await new Promise((done) => setImmediate(done));
  return { result, calls };
}

export const byLibrary: Executor['execute'] = (args) => execute(args);
