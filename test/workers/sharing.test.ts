/** What workers share, in time that only moves when it is said: quotas, places, budgets, and what one tells the others. */
import { describe, expect, it } from 'vitest';
import { createGuessLimit } from '../../src/admission/guesses.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { Principal } from '../../src/domain/principal.js';
import type { Leave, Peers, Silence, Touched } from '../../src/upstream/peers.js';
import type { QuotaTicket } from '../../src/upstream/quota.js';
import { createDesk } from '../../src/workers/desk.js';
import { keepsBudgets } from '../support/budgets-contract.js';
import { manualTimers } from '../support/manual-timers.js';
import { openOffice, type LinkedWorker } from './support/line.js';

const SOURCE = 'COMMITMENT_MANAGER';
const NEVER = new AbortController().signal;
const MINUTE = 60_000;

function twoWorkers(limits: { concurrency?: number; requestsPerSecond?: number | null } = {}) {
  const { concurrency = 16, requestsPerSecond = null } = limits;
  const timers = manualTimers();
  const backend = { concurrency, requestsPerSecond };
  const office = openOffice(timers, { [SOURCE]: backend });
  const hire = () => {
    const link = office.hire();
    return Object.assign(link, { peers: link.peersOf(SOURCE, backend) });
  };
  return { timers, office, hire, first: hire(), second: hire() };
}

/** Asks for a place; what became of it, when it is known. */
function enter({ peers }: { peers: Peers }, waitMs = MINUTE, signal?: AbortSignal, lane = 'one') {
  const asked: { ticket: QuotaTicket | null } = { ticket: null };
  void peers.quota.enter(lane, waitMs, signal).then((ticket) => (asked.ticket = ticket));
  return asked;
}
const granted = (asked: readonly { ticket: QuotaTicket | null }[]) =>
  asked.filter(({ ticket }) => ticket?.granted === true).length;
const done = ({ ticket }: { ticket: QuotaTicket | null }) => {
  if (ticket?.granted === true) ticket.done();
};

describe('a quota over workers', () => {
  it('is one: what both send in a second is what one may send', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 10 });
    const asked = Array.from({ length: 30 }, (_, index) => enter(index % 2 === 0 ? first : second));
    await timers.tick(0);
    expect(granted(asked)).toBe(10);
    await timers.tick(5_000);
    expect(granted(asked)).toBe(10); // none has ended
    asked.forEach(done);
    await timers.tick(0);
    await timers.tick(1_004);
    expect(granted(asked)).toBe(10);
    await timers.tick(1);
    expect(granted(asked)).toBe(20);
  });

  it('may be used up by one, while the other is idle', async () => {
    const { timers, first } = twoWorkers({ requestsPerSecond: 10 });
    const asked = Array.from({ length: 12 }, () => enter(first));
    await timers.tick(0);
    expect(granted(asked)).toBe(10);
  });

  it('tells who cannot be served in time at once, and for how long', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 1 });
    enter(first);
    const late = enter(second, 500);
    await timers.tick(0);
    expect(late.ticket).toEqual({ granted: false, retryAfterMs: 1_005 });
  });

  it('takes back what an ended worker held, a second later', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 2 });
    const held = [enter(first), enter(first)];
    const queued = enter(first);
    const waiting = enter(second);
    await timers.tick(0);
    expect([granted(held), granted([queued, waiting])]).toEqual([2, 0]);
    first.end();
    await timers.tick(1_004);
    expect(granted([waiting])).toBe(0);
    await timers.tick(1);
    expect(granted([waiting])).toBe(1);
    // Nobody has the place of the one that was waiting there.
    expect(granted([enter(second)].concat(enter(second)))).toBe(0);
  });

  it('gives nothing to a worker that has ended, when its last words come late', async () => {
    const timers = manualTimers();
    const sent: number[] = [];
    const desk = createDesk({
      backends: new Map([[SOURCE, { concurrency: 1, requestsPerSecond: 1 }]]),
      timers,
      send: (worker) => sent.push(worker),
      onSilent: () => undefined,
    });
    const ask = (worker: number) => {
      desk.hear(worker, { kind: 'enter', id: 1, source: SOURCE, lane: 'one', waitMs: MINUTE });
      desk.hear(worker, { kind: 'want-slots', source: SOURCE, count: 1 });
    };
    desk.came(1);
    desk.left(1);
    ask(1);
    await timers.tick(0);
    expect(sent).toEqual([]);
    desk.came(2);
    ask(2);
    await timers.tick(0);
    expect(sent).toEqual([2, 2]);
  });

  it('keeps no place for who gave up, whether he waited or it was on its way', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 1 });
    const holder = enter(first);
    await timers.tick(0);
    const controller = new AbortController();
    const waiting = enter(second, MINUTE, controller.signal);
    await timers.tick(0);
    controller.abort();
    await timers.tick(0);
    expect(waiting.ticket).toMatchObject({ granted: false });
    done(holder);
    await timers.tick(0);
    await timers.tick(1_005);
    const crossing = new AbortController();
    const crossed = enter(first, MINUTE, crossing.signal);
    crossing.abort(); // before the answer can be there
    await timers.tick(0);
    expect(crossed.ticket).toMatchObject({ granted: false });
    await timers.tick(0);
    await timers.tick(1_005);
    const last = enter(second);
    await timers.tick(0);
    expect(granted([last])).toBe(1);
  });

  it('refuses when the primary is gone, or does not answer', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 10 });
    first.silence();
    const unheard = enter(first, 2_000);
    await timers.tick(2_999);
    expect(unheard.ticket).toBeNull();
    await timers.tick(1);
    expect(unheard.ticket).toMatchObject({ granted: false });
    const waiting = enter(second);
    second.orphan();
    const after = enter(second);
    await timers.tick(0);
    expect([waiting.ticket, after.ticket]).toEqual([
      { granted: false, retryAfterMs: 1_000 },
      { granted: false, retryAfterMs: 1_000 },
    ]);
    expect(second.isToldToEnd()).toBe(true);
  });

  it('is halved for all by a refusal that one was given', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 10 });
    const holder = enter(first);
    await timers.tick(0);
    first.peers.quota.refused(timers.now());
    done(holder);
    await timers.tick(0);
    await timers.tick(1_005);
    const asked = Array.from({ length: 20 }, () => enter(second));
    await timers.tick(0);
    // Half, and the step of the second that has passed.
    expect(granted(asked)).toBe(6);
  });

  it('shows what remains in every worker', async () => {
    const { timers, first, second } = twoWorkers({ requestsPerSecond: 10 });
    const asked = Array.from({ length: 4 }, () => enter(first));
    await timers.tick(0);
    await timers.tick(500);
    expect([first.peers.quota.remaining, second.peers.quota.remaining]).toEqual([6, 6]);
    asked.forEach(done);
    await timers.tick(0);
    await timers.tick(2_000);
    expect([first.peers.quota.remaining, second.peers.quota.remaining]).toEqual([10, 10]);
  });

  it('that nobody knows is slowed down in each when one is refused', async () => {
    const { timers, first, second } = twoWorkers();
    const held = Array.from({ length: 8 }, () => enter(second));
    await timers.tick(0);
    expect(granted(held)).toBe(8);
    first.peers.quota.refused(timers.now());
    await timers.tick(0);
    held.forEach(done);
    await timers.tick(0);
    await timers.tick(1_005);
    const asked = Array.from({ length: 20 }, () => enter(second));
    await timers.tick(0);
    expect(granted(asked)).toBe(5);
  });
});

/** Asks for a slot; `null` as long as there is none. */
function use({ peers }: { peers: Peers }, signal = NEVER) {
  const asked: { leave: Leave | null; isRefused: boolean } = { leave: null, isRefused: false };
  void Promise.resolve(peers.slots?.enter(signal)).then((leave) => {
    asked.leave = leave ?? null;
    asked.isRefused = leave === null;
  });
  return asked;
}
const inside = (asked: readonly { leave: Leave | null }[]) =>
  asked.filter(({ leave }) => leave !== null).length;

describe('places of a backend over workers', () => {
  it('are never more than there are, and one worker may have all', async () => {
    const { timers, first, second } = twoWorkers({ concurrency: 4 });
    const busy = Array.from({ length: 6 }, () => use(first));
    await timers.tick(0);
    expect(inside(busy)).toBe(4);
    const other = use(second);
    await timers.tick(0);
    expect(inside([...busy, other])).toBe(4);
  });

  it('are used again without asking, as long as nobody else waits', async () => {
    const { timers, office, first } = twoWorkers({ concurrency: 4 });
    const one = use(first);
    await timers.tick(0);
    one.leave?.();
    const letters = office.said.length;
    for (let n = 0; n < 100; n += 1) {
      const again = use(first);
      await timers.tick(0);
      again.leave?.();
    }
    await timers.tick(0);
    expect(office.said).toHaveLength(letters);
  });

  it('are given up at once by who does not use them, and shared in turns while both want them', async () => {
    const { timers, first, second } = twoWorkers({ concurrency: 2 });
    const idle = [use(first), use(first)];
    await timers.tick(0);
    for (const { leave } of idle) leave?.();
    const taken = [use(second), use(second)];
    await timers.tick(0);
    expect(inside(taken)).toBe(2);

    const both = [use(first), use(second), use(first), use(second)];
    await timers.tick(0);
    expect(inside(both)).toBe(0);
    for (const { leave } of taken) leave?.();
    await timers.tick(0);
    expect(both.map(({ leave }) => leave !== null)).toEqual([true, true, false, false]);
    for (const { leave } of both) leave?.();
    await timers.tick(0);
    expect(inside(both)).toBe(4);
    for (const { leave } of both) leave?.();
    // Nobody waits: they stay where they were used last, and can be had by the other.
    const all = [use(first), use(first)];
    await timers.tick(0);
    expect(inside(all)).toBe(2);
  });

  it('come back from a worker that has ended, and from who gave up', async () => {
    const { timers, first, second } = twoWorkers({ concurrency: 1 });
    use(first);
    await timers.tick(0);
    const controller = new AbortController();
    const gone = use(second, controller.signal);
    const waiting = use(second);
    await timers.tick(0);
    controller.abort();
    await timers.tick(0);
    expect([gone.isRefused, inside([waiting])]).toEqual([true, 0]);
    first.end();
    await timers.tick(0);
    expect(inside([waiting])).toBe(1);
  });

  it('reach a worker that came while others wait, and come back from it', async () => {
    const { timers, hire, first, second } = twoWorkers({ concurrency: 1 });
    const holder = use(first);
    const waiting = [use(second), use(second)];
    await timers.tick(0);
    const third = hire();
    const late = use(third);
    await timers.tick(0);
    holder.leave?.();
    await timers.tick(0);
    expect(inside(waiting)).toBe(1);
    waiting[0]?.leave?.();
    await timers.tick(0);
    expect([inside([late]), inside(waiting)]).toEqual([1, 1]);
    late.leave?.();
    await timers.tick(0);
    expect(inside(waiting)).toBe(2);
  });

  it('that are held are used on when the primary is gone; nobody waits for more', async () => {
    const { timers, first } = twoWorkers({ concurrency: 1 });
    const held = use(first);
    await timers.tick(0);
    const waiting = use(first);
    first.orphan();
    await timers.tick(0);
    expect(waiting.isRefused).toBe(true);
    held.leave?.();
    const again = use(first);
    await timers.tick(0);
    expect(inside([again])).toBe(1);
  });
});

describe('what one worker has changed', () => {
  const touched: Touched = { kind: 'organization', organization: 'sleepyco' as OrganizationSlug };
  const listening = (worker: LinkedWorker & { peers: Peers }) => {
    const heard: Touched[] = [];
    worker.peers.listen({ forget: (one) => heard.push(one), silence: () => undefined });
    return heard;
  };
  const forgetting = (worker: { peers: Peers }) => {
    const state = { isOver: false };
    void worker.peers.forget(touched).then(() => (state.isOver = true));
    return state;
  };

  it('is forgotten by the others before it may say so', async () => {
    const { timers, hire, first, second } = twoWorkers();
    const third = hire();
    const heard = [listening(first), listening(second), listening(third)];
    third.silence();
    const state = forgetting(first);
    await timers.tick(0);
    await timers.tick(1_999);
    expect([heard, state.isOver]).toEqual([[[], [touched], []], false]);
    third.end();
    await timers.tick(0);
    expect(state.isOver).toBe(true);
  });

  it('is waited for two seconds at most, and then told to the log', async () => {
    const { timers, office, first, second } = twoWorkers();
    second.silence();
    const state = forgetting(first);
    await timers.tick(0);
    await timers.tick(1_999);
    expect([state.isOver, office.silent]).toEqual([false, []]);
    await timers.tick(1);
    expect([state.isOver, office.silent]).toEqual([true, [2]]);
  });

  it('is not waited for when there is nobody who could say it', async () => {
    const { timers, first, second } = twoWorkers();
    second.end();
    const alone = forgetting(first);
    await timers.tick(0);
    expect(alone.isOver).toBe(true);
    const cut = forgetting(first);
    first.orphan();
    await timers.tick(0);
    expect([cut.isOver, forgetting(first)]).toEqual([true, { isOver: false }]);
  });

  it('and silence that a backend asked for are told to the others, and not back', async () => {
    const { timers, first, second } = twoWorkers();
    const heard: [string, Silence][] = [];
    first.peers.listen({ forget: () => undefined, silence: (one) => heard.push(['first', one]) });
    second.peers.listen({ forget: () => undefined, silence: (one) => heard.push(['second', one]) });
    const silence: Silence = { forMs: 5_000, code: 'UPSTREAM_RATE_LIMITED' };
    first.peers.silence(silence);
    await timers.tick(0);
    expect(heard).toEqual([['second', silence]]);
  });
});

keepsBudgets('of all workers', () => {
  const timers = manualTimers();
  const office = openOffice(timers);
  const [first, second] = [office.hire().budgets, office.hire().budgets];
  let turn = 0;
  const next = () => ((turn += 1) % 2 === 0 ? first : second);
  return Promise.resolve({
    budgets: {
      take: (...asked) => next().take(...asked),
      giveBack: (...given) => {
        next().giveBack(...given);
      },
      state: () => first.state(),
      stop: () => Promise.resolve(),
    },
    pass: (milliseconds) => timers.tick(milliseconds),
  });
});

describe('budgets of workers', () => {
  it('are closed when the primary does not answer, and when it is gone', async () => {
    const timers = manualTimers();
    const worker = openOffice(timers).hire();
    const rate = { costPerMinute: 60, costAtOnce: 100 };
    expect(await worker.budgets.take('one', 10, rate)).toMatchObject({ isTaken: true, available: 90 });
    worker.silence();
    const unheard = worker.budgets.take('one', 10, rate);
    await timers.tick(1_000);
    expect(await unheard).toEqual({ isTaken: false, available: 0, retryAfterMs: 1_000 });
    expect(worker.budgets.state().trouble).toBe('the primary process does not answer');
    const waiting = worker.budgets.take('one', 10, rate);
    worker.orphan();
    expect(await waiting).toMatchObject({ isTaken: false });
    expect(await worker.budgets.take('one', 10, rate)).toMatchObject({ isTaken: false });
  });
});

describe('guesses over workers', () => {
  const principal: Principal = {
    client: 'app',
    organizations: new Set(),
    mayInspect: false,
    scopes: new Set(),
  };
  const rate = { atOnce: 3, perMinute: 1 };

  it('are counted together, each thing once, also by a worker that comes later', async () => {
    const timers = manualTimers();
    const office = openOffice(timers);
    const told: string[] = [];
    const limitOf = (name: string) =>
      createGuessLimit({
        now: () => timers.now(),
        tell: () => told.push(name),
        rate,
        exchange: office.hire().guessExchange('ids'),
      }).of(principal, 'request');
    const [first, second] = [limitOf('first'), limitOf('second')];
    first.missed('a');
    second.missed('b');
    await timers.tick(0);
    first.missed('b');
    second.missed('a');
    expect([first.waitMs(), second.waitMs()]).toEqual([0, 0]);
    second.missed('c');
    await timers.tick(0);
    expect([first.waitMs(), second.waitMs()]).toEqual([MINUTE, MINUTE]);
    expect(told).toEqual(['second']);
    await timers.tick(MINUTE / 2);
    const third = limitOf('third');
    await timers.tick(0);
    expect(third.waitMs()).toBe(MINUTE / 2);
    expect(told).toEqual(['second']);
  });
});
