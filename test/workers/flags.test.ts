/** With how many helping threads a worker begins. */
import { expect, it } from 'vitest';
import { flagsOfWorker } from '../../src/workers/processes.js';

it.each([
  ['nothing is said', [], undefined, ['--v8-pool-size=1']],
  [
    'others are said',
    ['--enable-source-maps'],
    '--no-warnings',
    ['--enable-source-maps', '--v8-pool-size=1'],
  ],
  ['it is on the command line', ['--v8-pool-size=3'], undefined, ['--v8-pool-size=3']],
  ['it is on the command line, in two words', ['--v8-pool-size', '3'], '', ['--v8-pool-size', '3']],
  ['it is in the environment', [], '--no-warnings --v8_pool_size=2', []],
] satisfies [string, string[], string | undefined, string[]][])('where %s', (_, own, environment, flags) => {
  expect(flagsOfWorker(own, environment)).toEqual(flags);
});
