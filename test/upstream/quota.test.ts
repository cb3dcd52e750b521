import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuota, type Quota, type QuotaTicket } from '../../src/upstream/quota.js';
import { createSendRate } from '../../src/upstream/send-rate.js';
import { manualTimers, type ManualTimers } from '../support/manual-timers.js';

/** Enters, and is done after `takesMs`. Calls back when let through. */
async function use(
  quota: Quota,
  timers: ManualTimers,
  takesMs: number,
  onSent: () => void,
  lane = 'a',
): Promise<QuotaTicket> {
  const ticket = await quota.enter(lane, 1_000_000);
  if (ticket.granted) {
    onSent();
    timers.after(takesMs, ticket.done);
  }
  return ticket;
}

describe('quota', () => {
  it('lets the allowance through at once and the rest in order of arrival', async () => {
    const timers = manualTimers();
    const quota = createQuota(2, timers);
    const served: [string, number][] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      void use(quota, timers, 10, () => served.push([name, timers.now()]));
    }
    await timers.tick(0);
    expect(served).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect(quota.queued).toBe(3);
    await timers.tick(5_000);
    expect(served.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(served[2]?.[1]).toBeGreaterThanOrEqual(1010);
    expect(served[4]?.[1]).toBeGreaterThanOrEqual(2020);
  });

  it('lets lanes take turns, so that one with many requests delays itself alone', async () => {
    const timers = manualTimers();
    const quota = createQuota(1, timers);
    const served: string[] = [];
    const ask = (lane: string, times: number) => {
      for (let i = 0; i < times; i += 1) void use(quota, timers, 0, () => served.push(lane), lane);
    };
    ask('noisy', 6);
    await timers.tick(0);
    ask('quiet', 2);
    ask('other', 1);
    await timers.tick(20_000);
    expect(served).toEqual(['noisy', 'noisy', 'quiet', 'other', 'noisy', 'quiet', 'noisy', 'noisy', 'noisy']);
  });

  it('gives a place in the queue up with its owner', async () => {
    const timers = manualTimers();
    const quota = createQuota(1, timers);
    await use(quota, timers, 0, () => undefined);
    const controller = new AbortController();
    const gone = quota.enter('a', 10_000, controller.signal);
    const next = quota.enter('a', 10_000);
    controller.abort();
    expect(await gone).toMatchObject({ granted: false });
    expect(quota.queued).toBe(1);
    await timers.tick(1_010);
    expect(await next).toMatchObject({ granted: true });
  });

  it('refuses at once, and says for how long, when the wait would be longer than the caller has', async () => {
    const timers = manualTimers();
    const quota = createQuota(1, timers);
    const first = await quota.enter('a', 0);
    if (first.granted) first.done();
    expect(await quota.enter('a', 500)).toEqual({ granted: false, retryAfterMs: 1005 });
    expect(quota.remaining).toBe(0);
    await timers.tick(1005);
    expect(quota.remaining).toBe(1);
    expect((await quota.enter('a', 0)).granted).toBe(true);
  });

  it('gives up on whoever waited as long as it may, and serves the next', async () => {
    const timers = manualTimers();
    const quota = createQuota(1, timers);
    const first = await quota.enter('a', 0);
    const impatient = quota.enter('a', 1_010); // looks possible, until the first takes its time
    const patient = quota.enter('b', 10_000);
    await timers.tick(1_010);
    expect(await impatient).toMatchObject({ granted: false });
    if (first.granted) first.done();
    await timers.tick(1_005);
    expect(await patient).toMatchObject({ granted: true });
  });

  it('holds at the receiver for any sliding second, whatever the arrivals and however long requests travel', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 10 }),
        fc.array(
          fc.record({
            gap: fc.integer({ min: 0, max: 700 }),
            travels: fc.integer({ min: 0, max: 900 }),
            answers: fc.integer({ min: 0, max: 900 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        async (perSecond, requests) => {
          const timers = manualTimers();
          const quota = createQuota(perSecond, timers);
          const received: number[] = [];
          const tickets: Promise<QuotaTicket>[] = [];
          for (const { gap, travels, answers } of requests) {
            await timers.tick(gap);
            tickets.push(
              use(quota, timers, travels + answers, () =>
                timers.after(travels, () => received.push(timers.now())),
              ),
            );
            await timers.tick(0);
          }
          await timers.tick(1_000_000);
          expect((await Promise.all(tickets)).every(({ granted }) => granted)).toBe(true);
          expect(received).toHaveLength(requests.length);
          for (const at of received) {
            expect(received.filter((other) => other > at - 1000 && other <= at).length).toBeLessThanOrEqual(
              perSecond,
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('grants nobody who has left, and keeps no place for them', async () => {
    const timers = manualTimers();
    const quota = createQuota(1, timers);
    expect(await quota.enter('a', 1_000, AbortSignal.abort())).toMatchObject({ granted: false });
    expect(quota.remaining).toBe(1);
    await use(quota, timers, 0, () => undefined);
    expect(await quota.enter('a', 10_000, AbortSignal.abort())).toMatchObject({ granted: false });
    expect(quota.queued).toBe(0);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to be made for %d a second', (perSecond) => {
    expect(() => createQuota(perSecond, manualTimers())).toThrow(RangeError);
  });
});

describe('quota after a refusal', () => {
  it('counts what is taken already, and serves the queue as the rate comes back', async () => {
    const timers = manualTimers();
    const quota = createQuota(4, timers);
    const hanging = await Promise.all([1, 2, 3].map(() => quota.enter('a', 0)));
    expect(quota.remaining).toBe(1);
    quota.refused(timers.now());
    expect(quota.remaining).toBe(0);
    const servedAt: number[] = [];
    for (const lane of ['a', 'b']) {
      void quota.enter(lane, 10_000).then(({ granted }) => granted && servedAt.push(timers.now()));
    }
    // Three hang. Two are allowed, then three and then four: the fourth place is the first that is free.
    await timers.tick(1_999);
    expect(servedAt).toEqual([]);
    await timers.tick(1);
    expect(servedAt).toEqual([2_000]);
    for (const ticket of hanging) if (ticket.granted) ticket.done();
    await timers.tick(1_005);
    expect(servedAt).toEqual([2_000, 3_005]);
  });

  it('says for how long with the places in mind that have to become free first', async () => {
    const timers = manualTimers();
    const quota = createQuota(4, timers);
    for (let i = 0; i < 4; i += 1) {
      await use(quota, timers, 0, () => undefined);
      await timers.tick(100);
    }
    quota.refused(timers.now());
    // Places of 0, 100, 200 and 300 become free; two of them before anybody can be served.
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const ticket = await quota.enter('a', 0);
      if (!ticket.granted) waits.push(ticket.retryAfterMs);
      void quota.enter('a', 10_000);
    }
    expect(waits).toEqual([805, 905, 805 + 1_005]);
  });

  it('without an allowance: nobody waits until it comes, and nobody waits for ever after it', async () => {
    const timers = manualTimers();
    const quota = createQuota(null, timers);
    const sent: number[] = [];
    const ask = (count: number) => {
      for (let i = 0; i < count; i += 1) void use(quota, timers, 10, () => sent.push(timers.now()));
    };
    ask(1_000);
    await timers.tick(0);
    expect(sent).toHaveLength(1_000);
    await timers.tick(10_000);
    expect(quota.remaining).toBeNull();
    sent.length = 0;
    ask(40);
    await timers.tick(0);
    await timers.tick(10);
    quota.refused(timers.now());
    expect(quota.remaining).toBe(0);
    ask(40);
    await timers.tick(1_005);
    expect(sent.length - 40).toBeLessThanOrEqual(22);
    expect(sent.length - 40).toBeGreaterThanOrEqual(20);
    await timers.tick(10_000);
    expect(sent).toHaveLength(80);
    expect(quota.remaining).toBeNull();
    ask(1_000);
    await timers.tick(0);
    expect(sent).toHaveLength(1_080);
  });

  it('holds for any sliding second against the rate of the moment, in turns, whenever refusals come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.integer({ min: 1, max: 10 })),
        fc.array(
          fc.record({
            gap: fc.integer({ min: 0, max: 700 }),
            takes: fc.integer({ min: 0, max: 1_500 }),
            isRefused: fc.boolean(),
            lane: fc.constantFrom('a', 'b', 'c'),
          }),
          { minLength: 1, maxLength: 60, size: 'max' },
        ),
        async (perSecond, requests) => {
          const timers = manualTimers();
          const quota = createQuota(perSecond, timers);
          // The same refusals at the same times to a rate of its own.
          const rate = createSendRate(perSecond, timers);
          const live = new Map<object, number>(); // when it was over; infinite while under way
          const within = (ms: number) => [...live.values()].filter((over) => over + ms > timers.now()).length;
          let served = 0;
          const one = async ({ takes, isRefused, lane }: (typeof requests)[number]) => {
            const ticket = await quota.enter(lane, 10_000_000);
            if (!ticket.granted) throw new Error('was refused');
            const me = {};
            const sentAt = timers.now();
            live.set(me, Number.POSITIVE_INFINITY);
            served += 1;
            expect(within(1_000)).toBeLessThanOrEqual(rate.perSecond);
            timers.after(takes, () => {
              ticket.done();
              live.set(me, timers.now());
              if (!isRefused) return;
              rate.refused(sentAt, within(1_005));
              quota.refused(sentAt);
            });
          };
          const all: Promise<void>[] = [];
          for (const request of requests) {
            await timers.tick(request.gap);
            all.push(one(request));
            await timers.tick(0);
          }
          await timers.tick(1_000_000);
          await Promise.all(all);
          expect(served).toBe(requests.length);
          expect(quota.remaining).toBe(perSecond);
        },
      ),
      { numRuns: 200 },
    );
  });
});
