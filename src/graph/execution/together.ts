/**
 * Queries that come together and ask the same: executed once, answered to all.
 *
 * A query waits for the end of the turn of the event loop in which it came. Whoever asks the same until then is given the
 * same data, as two who read the same list at once are given one reading. What is being executed is joined by nobody: it
 * may wait for a source that others are to be told about at once.
 *
 * Guarantees: only the same document, operation and variables of the same principal are the same; what the answer lacks is
 * said to everybody; what is given to somebody began after they had asked, so that whatever was changed before is in it.
 * Whoever shares an execution with somebody who goes away is none the worse for it. Remembers nothing: what is done is forgotten. Refuses changes.
 */
import type { DocumentNode, ExecutionResult } from 'graphql';
import { PassingMap } from '../../domain/passing.js';
import type { GraphContext } from '../context.js';

export interface Asked {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: unknown;
  readonly context: GraphContext;
}

export interface Together {
  /** Rejects as `execute` does. */
  run(asked: Asked, execute: () => ExecutionResult | Promise<ExecutionResult>): Promise<ExecutionResult>;
  /** Queries that were answered with the execution of another one, since the start. */
  readonly joined: number;
}

interface Waiting {
  readonly context: GraphContext;
  readonly result: Promise<ExecutionResult>;
}

export function createTogether(
  afterTurn: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve)),
  /** Resolves when it is their turn to go on with what they were given. */
  turn: () => Promise<void> = () => Promise.resolve(),
): Together {
  const numbers = new WeakMap<DocumentNode, number>();
  let documents = 0;
  const byPrincipal = new WeakMap<object, PassingMap<Waiting>>();
  let joined = 0;

  const keyOf = ({ document, operationName, variables }: Asked): string => {
    let number = numbers.get(document);
    if (number === undefined) numbers.set(document, (number = documents += 1));
    return JSON.stringify([number, operationName ?? null, variables ?? null]);
  };

  const run: Together['run'] = async (asked, execute) => {
    const { context } = asked;
    const key = keyOf(asked);
    const waiting = byPrincipal.get(context.principal) ?? new PassingMap<Waiting>();
    byPrincipal.set(context.principal, waiting);
    const found = waiting.get(key);
    if (found !== undefined) {
      const result = await found.result;
      // Gone, and what it waited for with it: not a word of that is about the source.
      if (found.context.signal.aborted) return run(asked, execute);
      joined += 1;
      context.partialFailures.push(...found.context.partialFailures);
      context.remarks.push(...found.context.remarks);
      // A hundred answers are more work than their one execution.
      await turn();
      return result;
    }
    const result = afterTurn().then(() => {
      if (waiting.get(key)?.result === result) waiting.delete(key);
      return execute();
    });
    waiting.set(key, { context, result });
    return result;
  };

  return {
    run,
    get joined() {
      return joined;
    },
  };
}
