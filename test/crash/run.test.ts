/** A run goes on where one of its worlds cannot, tells so, and does not take that for cycles. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TooSlow, type Gateways } from './gateway.js';
import { runCycles } from './run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function gatewaysThat(fail: () => Error): Gateways {
  return {
    folder,
    start: () => Promise.reject(fail()),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

it.each([
  ['are too slow', () => new TooSlow('nothing came'), true],
  ['end by themselves', () => new Error('it ended'), false],
] as const)('with gateways that %s ends after so many worlds', async (_what, fail, isSlowness) => {
  const report = await runCycles(gatewaysThat(fail), { seed: 7, cycles: 30, lanes: 2 });
  expect(report.cycles).toBe(0);
  // The other lane was in the middle of one.
  expect([10, 11]).toContain(report.troubles.length);
  expect(new Set(report.troubles.map(({ seed }) => seed)).size).toBe(report.troubles.length);
  expect(report.troubles.every((one) => one.isSlowness === isSlowness && one.cycle === 0)).toBe(true);
});
