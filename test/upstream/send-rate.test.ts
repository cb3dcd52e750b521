/** How far the rate falls at a refusal, and how it comes back. Time is ticked. */
import { describe, expect, it } from 'vitest';
import { createSendRate } from '../../src/upstream/send-rate.js';
import { manualTimers } from '../support/manual-timers.js';

describe('the rate of a backend with an allowance', () => {
  it('is whole until a refusal halves it, and comes back by one each second', async () => {
    const timers = manualTimers();
    const rate = createSendRate(10, timers);
    expect([rate.perSecond, rate.risesAt]).toEqual([10, null]);
    await timers.tick(500);
    rate.refused(400, 3);
    const seen: [number, number | null][] = [];
    for (let second = 0; second <= 5; second += 1) {
      seen.push([rate.perSecond, rate.risesAt]);
      await timers.tick(999);
      expect(rate.perSecond).toBe(seen.at(-1)?.[0]);
      await timers.tick(1);
    }
    expect(seen).toEqual([
      [5, 1_500],
      [6, 2_500],
      [7, 3_500],
      [8, 4_500],
      [9, 5_500],
      [10, null],
    ]);
    await timers.tick(1_000_000);
    expect(rate.perSecond).toBe(10);
  });

  it.each([
    [1, [1, 1]],
    [3, [1, 1, 1]],
    [10, [5, 2, 1, 1]],
    [11, [5, 2, 1]],
  ])('of %d falls to %j, and no lower', async (allowed, expected) => {
    const timers = manualTimers();
    const rate = createSendRate(allowed, timers);
    for (const falls of expected) {
      await timers.tick(1);
      rate.refused(timers.now(), allowed);
      expect(rate.perSecond).toBe(falls);
    }
  });

  it('is halved from where it is, and not from the whole', async () => {
    const timers = manualTimers();
    const rate = createSendRate(10, timers);
    rate.refused(0, 10);
    await timers.tick(3_000);
    expect(rate.perSecond).toBe(8);
    rate.refused(2_990, 8);
    expect(rate.perSecond).toBe(4);
  });

  it('is halved once for all that had left before: they say nothing of the new rate', async () => {
    const timers = manualTimers();
    const rate = createSendRate(10, timers);
    await timers.tick(100);
    for (let sentAt = 90; sentAt <= 100; sentAt += 1) rate.refused(sentAt, 10);
    expect(rate.perSecond).toBe(5);
    await timers.tick(900);
    rate.refused(99, 10);
    expect(rate.perSecond).toBe(5);
    await timers.tick(10_000);
    rate.refused(99, 10);
    expect(rate.perSecond).toBe(10);
    rate.refused(101, 10);
    expect(rate.perSecond).toBe(5);
  });

  it.each([1, 2, 10, 99, 1_000])('of %d is whole again ten seconds after one refusal', async (allowed) => {
    const timers = manualTimers();
    const rate = createSendRate(allowed, timers);
    rate.refused(0, 1);
    await timers.tick(10_000);
    expect([rate.perSecond, rate.risesAt]).toEqual([allowed, null]);
  });
});

describe('the rate of a backend without one', () => {
  it('falls to half of what it was sent when it refused, comes back up to that, and is free again', async () => {
    const timers = manualTimers();
    const rate = createSendRate(null, timers);
    expect(rate.perSecond).toBe(Number.POSITIVE_INFINITY);
    rate.refused(0, 60);
    const seen = [rate.perSecond];
    for (let second = 1; second <= 10; second += 1) {
      await timers.tick(1_000);
      seen.push(rate.perSecond);
    }
    expect(seen).toEqual([30, 33, 36, 39, 42, 45, 48, 51, 54, 57, Number.POSITIVE_INFINITY]);
  });

  it('is halved again by a refusal on the way up, and still comes back to where it began', async () => {
    const timers = manualTimers();
    const rate = createSendRate(null, timers);
    rate.refused(0, 60);
    await timers.tick(1_000);
    rate.refused(500, 33);
    expect(rate.perSecond).toBe(16);
    await timers.tick(14_000);
    expect(rate.perSecond).toBe(58);
    await timers.tick(1_000);
    expect(rate.perSecond).toBe(Number.POSITIVE_INFINITY);
  });

  it('learns nothing from a refusal of the only request there was', () => {
    const rate = createSendRate(null, manualTimers());
    rate.refused(0, 1);
    expect(rate.perSecond).toBe(Number.POSITIVE_INFINITY);
  });
});
