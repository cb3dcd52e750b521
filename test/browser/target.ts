/** What the browser tests point at: the gateway over the sandbox, as `npm start` runs it, on free ports. */
import { examplesFor } from '../../src/cli/examples.js';
import { startSandboxedGateway, TODAY } from '../support/sandboxed-gateway.js';

export interface Target {
  readonly url: string;
  /** Tab titles that a first visit must show, in order. */
  readonly exampleTabs: readonly string[];
  /** What the first example's answer must contain. */
  readonly exampleAnswerText: string;
  /** A type that the docs pane must show as a root of the schema. */
  readonly rootType: string;
  /** A field of that root. */
  readonly rootField: string;
  readonly stop: () => Promise<void>;
}

/** With `clients`, whoever has no key of theirs is nobody. */
export async function startTarget(
  options: Pick<Parameters<typeof startSandboxedGateway>[0] & object, 'clients'> = {},
): Promise<Target> {
  const over = await startSandboxedGateway({ ...options, examples: examplesFor('sleepyco', TODAY) });
  return {
    url: over.gateway.app.url,
    exampleTabs: ['CustomerCommitments', 'ActiveToday', 'UsageAndBilling', 'WhereDoWeStand'],
    exampleAnswerText: '"SleepyCo"',
    rootType: 'Query',
    rootField: 'commitments',
    stop: async () => {
      await over[Symbol.asyncDispose]();
    },
  };
}
