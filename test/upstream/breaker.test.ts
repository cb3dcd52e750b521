/**
 * When a breaker opens, what it says while it is open, how it finds out that the backend recovered, and how long it
 * waits before it tries. Time is ticked.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createBreaker,
  type Admission,
  type Breaker,
  type BreakerState,
  type Outcome,
} from '../../src/upstream/breaker.js';
import { manualTimers, type ManualTimers } from '../support/manual-timers.js';
import { seeded } from '../support/seeded.js';

interface Bench {
  readonly breaker: Breaker;
  readonly timers: ManualTimers;
  readonly changes: BreakerState[];
}

/** Without jitter unless given: 0.5 is the middle of it. */
function bench(random: () => number = () => 0.5): Bench {
  const timers = manualTimers();
  const changes: BreakerState[] = [];
  const breaker = createBreaker(timers, random, (state) => changes.push(state));
  return { breaker, timers, changes };
}

function admitted(admission: Admission): (outcome: Outcome) => void {
  if (!admission.admitted) throw new Error('a call was refused that should have been let through');
  return admission.done;
}

function run(breaker: Breaker, ...outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) admitted(breaker.admit())(outcome);
}

const times = (count: number, outcome: Outcome): Outcome[] => Array.from({ length: count }, () => outcome);

/** How long it refuses from now on. */
function refusedFor(breaker: Breaker): number {
  const admission = breaker.admit();
  if (admission.admitted) throw new Error('a call was let through that should have been refused');
  return admission.retryAfterMs;
}

const BAD_CALLS = times(5, 'bad');

describe('a closed breaker', () => {
  it('opens at the fifth bad call in a row, and not at the fourth', () => {
    const { breaker, changes } = bench();
    run(breaker, ...times(4, 'bad'), 'good', ...times(4, 'bad'));
    // 8 of 9 were bad, but nine calls are too few for a ratio.
    expect(breaker.state).toBe('CLOSED');
    const fresh = bench();
    run(fresh.breaker, ...BAD_CALLS);
    expect(fresh.breaker.state).toBe('OPEN');
    expect(fresh.changes).toEqual(['OPEN']);
    expect(changes).toEqual([]);
  });

  it.each<[number, number, BreakerState]>([
    [9, 8, 'CLOSED'],
    [10, 4, 'CLOSED'],
    [10, 5, 'OPEN'],
    [20, 9, 'CLOSED'],
    [20, 10, 'OPEN'],
  ])('after %d calls of which %d were bad, never five in a row, is %s', (calls, bad, state) => {
    const { breaker } = bench();
    // The good ones come first and the bad ones in fours, so that only the last call can decide.
    const outcomes: Outcome[] = [];
    let [good, left] = [calls - bad, bad];
    const gaps = Math.ceil(bad / 4) - 1;
    outcomes.push(...times(good - gaps, 'good'));
    good = gaps;
    while (left > 0) {
      outcomes.push(...times(Math.min(4, left), 'bad'));
      left -= Math.min(4, left);
      if (left > 0 && good > 0) {
        outcomes.push('good');
        good -= 1;
      }
    }
    expect(outcomes).toHaveLength(calls);
    run(breaker, ...outcomes);
    expect(breaker.state).toBe(state);
  });

  it('looks at the last twenty calls alone', () => {
    const { breaker } = bench();
    run(breaker, ...times(1_000, 'good'));
    for (let round = 0; round < 4; round += 1) run(breaker, 'bad', 'bad', 'good');
    run(breaker, 'bad');
    expect(breaker.state).toBe('CLOSED');
    run(breaker, 'bad'); // the tenth of the last twenty
    expect(breaker.state).toBe('OPEN');
  });

  it('stays closed at two errors in a hundred, over 20,000 calls', () => {
    const random = seeded(2026);
    const { breaker, changes } = bench(random);
    for (let call = 0; call < 20_000; call += 1) run(breaker, random() < 0.02 ? 'bad' : 'good');
    expect(changes).toEqual([]);
  });

  it('is not moved by what says nothing about health, however often', () => {
    const { breaker } = bench();
    run(breaker, ...times(1_000, 'none'));
    expect(breaker.state).toBe('CLOSED');
    // Neither does it make a row of failures shorter or a window fuller.
    for (let call = 0; call < 4; call += 1) run(breaker, 'bad', 'none', 'none', 'none');
    expect(breaker.state).toBe('CLOSED');
    run(breaker, 'none', 'bad');
    expect(breaker.state).toBe('OPEN');
  });

  it('holds nobody off', () => {
    expect(bench().breaker.admit()).toMatchObject({ admitted: true, othersAfterMs: null });
  });

  it('counts a call once, however often it says that it is over', () => {
    const { breaker } = bench();
    const done = admitted(breaker.admit());
    for (let call = 0; call < 10; call += 1) done('bad');
    expect(breaker.state).toBe('CLOSED');
  });

  it('is not told anything by calls that were under way when it opened', async () => {
    const { breaker, timers } = bench();
    const late = admitted(breaker.admit());
    run(breaker, ...BAD_CALLS);
    late('good');
    expect(breaker.state).toBe('OPEN');
    await timers.tick(2_000);
    admitted(breaker.admit());
    expect(breaker.state).toBe('HALF_OPEN');
  });
});

describe('an open breaker', () => {
  it('refuses at once and says for how long, to the last millisecond', async () => {
    const { breaker, timers } = bench();
    run(breaker, ...BAD_CALLS);
    expect(refusedFor(breaker)).toBe(2_000);
    await timers.tick(1_500);
    expect(refusedFor(breaker)).toBe(500);
    await timers.tick(499.5);
    expect(refusedFor(breaker)).toBe(1);
    await timers.tick(0.5);
    expect(breaker.admit().admitted).toBe(true);
  });

  it('tells those who listen, each time that it opens and for how long, until they have heard enough', async () => {
    const { breaker, timers } = bench();
    const [heard, others]: [number[], number[]] = [[], []];
    const forget = breaker.onOpen((openMs) => {
      heard.push(openMs);
      forget(); // whoever leaves takes nobody else with them
    });
    breaker.onOpen((openMs) => others.push(openMs));
    run(breaker, ...BAD_CALLS);
    expect([heard, others]).toEqual([[2_000], [2_000]]);
    await timers.tick(2_000);
    run(breaker, 'bad');
    expect([heard, others]).toEqual([[2_000], [2_000, 4_000]]);
  });

  it.each([
    [0, 1_600],
    [0.25, 1_800],
    [0.5, 2_000],
    [1 - Number.EPSILON, 2_400],
  ])('waits within a fifth of its time: random %d gives %d ms', (value, expected) => {
    const { breaker } = bench(() => value);
    run(breaker, ...BAD_CALLS);
    expect(refusedFor(breaker)).toBe(expected);
  });
});

describe('a half-open breaker', () => {
  async function halfOpen(): Promise<Bench> {
    const made = bench();
    run(made.breaker, ...BAD_CALLS);
    await made.timers.tick(2_000);
    return made;
  }

  it('lets one probe through at a time', async () => {
    const { breaker } = await halfOpen();
    const probe = breaker.admit();
    expect(probe).toMatchObject({ admitted: true, othersAfterMs: 2_000 });
    const done = admitted(probe);
    expect(refusedFor(breaker)).toBeGreaterThan(0);
    expect(refusedFor(breaker)).toBeGreaterThan(0);
    done('good');
    admitted(breaker.admit());
    expect(refusedFor(breaker)).toBeGreaterThan(0);
  });

  it('closes after three that succeeded, and starts to count anew', async () => {
    const { breaker, changes } = await halfOpen();
    run(breaker, 'good', 'none', 'good');
    expect(breaker.state).toBe('HALF_OPEN');
    run(breaker, 'good');
    expect(breaker.state).toBe('CLOSED');
    expect(changes).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
    run(breaker, ...times(4, 'bad'));
    expect(breaker.state).toBe('CLOSED');
  });

  it('does not close because one probe says three times that it succeeded', async () => {
    const { breaker } = await halfOpen();
    const done = admitted(breaker.admit());
    for (let call = 0; call < 3; call += 1) done('good');
    expect(breaker.state).toBe('HALF_OPEN');
  });

  it('opens for longer at each failed probe, up to ten seconds', async () => {
    const { breaker, timers } = await halfOpen();
    for (const expected of [4_000, 8_000, 10_000, 10_000, 10_000]) {
      run(breaker, 'bad');
      expect(breaker.state).toBe('OPEN');
      expect(refusedFor(breaker)).toBe(expected);
      await timers.tick(expected);
    }
  });

  it('forgets the probes that succeeded before one that failed', async () => {
    const { breaker, timers } = await halfOpen();
    run(breaker, 'good', 'good', 'bad');
    await timers.tick(4_000);
    run(breaker, 'good', 'good');
    expect(breaker.state).toBe('HALF_OPEN');
  });
});

describe('a backend that flaps', () => {
  const recover = (breaker: Breaker) => run(breaker, 'good', 'good', 'good');

  it('is left alone for twice as long each time, up to a minute', async () => {
    const { breaker, timers } = bench();
    for (const expected of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      run(breaker, ...BAD_CALLS);
      expect(refusedFor(breaker)).toBe(expected);
      await timers.tick(expected);
      recover(breaker);
      await timers.tick(1_000);
    }
  });

  it('starts from the beginning when it was well for a minute', async () => {
    const { breaker, timers } = bench();
    for (const wellForMs of [59_999, 60_000]) {
      run(breaker, ...BAD_CALLS);
      await timers.tick(refusedFor(breaker));
      recover(breaker);
      await timers.tick(wellForMs);
    }
    run(breaker, ...BAD_CALLS);
    expect(refusedFor(breaker)).toBe(2_000);
  });
});

describe('whatever happens', () => {
  type Event =
    | { readonly kind: 'ask' }
    | { readonly kind: 'end'; readonly which: number; readonly outcome: Outcome }
    | { readonly kind: 'wait'; readonly ms: number };
  const event = fc.oneof<fc.Arbitrary<Event>[]>(
    fc.constant({ kind: 'ask' }),
    fc.record({
      kind: fc.constant('end'),
      which: fc.nat(20),
      outcome: fc.constantFrom<Outcome>('good', 'bad', 'bad', 'none'),
    }),
    fc.record({ kind: fc.constant('wait'), ms: fc.integer({ min: 0, max: 5_000 }) }),
  );

  it('it probes with one call at a time, keeps to its word, and opens neither below 1.6 nor above 72 seconds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 300, size: 'max' }),
        fc.integer(),
        async (events, seed) => {
          const { breaker, timers } = bench(seeded(seed));
          const underWay: { done: (outcome: Outcome) => void; isProbe: boolean }[] = [];
          let notBefore = Number.NEGATIVE_INFINITY; // what it said while open
          for (const happening of events) {
            if (happening.kind === 'wait') await timers.tick(happening.ms);
            else if (happening.kind === 'end') {
              const [call] = underWay.splice(happening.which % Math.max(1, underWay.length), 1);
              const before = breaker.state;
              call?.done(happening.outcome);
              if (before !== 'OPEN' && breaker.state === 'OPEN') {
                const openMs = refusedFor(breaker);
                expect(openMs).toBeGreaterThanOrEqual(1_600);
                expect(openMs).toBeLessThanOrEqual(72_000);
                notBefore = timers.now() + openMs;
              }
            } else {
              const wasOpen = breaker.state === 'OPEN';
              const admission = breaker.admit();
              if (wasOpen) expect(admission.admitted).toBe(timers.now() > notBefore - 1);
              if (admission.admitted) {
                underWay.push({ done: admission.done, isProbe: breaker.state === 'HALF_OPEN' });
              } else expect(admission.retryAfterMs).toBeGreaterThan(0);
              if (breaker.state === 'HALF_OPEN')
                expect(underWay.filter(({ isProbe }) => isProbe)).toHaveLength(1);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
