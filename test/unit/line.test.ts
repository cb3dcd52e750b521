/** Who waits for room, in time that tests move. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '../../src/admission/gate.js';
import { createLine, type Line } from '../../src/admission/line.js';
import { manualTimers } from '../support/manual-timers.js';

let timers: ReturnType<typeof manualTimers>;
let room: number;
let isTurnOver: boolean;
let endTurn: () => void;
let line: Line;
let told: string[];

beforeEach(() => {
  timers = manualTimers();
  room = 0;
  isTurnOver = false;
  told = [];
  line = createLine({
    timers,
    afterTurn: (callback) => {
      endTurn = callback;
    },
    enter: () => {
      if (room === 0 || isTurnOver) return null;
      room -= 1;
      return place;
    },
    isRoom: () => room > 0,
  });
});

const place: Place = { isReserved: false, leave: () => undefined };

const wait = (name: string, isGone = () => false) =>
  line.wait(isGone).then((got) => told.push(`${name} ${got === null ? 'away' : 'in'}`));
const leave = () => {
  room += 1;
  line.moveUp();
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the line', () => {
  it('lets in who came first, one for each who leaves', async () => {
    for (const name of ['a', 'b', 'c']) void wait(name);
    leave();
    await settled();
    expect(told).toEqual(['a in']);
    leave();
    leave();
    await settled();
    expect(told).toEqual(['a in', 'b in', 'c in']);
    expect(line.length).toBe(0);
  });

  it('lets in as many as there is room for when there is more of it, and expects no more for that', async () => {
    for (const name of ['a', 'b', 'c']) void wait(name);
    await timers.tick(400);
    room = 2;
    line.letIn();
    await settled();
    expect(told).toEqual(['a in', 'b in']);
    // Nobody has left for 400 ms: three of those are too long.
    void wait('d');
    void wait('e');
    void wait('f');
    await settled();
    expect(told).toEqual(['a in', 'b in', 'f away']);
  });

  it('tells after a second who has waited for it, though nobody leaves', async () => {
    void wait('a');
    await timers.tick(600);
    void wait('b');
    await timers.tick(400);
    await settled();
    expect(told).toEqual(['a away']);
    await timers.tick(600);
    await settled();
    expect(told).toEqual(['a away', 'b away']);
  });

  it('turns away at once who would wait for longer, by how fast others leave', async () => {
    void wait('first');
    for (let n = 0; n < 100; n += 1) {
      void wait(String(n));
      await timers.tick(20);
      leave();
    }
    await settled();
    told = [];
    // Some twenty milliseconds each.
    for (let n = 0; n < 80; n += 1) void wait(String(n));
    await settled();
    const away = told.length;
    expect(away).toBeGreaterThan(20);
    expect(away).toBeLessThan(45);
    expect(told.every((text) => text.endsWith('away'))).toBe(true);
  });

  it('turns away at once while others wait and nobody has left for as long as anybody waits', async () => {
    void wait('a');
    await timers.tick(999);
    void wait('b');
    await timers.tick(0.5);
    void wait('c');
    await settled();
    expect(told).toEqual(['c away']);
  });

  it('turns nobody away because others leave in heaps', async () => {
    for (let heap = 0; heap < 5; heap += 1) {
      for (let n = 0; n < 100; n += 1) void wait(String(n));
      await timers.tick(100);
      for (let n = 0; n < 100; n += 1) void wait(String(n));
      await timers.tick(100);
      for (let n = 0; n < 200; n += 1) leave();
    }
    await settled();
    expect(told).toHaveLength(1_000);
    expect(told.filter((text) => text.endsWith('away'))).toEqual([]);
  });

  it('gives no place to those who have gone', async () => {
    let isGone = false;
    void wait('gone', () => isGone);
    void wait('next');
    isGone = true;
    leave();
    await settled();
    expect(told).toEqual(['gone away', 'next in']);
  });

  it('goes on in the next turn where there is room and this one has lasted long enough', async () => {
    isTurnOver = true;
    room = 1;
    void wait('a');
    await settled();
    expect(told).toEqual([]);
    isTurnOver = false;
    endTurn();
    await settled();
    expect(told).toEqual(['a in']);
  });

  it('holds no more than it says', async () => {
    for (let n = 0; n < 5_000; n += 1) {
      void wait(String(n));
    }
    await settled();
    expect(line.length).toBeLessThanOrEqual(1_000);
  });
});
