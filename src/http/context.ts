/** What one request works with: who asks, what they may see, and ports that remember for this request only. */
import type { Directory, Principal } from '../domain/directory.js';
import type { Sources } from '../domain/ports.js';
import type { GraphContext } from '../graph/context.js';

export interface ContextDependencies {
  readonly directory: Directory;
  readonly createSources: () => Sources;
  readonly clock: () => number;
}

export function createContext(
  { directory, createSources, clock }: ContextDependencies,
  principal: Principal,
  requestId: string,
): GraphContext {
  return {
    requestId,
    directory: directory.viewOf(principal),
    sources: createSources(),
    now: clock,
    partialFailures: [],
  };
}
