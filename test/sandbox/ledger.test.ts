/** The ledger of effects: append-only, numbered, and there after everything else has gone. */
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/sandbox/emulator.js';
import { createLedger, type Change } from '../../src/sandbox/ledger.js';
import { BehaviourError, type BackendApi, type Report } from '../../src/sandbox/types.js';

const change = (target: string): Change => ({
  action: 'thing.change',
  target,
  customer: 'customer',
  requestId: null,
  details: { price: 10 },
});

/** A vendor that changes what a POST names, and refuses if it was told to. */
function thing(report: Report): BackendApi {
  let mood = 'kind';
  return {
    name: 'cloudmc',
    handle({ path, method, headers }) {
      if (mood === 'strict') return { status: 400 };
      if (method === 'POST') report({ ...change(path), requestId: headers['x-request-id'] ?? null });
      return { status: 200, json: {} };
    },
    reset() {
      mood = 'kind';
    },
    behaviour: {
      get: () => ({ mood }),
      set(settings) {
        for (const [name, value] of Object.entries(settings)) {
          if (name !== 'mood' || (value !== 'kind' && value !== 'strict')) {
            throw new BehaviourError('mood must be kind or strict');
          }
        }
        mood = String(settings['mood'] ?? mood);
      },
    },
  };
}

let emulator: Emulator | null = null;
afterEach(async () => {
  await emulator?.stop();
  emulator = null;
});

const file = () => join(mkdtempSync(join(tmpdir(), 'ledger-')), 'effects.ndjson');
const send = async (path: string, init?: RequestInit) => fetch(`${emulator?.url}${path}`, init);

describe('the ledger', () => {
  it('records what was done, and not what was refused', async () => {
    emulator = await startEmulator(thing, { clock: () => 1_000 });
    await send('/one', { method: 'POST', headers: { 'x-request-id': 'r1' } });
    emulator.behave({ mood: 'strict' });
    await send('/two', { method: 'POST' });
    expect(emulator.effects()).toEqual([
      { seq: 1, at: 1_000, backend: 'cloudmc', ...change('/one'), requestId: 'r1' },
    ]);
  });

  it('records what was done though its answer never came', async () => {
    emulator = await startEmulator(thing);
    emulator.faults.add({ fault: { kind: 'reset', applied: true }, times: 1 });
    await expect(send('/one', { method: 'POST' })).rejects.toThrow();
    expect(emulator.effects()).toHaveLength(1);
  });

  it('survives a reset, which takes everything else back', async () => {
    emulator = await startEmulator(thing);
    await send('/one', { method: 'POST' });
    emulator.behave({ mood: 'strict' });
    expect((await send('/__control/reset', { method: 'POST' })).status).toBe(204);
    await send('/two', { method: 'POST' });
    expect(emulator.effects().map(({ seq, target }) => [seq, target])).toEqual([
      [1, '/one'],
      [2, '/two'],
    ]);
  });

  it('is read over HTTP from where one stopped', async () => {
    emulator = await startEmulator(thing);
    for (const path of ['/one', '/two', '/three']) await send(path, { method: 'POST' });
    const later = (await (await send('/__control/ledger?after=1')).json()) as {
      effects: { target: string }[];
    };
    expect(later.effects.map(({ target }) => target)).toEqual(['/two', '/three']);
    expect((await send('/__control/ledger?after=x')).status).toBe(400);
    expect((await send('/__control/ledger', { method: 'DELETE' })).status).toBe(405);
  });

  it('goes on in its file after the emulators have ended', () => {
    const path = file();
    createLedger(path).record('cloudmc', 1, change('a'));
    const again = createLedger(path);
    again.record('logisense', 2, change('b'));
    expect(again.effects.map(({ seq, backend, target }) => [seq, backend, target])).toEqual([
      [1, 'cloudmc', 'a'],
      [2, 'logisense', 'b'],
    ]);
    expect(createLedger(path).effects).toEqual(again.effects);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('leaves out half a line at the end, and goes on after the whole ones', () => {
    const path = file();
    createLedger(path).record('cloudmc', 1, change('a'));
    appendFileSync(path, '{"seq":2,"at"');
    createLedger(path).record('cloudmc', 3, change('b'));
    expect(createLedger(path).effects.map(({ target }) => target)).toEqual(['a', 'b']);
  });

  it.each([
    ['not JSON', 'hello\n', /:1: not an entry/],
    ['a gap', '{"seq":2}\n', /:1: entry 1 is missing/],
  ])('refuses a file with %s', (_what, text, message) => {
    const path = file();
    writeFileSync(path, text);
    expect(() => createLedger(path)).toThrow(message);
  });
});

describe('the behaviour of a vendor', () => {
  it('is shown and set over HTTP, all or nothing', async () => {
    emulator = await startEmulator(thing);
    const put = (body: string) => send('/__control/behaviour', { method: 'PUT', body });
    expect(await (await put('{"mood":"strict"}')).json()).toEqual({ mood: 'strict' });
    for (const wrong of ['{"mood":"odd"}', '{"humour":1}', 'null', '[]', '{']) {
      expect((await put(wrong)).status, wrong).toBe(400);
    }
    expect(await (await send('/__control/behaviour')).json()).toEqual({ mood: 'strict' });
  });
});
