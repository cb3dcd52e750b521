/**
 * Rows S36 and S41 of the failure catalogue: what one hung backend can hold is bounded. Over real sockets; nothing here
 * ends by a timer.
 */
import { setMaxListeners } from 'node:events';
import { expect, it } from 'vitest';
import { SourceError } from '../../src/domain/failure.js';
import { createMeter } from '../../src/observability/meter.js';
import { until } from '../support/until.js';
import { gateRig, SCOPE, THING, type GateRig } from './rig.js';

const SOCKETS = 4;
const PLACES = SOCKETS + 256;
const THERE = { is: 'there' };

const fill = (rig: GateRig, name: string) =>
  Promise.all(Array.from({ length: PLACES }, (_, i) => rig.read(`${name}-${i}`)));

it('a backend that hangs holds so many and no more; the next is told at once, and its neighbour answers', async () => {
  await using hung = await gateRig({ concurrency: SOCKETS });
  await using neighbour = await gateRig({ source: 'MONETIZENOW', concurrency: SOCKETS });
  neighbour.reply(200);
  const waiting = fill(hung, 'first');
  await until('its sockets are taken', () => hung.held.length === SOCKETS);
  expect(hung.gate.state()).toMatchObject({ callsInFlight: SOCKETS, callsQueued: PLACES - SOCKETS });

  const refused: unknown[] = [];
  for (let i = 0; i < 10; i += 1) {
    hung.upstream.call(THING, { id: `more-${i}` }, SCOPE).catch((error: unknown) => refused.push(error));
  }
  // Whoever is told at once is told before a neighbour can answer.
  expect(await neighbour.read('a')).toEqual(THERE);
  expect(refused).toHaveLength(10);
  for (const error of refused) {
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).failure).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      source: 'CLOUDMC',
      retryAfterMs: 60_000,
    });
  }
  expect(hung.held).toHaveLength(SOCKETS);
  expect(hung.gate.state()).toMatchObject({
    ...{ callsInFlight: SOCKETS, callsQueued: PLACES - SOCKETS },
    breaker: 'CLOSED', // our own refusals are not held against it
  });

  // Places come back with the answers: as many fit in again.
  hung.reply(200);
  expect(await waiting).toEqual(Array.from({ length: PLACES }, () => THERE));
  expect(hung.gate.state()).toMatchObject({ callsInFlight: 0, callsQueued: 0 });
  expect(await fill(hung, 'second')).toEqual(Array.from({ length: PLACES }, () => THERE));
  expect(hung.asked).toHaveLength(2 * PLACES);
});

it('places come back from those who leave, and from those who fail', async () => {
  await using rig = await gateRig({ concurrency: SOCKETS });
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal);
  const request = { signal: leaving.signal, withinMs: () => null, meter: createMeter() };
  const upstream = rig.upstream.within(request);
  const left = Promise.allSettled(
    Array.from({ length: PLACES }, (_, i) => upstream.call(THING, { id: `left-${i}` }, SCOPE)),
  );
  await until('its sockets are taken', () => rig.held.length === SOCKETS);
  expect(await rig.read('more')).toBe('UPSTREAM_RATE_LIMITED');
  leaving.abort();
  expect((await left).every(({ status }) => status === 'rejected')).toBe(true);
  await until('their places are free', () => rig.gate.state().callsInFlight === 0);
  rig.reply(404);
  expect(await rig.read('fails')).toBe('UPSTREAM_UNAVAILABLE');
  rig.reply(200);
  expect(await fill(rig, 'again')).toEqual(Array.from({ length: PLACES }, () => THERE));
});
