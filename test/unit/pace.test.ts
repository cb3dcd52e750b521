/** Pieces of work that come in heaps, in turns and in time that tests move. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createPace, createPaceOfTheLoop, type Pace } from '../../src/admission/pace.js';

let now: number;
let atTurnsEnd: (() => void)[];
let atPiecesEnd: (() => void)[];
let pace: Pace;
let done: string[];

const PIECE_MS = 2;
const SLICE_MS = 5;

beforeEach(() => {
  now = 0;
  atTurnsEnd = [];
  atPiecesEnd = [];
  done = [];
  pace = createPace({
    now: () => now,
    afterTurn: (callback) => atTurnsEnd.push(callback),
    afterPiece: (callback) => atPiecesEnd.push(callback),
    sliceMs: SLICE_MS,
  });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
const come = (name: string) =>
  void pace.turn().then(() => {
    done.push(name);
    now += PIECE_MS;
  });
/** What was begun comes to its end, and what is begun then, until nothing more is. */
const work = async () => {
  await settled();
  for (let ends = atPiecesEnd.splice(0); ends.length > 0; ends = atPiecesEnd.splice(0)) {
    for (const end of ends) end();
    await settled();
  }
};
const endTurn = async () => {
  for (const end of atTurnsEnd.splice(0)) end();
  await work();
};

describe('the pace', () => {
  it('does a slice of a heap in each turn, first come first served', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) come(name);
    await work();
    expect(done.join('')).toBe('abc');
    expect(pace.waiting).toBe(4);
    await endTurn();
    expect(done.join('')).toBe('abcdef');
    come('h');
    await endTurn();
    expect(done.join('')).toBe('abcdefgh');
    expect(pace.waiting).toBe(0);
  });

  it('begins no piece while another one is being done', async () => {
    come('a');
    come('b');
    await settled();
    expect(done).toEqual(['a']);
    await endTurn();
    expect(done).toEqual(['a', 'b']);
  });

  it('does one piece in each turn, however long each is', async () => {
    const endless = (name: string) =>
      void pace.turn().then(() => {
        done.push(name);
        now += 1_000;
      });
    for (const name of ['a', 'b', 'c']) endless(name);
    await work();
    expect(done).toEqual(['a']);
    await endTurn();
    expect(done).toEqual(['a', 'b']);
    await endTurn();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('lets nobody wait who comes alone, in whatever turn', async () => {
    for (const name of ['a', 'b', 'c']) {
      come(name);
      await work();
      expect(pace.waiting).toBe(0);
      await endTurn();
    }
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('of the event loop: a piece has come to where it waits before the next is begun, and all are done', async () => {
    const loop = createPaceOfTheLoop();
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        await loop.turn();
        inside += 1;
        most = Math.max(most, inside);
        for (let step = 0; step < 20; step += 1) await Promise.resolve();
        inside -= 1;
      }),
    );
    expect(most).toBe(1);
    expect(loop.waiting).toBe(0);
  });
});
