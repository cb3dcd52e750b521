/**
 * A gateway as a process of its own, that gets into trouble when it is told so: one word on standard input for each. Says
 * its address, and `done` after each word.
 */
import { createInterface } from 'node:readline';
import { endOnUncaught } from '../../src/cli/uncaught.js';
import { outliveReaders } from '../../src/cli/run.js';
import { createLog } from '../../src/observability/log.js';
import { startEdge } from './edge.js';

outliveReaders();
const log = createLog('info');
let release: () => void = () => undefined;
const held = new Promise<void>((resolve) => (release = resolve));
const edge = await startEdge({ log }, () => held);
endOnUncaught({ stop: () => edge.stop() }, log);

const WORDS: Readonly<Record<string, () => void>> = {
  throw: () => {
    setImmediate(() => {
      throw new Error('thrown where nobody catches');
    });
  },
  'throw-text': () => {
    setImmediate(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- libraries do
      throw 'no error at all';
    });
  },
  reject: () => {
    void Promise.reject(new Error('rejected where nobody handles'));
  },
  release,
  /** Sixteen megabytes of log. */
  flood: () => {
    for (let n = 0; n < 16_000; n += 1) log.info({ n, text: 'x'.repeat(1_000) }, 'flood');
  },
};
createInterface({ input: process.stdin }).on('line', (word) => {
  WORDS[word]?.();
  process.stdout.write('done\n');
});
process.stdout.write(`${edge.url}\n`);
