import { describe, expect, it } from 'vitest';
import type { OrganizationSlug } from '../../src/domain/organization.js';
import type { CredentialName, Scope } from '../../src/domain/scope.js';
import { createSharing } from '../../src/upstream/share.js';
import { manualTimers } from '../support/manual-timers.js';

const scope = (organization: string, credential = 'key'): Scope => ({
  kind: 'organization',
  organization: organization as OrganizationSlug,
  credential: credential as CredentialName,
});

function counted() {
  let calls = 0;
  return { load: () => Promise.resolve({ call: (calls += 1) }), calls: () => calls };
}

describe('sharing', () => {
  it('gives one answer to all who ask while it is in flight', async () => {
    const sharing = createSharing(manualTimers());
    const { load, calls } = counted();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => sharing.read(scope('a'), ['GET', '/x'], 0, load)),
    );
    expect(calls()).toBe(1);
    expect(new Set(answers).size).toBe(1);
  });

  it('gives it again while it is fresh, and not after', async () => {
    const timers = manualTimers();
    const sharing = createSharing(timers);
    const { load, calls } = counted();
    const read = () => sharing.read(scope('a'), ['GET', '/x'], 1000, load);
    await read();
    await timers.tick(999);
    await read();
    expect(calls()).toBe(1);
    await timers.tick(1);
    await read();
    expect(calls()).toBe(2);
  });

  it.each([
    ['another organization', scope('b'), ['GET', '/x']],
    ['another credential', scope('a', 'other'), ['GET', '/x']],
    [
      'no organization',
      { kind: 'service', credential: 'key' as CredentialName } satisfies Scope,
      ['GET', '/x'],
    ],
    ['another request', scope('a'), ['GET', '/y']],
  ])('never gives it to %s', async (_, other, request) => {
    const sharing = createSharing(manualTimers());
    const { load, calls } = counted();
    await Promise.all([
      sharing.read(scope('a'), ['GET', '/x'], 1000, load),
      sharing.read(other, request, 1000, load),
    ]);
    expect(calls()).toBe(2);
  });

  it('gives what is not whole to those who wait, and remembers it for nobody', async () => {
    const sharing = createSharing(manualTimers());
    const { load, calls } = counted();
    const read = () => sharing.read(scope('a'), ['made', 'scan'], 1000, load, ({ call }) => call > 1);
    expect(await Promise.all([read(), read()])).toEqual([{ call: 1 }, { call: 1 }]);
    expect(await read()).toEqual({ call: 2 });
    expect(await read()).toEqual({ call: 2 });
    expect(calls()).toBe(2);
  });

  it('shares a failure with those who wait and remembers it for nobody', async () => {
    const sharing = createSharing(manualTimers());
    let calls = 0;
    const load = () => {
      calls += 1;
      return calls === 1 ? Promise.reject<{ ok: boolean }>(new Error('down')) : Promise.resolve({ ok: true });
    };
    const read = () => sharing.read(scope('a'), ['GET', '/x'], 1000, load);
    const first = await Promise.allSettled([read(), read()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toBe(1);
    expect(await read()).toEqual({ ok: true });
  });
});
