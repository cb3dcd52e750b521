/** What waits is written a piece at a time, as it was when it began, and nothing of it is lost or written out of turn. */
import { beforeEach, expect, it } from 'vitest';
import {
  createBackgroundWriter,
  type BackgroundWriterOptions,
  type WriterNews,
} from '../../src/journal/background-writer.js';
import { StoreError, type StoreTrouble } from '../../src/journal/store-error.js';
import { manualTimers } from '../support/manual-timers.js';
import { until } from '../support/until.js';

interface Store {
  write(piece: string): void;
}

let waiting: string[];
let written: string[];
let refused: string[];
let news: WriterNews['kind'][];
let trouble: StoreTrouble | null;
let isOpen: boolean;
beforeEach(() => {
  waiting = [];
  written = [];
  refused = [];
  news = [];
  trouble = null;
  isOpen = true;
});

const timers = manualTimers();
const store: Store = {
  write(piece) {
    if (trouble !== null) throw new StoreError(trouble, 'as the test wants it');
    written.push(piece);
  },
};

const writer = (more: Partial<BackgroundWriterOptions<Store, string>> = {}) =>
  createBackgroundWriter<Store, string>({
    everyMs: 1_000,
    timers,
    store: () => (isOpen ? store : null),
    *pieces() {
      for (let left = waiting.length; left > 0; left -= 1) yield waiting.shift() ?? '';
    },
    write: (open, piece) => Promise.resolve().then(() => open.write(piece)),
    onRefused: (piece) => refused.push(piece),
    forget: () => Promise.resolve(),
    tell: ({ kind }) => news.push(kind),
    ...more,
  });

it('ends, however much comes in while it writes', async () => {
  waiting.push('a', 'b');
  const own = writer({
    write: (open, piece) => {
      waiting.push(`after ${piece}`);
      return Promise.resolve(open.write(piece));
    },
  });
  await own.flush();
  expect(written).toEqual(['a', 'b']);
  expect(waiting).toEqual(['after a', 'after b']);
});

it('tries what failed again before anything else, and leaves the rest where it was', async () => {
  waiting.push('a', 'b');
  trouble = 'unreachable';
  const own = writer();
  await own.flush();
  expect([own.pending, waiting]).toEqual(['a', ['b']]);
  waiting.unshift('new');
  trouble = null;
  await own.flush();
  expect(written).toEqual(['a', 'new', 'b']);
  expect(own.pending).toBeNull();
  expect(news).toEqual(['delayed', 'recovered']);
});

it('takes nothing while the store is not open', async () => {
  waiting.push('a');
  isOpen = false;
  const own = writer();
  await own.flush();
  expect([own.pending, waiting, news]).toEqual([null, ['a'], []]);
});

it('gives up what the store will never take, and goes on', async () => {
  waiting.push('a', 'b');
  const own = writer({
    write: (open, piece) => {
      trouble = piece === 'a' ? 'refused' : null;
      return Promise.resolve().then(() => open.write(piece));
    },
  });
  await own.flush();
  expect([refused, written, news]).toEqual([['a'], ['b'], []]);
});

it('tells of locks only if they go on', async () => {
  waiting.push('a');
  trouble = 'locked';
  const own = writer({ lockedAtMost: 3 });
  for (let times = 0; times < 2; times += 1) await own.flush();
  expect(news).toEqual([]);
  await own.flush();
  expect(news).toEqual(['delayed']);
});

it('in a hurry, comes back soon to a store that was locked, and tells nobody', async () => {
  const own = writer({ lockedAtMost: 1 });
  const hurry = async () => {
    own.hurry();
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  waiting.push('a', 'b');
  trouble = 'locked';
  await hurry();
  expect([own.pending, written, news]).toEqual(['a', [], []]);
  trouble = null;
  await hurry();
  expect(written).toEqual([]);
  await timers.tick(20);
  await hurry();
  expect([written, news]).toEqual([['a', 'b'], []]);
});

it('hurries no store that does not work', async () => {
  const own = writer();
  waiting.push('a');
  trouble = 'unreachable';
  await own.flush();
  trouble = null;
  own.hurry();
  await timers.tick(60_000);
  expect([own.pending, news]).toEqual(['a', ['delayed']]);
  await own.flush();
  expect([written, news]).toEqual([['a'], ['delayed', 'recovered']]);
});

it('forgets when all is written, and not after it was stopped', async () => {
  let forgotten = 0;
  const own = writer({
    forget: () => {
      forgotten += 1;
      return Promise.resolve();
    },
  });
  own.start();
  waiting.push('a');
  await timers.tick(1_000);
  await until('it has forgotten', () => forgotten === 1);
  waiting.push('b');
  await own.stop();
  expect(written).toEqual(['a', 'b']);
  expect(forgotten).toBe(1);
  await timers.tick(60_000);
  expect(forgotten).toBe(1);
});

it('stops after three seconds where the store hangs', async () => {
  waiting.push('a');
  const own = writer({ write: () => new Promise(() => undefined) });
  const stopped = own.stop().then(() => 'stopped');
  await timers.tick(2_999);
  expect(await Promise.race([stopped, Promise.resolve('waits')])).toBe('waits');
  await timers.tick(1);
  expect(await stopped).toBe('stopped');
});
