/**
 * What a breaker that opens does to those who wait, over real sockets: whoever can be told is told, nothing more is
 * sent, and what must run to its end does. Time stands still unless it is ticked, so that nobody is freed by a timer.
 */
import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/observability/meter.js';
import { createBreaker } from '../../src/upstream/breaker.js';
import { unlessItOpens } from '../../src/upstream/opening.js';
import type { Signal } from '../../src/domain/signal.js';
import { manualTimers } from '../support/manual-timers.js';
import { until } from '../support/until.js';
import { gateRig, outcomeOf, SCOPE, THING, type GateRig } from './rig.js';

const THERE = { is: 'there' };

/** Five in a row that fail: two of them wait to be repeated. */
const failing = (rig: GateRig) => Promise.all(Array.from({ length: 5 }, (_, i) => rig.read(`failing-${i}`)));

describe('when a breaker opens', () => {
  it('those who wait to repeat a read are told how it failed, and it is not repeated', async () => {
    await using rig = await gateRig({}, manualTimers());
    rig.reply(500);
    expect(await failing(rig)).toEqual(Array.from({ length: 5 }, () => 'UPSTREAM_UNAVAILABLE'));
    expect(rig.asked).toHaveLength(5);
    expect(rig.gate.state()).toMatchObject({ breaker: 'OPEN', callsInFlight: 0, callsQueued: 0 });
  });

  it('those who are under way are told, and their sockets are closed', async () => {
    await using rig = await gateRig({}, manualTimers());
    const waiting = Promise.all(['a', 'b', 'c'].map((id) => rig.read(id)));
    await until('they were asked for', () => rig.held.length === 3);
    const others = failing(rig);
    await until('the others were asked for', () => rig.held.length === 8);
    for (const response of rig.held.slice(3)) response.writeHead(500).end('{}');
    await others;
    expect(await waiting).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
    await until('their sockets are closed', () => rig.held.length === 0);
    expect(rig.asked).toHaveLength(8);
  });

  it('those who wait for their turn are told, and nothing of theirs is sent', async () => {
    await using rig = await gateRig({ requestsPerSecond: 5 }, manualTimers());
    const others = failing(rig);
    await until('the second is used up', () => rig.held.length === 5);
    const waiting = Promise.all(['a', 'b', 'c'].map((id) => rig.read(id)));
    rig.reply(500);
    expect(await waiting).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
    await others;
    expect(rig.asked).toHaveLength(5);
  });

  it('those who wait for a login are told, and nothing of theirs is sent once it is there', async () => {
    let logIn = () => undefined as void;
    const login = new Promise<void>((resolve) => {
      logIn = resolve;
    });
    const meter = createMeter();
    let isFirst = true;
    await using rig = await gateRig({}, manualTimers(), async () => {
      const waits = isFirst;
      isFirst = false;
      if (waits) await login;
      return {};
    });
    const request = { signal: new AbortController().signal, withinMs: () => null, meter };
    const waiting = outcomeOf(rig.upstream.within(request).call(THING, { id: 'a' }, SCOPE));
    rig.reply(500);
    await failing(rig);
    expect(await waiting).toBe('CIRCUIT_OPEN');
    logIn();
    await until('it has gone the rest of its way', () => rig.gate.state().callsInFlight === 0);
    rig.reply(200);
    expect(await rig.read('elsewhere', { credential: 'other' })).toEqual(THERE);
    expect(rig.asked).not.toContain('/a');
    expect(meter.of('CLOUDMC')).toMatchObject({ sent: 0, failed: 1 });
  });

  it('a login that was sent is waited for', async () => {
    await using rig = await gateRig({}, manualTimers());
    const login = rig.read('login', { method: 'POST', form: () => ({ name: 'us' }) });
    await until('it was asked for', () => rig.held.length === 1);
    const others = failing(rig);
    await until('the others were asked for', () => rig.held.length === 6);
    for (const response of rig.held.slice(1)) response.writeHead(500).end('{}');
    await others;
    expect(rig.gate.state().breaker).toBe('OPEN');
    rig.reply(200);
    expect(await login).toEqual(THERE);
  });
});

describe('a call that is over when it opens', () => {
  it.each(['succeeded', 'failed'])('because it %s is left alone', async (how) => {
    const breaker = createBreaker(manualTimers(), () => 0.5);
    const failed = new Error('its own');
    let refusals = 0;
    let signal: Signal | null = null;
    const ended = await unlessItOpens(
      breaker,
      new AbortController().signal,
      (given) => {
        signal = given;
        return how === 'failed' ? Promise.reject(failed) : Promise.resolve('succeeded');
      },
      () => {
        refusals += 1;
        return new Error('refused');
      },
    ).catch((error: unknown) => error);
    expect(ended).toBe(how === 'failed' ? failed : 'succeeded');
    for (let bad = 0; bad < 5; bad += 1) {
      const admission = breaker.admit();
      if (admission.admitted) admission.done('bad');
    }
    expect(breaker.state).toBe('OPEN');
    expect(refusals).toBe(0);
    expect(signal).toMatchObject({ aborted: false });
  });
});

describe('while a breaker probes', () => {
  const shared = { isShared: true } as const;

  async function halfOpen() {
    const timers = manualTimers();
    const rig = await gateRig({}, timers);
    rig.reply(500);
    await failing(rig);
    await timers.tick(2_400);
    rig.hold();
    return rig;
  }

  it('whoever asks the same is told at once; the probe goes on, and who started it gets the answer', async () => {
    await using rig = await halfOpen();
    const probe = rig.read('a', shared);
    await until('it was asked for', () => rig.held.length === 1);
    expect(await rig.read('a', shared)).toBe('CIRCUIT_OPEN');
    expect(await rig.read('b', shared)).toBe('CIRCUIT_OPEN');
    rig.reply(200);
    expect(await probe).toEqual(THERE);
    expect(rig.asked).toHaveLength(6);
  });

  it('what is made of several reads holds others off while one of them is the probe, and no longer', async () => {
    await using rig = await halfOpen();
    let goOn = () => undefined as void;
    const rest = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const make = () =>
      outcomeOf(
        rig.upstream.share(
          SCOPE,
          'made',
          async (within) => {
            const first = await within.call({ ...THING, ...shared }, { id: 'page' }, SCOPE);
            await rest;
            return first;
          },
          () => true,
        ),
      );
    const first = make();
    await until('its first part was asked for', () => rig.held.length === 1);
    expect(await make()).toBe('CIRCUIT_OPEN');
    rig.reply(200);
    expect(await rig.read('b', shared)).toBe('CIRCUIT_OPEN');
    await until('the probe is over', () => rig.gate.state().callsInFlight === 0);
    const joined = make();
    goOn();
    expect(await Promise.all([first, joined])).toEqual([THERE, THERE]);
    expect(rig.asked.filter((url) => url === '/page')).toHaveLength(1);
  });
});
