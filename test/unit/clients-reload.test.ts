/** A file that is read again: whole or not at all, noticed by its content, and never half written. */
import { describe, expect, it } from 'vitest';
import { startReload, type ReloadNews } from '../../src/admission/reload.js';

function rig(current = 'first') {
  let callback: (() => void) | null = null;
  const file = { text: current as string | null };
  const taken: string[] = [];
  const told: ReloadNews[] = [];
  const reload = startReload({
    read: () => (file.text === null ? Promise.reject(new Error('gone')) : Promise.resolve(file.text)),
    current,
    take: (text) => {
      if (text.includes('wrong')) throw new Error('no');
      taken.push(text);
    },
    timers: {
      after: (milliseconds, then) => {
        expect(milliseconds).toBeLessThanOrEqual(10_000);
        callback = then;
        return { cancel: () => (callback = null) };
      },
    },
    tell: (news) => told.push(news),
  });
  return {
    file,
    taken,
    kinds: () => told.map(({ kind }) => kind),
    reload,
    isWaiting: () => callback !== null,
    look: async () => {
      const then = callback;
      callback = null;
      then?.();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

describe('a file', () => {
  it('that stays as it is, is not taken again', async () => {
    const { look, taken, kinds, reload } = rig();
    for (let n = 0; n < 3; n += 1) await look();
    await reload.now();
    expect([taken, kinds()]).toEqual([[], []]);
  });

  it('that changes is taken when two looks have seen the same', async () => {
    const { look, taken, file, kinds } = rig();
    file.text = 'second';
    await look();
    expect(taken).toEqual([]);
    await look();
    await look();
    expect([taken, kinds()]).toEqual([['second'], ['taken']]);
  });

  it('that is being written is not taken until it is whole', async () => {
    const { look, taken, file } = rig();
    for (const text of ['', '- a', '- a\n- b', '- a\n- b\n- c']) {
      file.text = text;
      await look();
    }
    expect(taken).toEqual([]);
    await look();
    expect(taken).toEqual(['- a\n- b\n- c']);
  });

  it('that is wrong is told once, and what was taken stays', async () => {
    const { look, taken, file, kinds } = rig();
    file.text = 'wrong';
    for (let n = 0; n < 5; n += 1) await look();
    expect([taken, kinds()]).toEqual([[], ['refused']]);
    file.text = 'first';
    await look();
    file.text = 'wrong';
    await look();
    await look();
    expect(kinds()).toEqual(['refused', 'refused']);
    file.text = 'right';
    await look();
    await look();
    expect([taken, kinds()]).toEqual([['right'], ['refused', 'refused', 'taken']]);
  });

  it('that is gone is told once, and may come back', async () => {
    const { look, taken, file, kinds } = rig();
    file.text = null;
    for (let n = 0; n < 3; n += 1) await look();
    expect(kinds()).toEqual(['unreadable']);
    file.text = 'second';
    await look();
    await look();
    expect([taken, kinds()]).toEqual([['second'], ['unreadable', 'taken']]);
  });

  it('is read at once for whoever asks', async () => {
    const { taken, file, reload, kinds } = rig();
    file.text = 'second';
    await reload.now();
    file.text = 'wrong';
    await reload.now();
    expect([taken, kinds()]).toEqual([['second'], ['taken', 'refused']]);
  });

  it('is left alone once the process stops', async () => {
    const { look, reload, isWaiting } = rig();
    expect(isWaiting()).toBe(true);
    await look();
    expect(isWaiting()).toBe(true);
    reload.stop();
    expect(isWaiting()).toBe(false);
  });
});
