/** How many operations are worked on at once, in time that tests move and with a processor that does what they say. */
import { describe, expect, it } from 'vitest';
import { beginsWithChange, createGate, type Gate, type Place } from '../../src/admission/gate.js';

/** Timers that can be late, as those of a busy event loop are. */
function lateTimers() {
  let now = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds: number, callback: () => void) {
      const entry = { at: now + milliseconds, callback };
      waiting.push(entry);
      return { cancel: () => (waiting = waiting.filter((one) => one !== entry)) };
    },
    /** Goes on to the next timer, and so many milliseconds beyond. */
    turn(lateMs: number): void {
      const next = waiting.shift();
      if (next === undefined) throw new Error('nobody waits');
      now = next.at + lateMs;
      next.callback();
    },
    pass(milliseconds: number): void {
      now += milliseconds;
    },
    get isIdle() {
      return waiting.length === 0;
    },
  };
}

let endTurn: () => void = () => undefined;
const afterTurn = (callback: () => void) => {
  endTurn = callback;
};

function fill(gate: Gate, mayBeChange = false): Place[] {
  const places: Place[] = [];
  for (;;) {
    const place = gate.enter(mayBeChange);
    if (place === null) return places;
    places.push(place);
  }
}

describe('the gate', () => {
  it('lets in as many as there is room for, and others when they leave, however often they do', () => {
    const gate = createGate({ afterTurn, timers: lateTimers(), utilization: () => 0, most: 3 });
    const [first] = fill(gate);
    expect(gate.state()).toMatchObject({ inside: 3, room: 3 });
    first?.leave();
    first?.leave();
    expect(fill(gate)).toHaveLength(1);
  });

  it('keeps a share for changes, which others cannot take', () => {
    const gate = createGate({ afterTurn, timers: lateTimers(), utilization: () => 0, most: 80 });
    const reads = fill(gate);
    expect(reads).toHaveLength(80);
    expect(reads.some(({ isReserved }) => isReserved)).toBe(false);
    const changes = fill(gate, true);
    expect(changes).toHaveLength(10);
    expect(changes.every(({ isReserved }) => isReserved)).toBe(true);
  });

  it('keeps its room while it is late, and idle: another process has the processor', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 0.3, least: 1, most: 100 });
    fill(gate);
    for (let i = 0; i < 200; i += 1) timers.turn(200);
    expect(gate.state().room).toBe(100);
  });

  it('has as many inside as leave the event loop no pause, and not many more', () => {
    const timers = lateTimers();
    /** As many as this keep the processor busy while others wait for backends. */
    let needed = 40;
    let inside: Place[] = [];
    const work = () => Math.min(1, inside.length / needed);
    const gate = createGate({ afterTurn, timers, utilization: work, least: 10, most: 500 });
    const pass = (looks: number) =>
      Array.from({ length: looks }, () => {
        inside.splice(gate.state().room).forEach((place) => {
          place.leave();
        });
        endTurn();
        inside = [...inside, ...fill(gate)];
        timers.turn(2);
        return { inside: inside.length, work: work() };
      });
    const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    for (const next of [40, 200, 20]) {
      needed = next;
      pass(30);
      const seen = pass(100);
      expect(mean(seen.map((one) => one.work))).toBeGreaterThan(0.9);
      expect(mean(seen.map((one) => one.inside))).toBeLessThan(1.5 * needed);
    }
  });

  it('lets others in at once when those inside wait for somebody else', () => {
    const timers = lateTimers();
    let utilization = 1;
    let calls = 0;
    const onGrow = () => {
      calls += 1;
    };
    const gate = createGate({
      afterTurn,
      timers,
      utilization: () => utilization,
      onGrow,
      least: 20,
      most: 500,
    });
    fill(gate);
    for (let i = 0; i < 60; i += 1) timers.turn(2);
    expect(gate.state().room).toBeLessThan(110); // nobody was told to leave
    expect(calls).toBe(0);
    utilization = 0.1;
    for (let i = 0; i < 8; i += 1) {
      timers.turn(0);
      endTurn();
      fill(gate);
    }
    expect(gate.state()).toEqual({ inside: 500, room: 500 });
    expect(calls).toBeGreaterThan(2);
  });

  it('does not grow where nobody is kept out', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 0.1 });
    const { room } = gate.state();
    gate.enter(false);
    for (let i = 0; i < 20; i += 1) timers.turn(0);
    expect(gate.state().room).toBe(room);
  });

  it('shrinks from how many there are, not from how many there might be', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 1, least: 5, most: 2_000 });
    for (let i = 0; i < 40; i += 1) gate.enter(false);
    for (let i = 0; i < 20; i += 1) timers.turn(100);
    expect(gate.state().room).toBeLessThan(40);
  });

  it('begins nothing more in a turn that has lasted too long', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 1 });
    /** How many are begun in one turn, each of which takes half a millisecond and waits for nobody. */
    const begun = (mayBeChange: boolean) => {
      endTurn();
      let count = 0;
      for (;;) {
        const place = gate.enter(mayBeChange);
        if (place === null) return count;
        place.leave();
        timers.pass(0.5);
        count += 1;
      }
    };
    expect(begun(false)).toBe(21);
    expect(begun(true)).toBe(23); // two of them are kept for changes
    expect(begun(false)).toBe(21);
  });

  it('takes a few in every turn: it may be long because the processor was elsewhere', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 1 });
    gate.enter(false)?.leave();
    for (let i = 0; i < 60; i += 1) timers.turn(80);
    endTurn();
    let taken = 0;
    while (gate.enter(false) !== null) {
      timers.pass(5_000);
      taken += 1;
    }
    expect(taken).toBe(16);
  });

  it('leaves no timer behind', () => {
    const timers = lateTimers();
    const gate = createGate({ afterTurn, timers, utilization: () => 0 });
    timers.turn(0);
    gate.stop();
    expect(timers.isIdle).toBe(true);
  });
});

describe('a text that begins with a change', () => {
  it.each([
    ['mutation { a }', true],
    ['  \n\t,mutation M($a: Int) { a }', true],
    ['\uFEFF# why\n# and how\r\nmutation{a}', true],
    ['mutations { a }', false],
    ['query { mutation }', false],
    ['{ a }', false],
    ['', false],
    ['#mutation { a }', false],
    ['"mutation"', false],
  ])('%j: %s', (text, is) => {
    expect(beginsWithChange(text)).toBe(is);
  });
});
