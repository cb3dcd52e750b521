/** With what flags of Node a worker begins; that it does, `processes.test.ts` sees. */
import { expect, it } from 'vitest';
import { flagsOfWorker } from '../../src/workers/processes.js';

const POOL = '--v8-pool-size=1';
const YOUNG = '--max-semi-space-size=64';

it.each([
  ['nothing is said', [], undefined, [POOL, YOUNG]],
  ['others are said', ['--enable-source-maps'], '--no-warnings', ['--enable-source-maps', POOL, YOUNG]],
  ['one is on the command line', ['--v8-pool-size=3'], undefined, ['--v8-pool-size=3', YOUNG]],
  ['one is on the command line, in two words', ['--v8-pool-size', '3'], '', ['--v8-pool-size', '3', YOUNG]],
  ['one is in the environment', [], '--no-warnings --v8_pool_size=2', [YOUNG]],
  ['both are in the environment', [], '--max-semi-space-size=16 --v8-pool-size=2', []],
] satisfies [string, string[], string | undefined, string[]][])('where %s', (_, own, environment, flags) => {
  expect(flagsOfWorker(own, environment)).toEqual(flags);
});
