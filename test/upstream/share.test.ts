import { describe, expect, it } from 'vitest';
import { failure, SourceError } from '../../src/domain/failure.js';
import type { Instant } from '../../src/domain/calendar.js';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { CredentialName, Scope } from '../../src/domain/scope.js';
import { createSharing, type Provenance, type SharedRead } from '../../src/upstream/share.js';
import type { Signal } from '../../src/domain/signal.js';
import { manualTimers } from '../support/manual-timers.js';

const scope = (organization: string, credential = 'key'): Scope => ({
  kind: 'organization',
  organization: organization as OrganizationSlug,
  credential: credential as CredentialName,
});

interface Seen {
  readonly call: number;
  readonly observation: { readonly observedAt: Instant; readonly stale: boolean };
}

const seen = (call: number): Seen => ({
  call,
  observation: { observedAt: '2026-11-21T12:00:00Z' as Instant, stale: false },
});

/** A backend that counts, and fails while `isDown`. */
function backend() {
  const state = { calls: 0, isDown: false };
  return {
    state,
    load: (): Promise<Seen> => {
      state.calls += 1;
      return state.isDown
        ? Promise.reject(new SourceError(failure('UPSTREAM_UNAVAILABLE', 'CLOUDMC')))
        : Promise.resolve(seen(state.calls));
    },
  };
}

function reader(changes: Partial<SharedRead<Seen>> = {}) {
  const timers = manualTimers();
  const sharing = createSharing(timers);
  const { state, load } = backend();
  const provenances: Provenance[] = [];
  const base: SharedRead<Seen> = {
    scope: scope('a'),
    request: ['GET', '/x'],
    policy: { freshForMs: 1_000, usableForMs: 60_000 },
    withinMs: null,
    signal: null,
    load,
    onProvenance: (provenance) => provenances.push(provenance),
    ...changes,
  };
  const read = (more: Partial<SharedRead<Seen>> = {}) => sharing.read({ ...base, ...more });
  return { timers, state, provenances, read };
}

describe('sharing', () => {
  it('gives one answer to all who ask while it is under way', async () => {
    const { read, state, provenances } = reader({ policy: { freshForMs: 0, usableForMs: 0 } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => read()));
    expect(state.calls).toBe(1);
    expect(new Set(answers).size).toBe(1);
    expect(provenances.filter((provenance) => provenance === 'shared')).toHaveLength(49);
  });

  it('gives it again while it is fresh; then once stale with a new one fetched behind it; then asks', async () => {
    const { read, state, timers, provenances } = reader();
    await read();
    await timers.tick(999);
    expect(await read()).toMatchObject({ call: 1, observation: { stale: false } });
    expect(state.calls).toBe(1);
    await timers.tick(1);
    expect(await read()).toMatchObject({ call: 1, observation: { stale: true } });
    await timers.tick(0);
    expect(await read()).toMatchObject({ call: 2, observation: { stale: false } });
    await timers.tick(2_001);
    expect(await read()).toMatchObject({ call: 3, observation: { stale: false } });
    expect(provenances).toEqual(['loaded', 'cached', 'stale', 'cached', 'loaded']);
  });

  it('gives an old answer, and says so, while the backend fails, and not beyond its time', async () => {
    const { read, state, timers } = reader();
    await read();
    state.isDown = true;
    await timers.tick(50_000);
    expect(await read()).toMatchObject({ call: 1, observation: { stale: true } });
    await timers.tick(10_001);
    await expect(read()).rejects.toThrow('CloudMC is not available.');
  });

  it.each(['NOT_FOUND', 'UPSTREAM_REJECTED'] as const)(
    'gives no old answer for %s: that is an answer',
    async (code) => {
      const { read, timers } = reader();
      await read();
      await timers.tick(5_000);
      const gone = () => Promise.reject<Seen>(new SourceError(failure(code, 'CLOUDMC')));
      await expect(read({ load: gone })).rejects.toThrow(SourceError);
    },
  );

  it('asks anew for whoever wants nothing older, and gives them nothing older if that fails', async () => {
    const { read, state, timers } = reader();
    await read();
    await timers.tick(500);
    expect(await read({ withinMs: 500 })).toMatchObject({ call: 1 });
    expect(await read({ withinMs: 499 })).toMatchObject({ call: 2 });
    expect(await read({ withinMs: 0 })).toMatchObject({ call: 2 }); // of this very moment
    await timers.tick(1);
    state.isDown = true;
    await expect(read({ withinMs: 0 })).rejects.toThrow(SourceError);
  });

  it.each<[string, Partial<SharedRead<Seen>>]>([
    ['another organization', { scope: scope('b') }],
    ['another credential', { scope: scope('a', 'other') }],
    ['no organization', { scope: { kind: 'service', credential: 'key' as CredentialName } }],
    ['another request', { request: ['GET', '/y'] }],
  ])('never gives it to %s', async (_, other) => {
    const { read, state } = reader();
    await Promise.all([read(), read(other)]);
    await Promise.all([read(), read(other)]);
    expect(state.calls).toBe(2);
  });

  it('gives what is not whole to those who wait, and remembers it for nobody', async () => {
    const { read, state } = reader({ isWhole: ({ call }) => call > 1 });
    expect(await Promise.all([read(), read()])).toMatchObject([{ call: 1 }, { call: 1 }]);
    expect(await read()).toMatchObject({ call: 2 });
    expect(await read()).toMatchObject({ call: 2 });
    expect(state.calls).toBe(2);
  });

  it('shares a failure with those who wait and remembers it for nobody', async () => {
    const { read, state } = reader();
    state.isDown = true;
    const first = await Promise.allSettled([read(), read()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(state.calls).toBe(1);
    state.isDown = false;
    expect(await read()).toMatchObject({ call: 2 });
  });
});

describe('a read that callers leave', () => {
  function hanging() {
    const signals: Signal[] = [];
    const load = (signal: Signal) => {
      signals.push(signal);
      return new Promise<Seen>(() => undefined);
    };
    return { signals, load };
  }

  it('goes on while one of them waits, and is aborted when the last has left', async () => {
    const { read } = reader();
    const { signals, load } = hanging();
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [read({ load, signal: one.signal }), read({ load, signal: two.signal })];
    one.abort();
    await expect(waiting[0]).rejects.toThrow();
    expect(signals).toHaveLength(1);
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    await expect(waiting[1]).rejects.toThrow();
    expect(signals[0]?.aborted).toBe(true);
  });

  it('does not hold up the next one who asks', async () => {
    const { read } = reader();
    const { load } = hanging();
    const gone = new AbortController();
    const left = read({ load, signal: gone.signal });
    gone.abort();
    await expect(left).rejects.toThrow();
    expect(await read()).toMatchObject({ call: 1 });
  });
});
