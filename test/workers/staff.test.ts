/** Worker processes that end, hang or never begin, in time that only moves when it is said; none of them is a process. */
import { describe, expect, it } from 'vitest';
import { createStaff, type StaffEvents, type StaffNews } from '../../src/workers/staff.js';
import { manualTimers } from '../support/manual-timers.js';

interface Fake extends StaffEvents {
  readonly number: number;
  isToldToStop: boolean;
  isKilled: boolean;
  isStuck: boolean;
}

function staffOf(count: number) {
  const timers = manualTimers();
  const fakes: Fake[] = [];
  const news: StaffNews[] = [];
  const staff = createStaff({
    count,
    timers,
    tell: (one) => news.push(one),
    begin(number, events) {
      const fake: Fake = { ...events, number, isToldToStop: false, isKilled: false, isStuck: false };
      fakes.push(fake);
      return {
        stop: () => (fake.isToldToStop = true),
        kill: () => {
          fake.isKilled = true;
          fake.onEnd(null, 'SIGKILL');
        },
        ping: (answered) => {
          if (!fake.isStuck) answered();
        },
      };
    },
  });
  let ended: { readonly isGivenUp: boolean } | null = null;
  void staff.ended.then((how) => (ended = how));
  const fake = (number: number): Fake => {
    const found = fakes.find((one) => one.number === number);
    if (found === undefined) throw new Error(`worker ${number} was not begun`);
    return found;
  };
  const listen = (...numbers: readonly number[]) => {
    for (const number of numbers) fake(number).onListening('http://127.0.0.1:24100');
  };
  return { timers, fakes, fake, listen, news, staff, ended: () => ended };
}

describe('workers', () => {
  it('begin one before the others, and are complete when all listen', async () => {
    const { timers, fakes, listen, staff } = staffOf(3);
    expect(fakes).toHaveLength(1);
    listen(1);
    expect([fakes.length, staff.listening, staff.isComplete]).toEqual([3, 1, false]);
    listen(3, 2);
    expect(staff.isComplete).toBe(true);
    expect(await staff.started).toEqual({ url: 'http://127.0.0.1:24100' });
    await timers.tick(0);
  });

  it('that cannot begin end the start, once, with their own exit code', async () => {
    const { timers, fakes, fake, staff, news, ended } = staffOf(3);
    fake(1).onEnd(2, null);
    expect(await staff.started).toEqual({ code: 2 });
    await timers.tick(60_000);
    expect([fakes.length, news, ended()]).toEqual([1, [], { isGivenUp: false }]);
  });

  it('take the others along if one of them cannot begin', async () => {
    const { timers, fake, listen, staff, ended } = staffOf(2);
    listen(1);
    fake(2).onEnd(null, 'SIGSEGV');
    expect(await staff.started).toEqual({ code: 1 });
    expect([fake(1).isToldToStop, ended()]).toEqual([true, null]);
    fake(1).onEnd(0, null);
    await timers.tick(0);
    expect(ended()).toEqual({ isGivenUp: false });
  });

  it('are replaced when they end, later each time, and soon again after a quiet minute', async () => {
    const { timers, fakes, fake, listen, news, staff } = staffOf(2);
    listen(1, 2);
    const pauses = [];
    for (let number = 2; number < 6; number += 1) {
      fake(number).onEnd(1, null);
      const last = news.at(-1);
      if (last?.kind === 'ended') pauses.push(last.replacedAfterMs);
      await timers.tick((last?.kind === 'ended' ? last.replacedAfterMs : 0) - 1);
      expect(fakes).toHaveLength(number);
      await timers.tick(1);
      expect(fakes).toHaveLength(number + 1);
      listen(number + 1);
      expect(news.at(-1)).toEqual({ kind: 'replaced', worker: number + 1 });
    }
    expect(pauses).toEqual([100, 200, 400, 800]);
    expect(staff.listening).toBe(2);
    await timers.tick(60_000);
    fake(1).onEnd(1, null);
    expect(news.at(-1)).toMatchObject({ kind: 'ended', replacedAfterMs: 100 });
  });

  it('that end ten times within a minute are given up, in order', async () => {
    const { timers, fake, fakes, listen, news, ended } = staffOf(2);
    listen(1, 2);
    for (let number = 2; number < 12; number += 1) {
      fake(number).onEnd(1, null);
      await timers.tick(5_000);
    }
    expect(fakes).toHaveLength(11);
    expect(news.at(-1)).toEqual({ kind: 'gave-up', ends: 10 });
    expect([fake(1).isToldToStop, ended()]).toEqual([true, null]);
    fake(1).onEnd(0, null);
    await timers.tick(0);
    expect(ended()).toEqual({ isGivenUp: true });
  });

  it('are killed after half a minute without an answer, and replaced', async () => {
    const { timers, fake, fakes, listen, news } = staffOf(2);
    listen(1, 2);
    fake(2).isStuck = true;
    await timers.tick(30_000);
    expect(fake(2).isKilled).toBe(false);
    await timers.tick(5_000);
    expect([fake(1).isKilled, fake(2).isKilled]).toEqual([false, true]);
    expect(news.map(({ kind }) => kind)).toEqual(['stuck', 'ended']);
    await timers.tick(100);
    expect(fakes).toHaveLength(3);
  });

  it('are stopped together, and killed if they do not end', async () => {
    const { timers, fake, fakes, listen, staff, news, ended } = staffOf(2);
    listen(1, 2);
    await timers.tick(0);
    staff.stop();
    staff.stop();
    expect([fake(1).isToldToStop, fake(2).isToldToStop]).toEqual([true, true]);
    fake(1).onEnd(0, null);
    await timers.tick(29_999);
    expect([fakes.length, fake(2).isKilled, ended()]).toEqual([2, false, null]);
    await timers.tick(1);
    expect([fakes.length, fake(2).isKilled, ended()]).toEqual([2, true, { isGivenUp: false }]);
    expect(news).toEqual([{ kind: 'late', worker: 2 }]);
  });

  it('are not replaced by one whose pause ends while they are being stopped', async () => {
    const { timers, fake, fakes, listen, staff, ended } = staffOf(2);
    listen(1, 2);
    fake(2).onEnd(1, null);
    staff.stop();
    fake(1).onEnd(0, null);
    await timers.tick(60_000);
    expect([fakes.length, ended()]).toEqual([2, { isGivenUp: false }]);
  });
});
