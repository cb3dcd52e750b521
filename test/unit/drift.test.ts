/** What is counted is counted without end; what is told is told once, and bounded. */
import { beforeEach, expect, it } from 'vitest';
import { createDrift, type DriftCounter } from '../../src/observability/drift.js';

let told: string[];
let drift: DriftCounter;
beforeEach(() => {
  told = [];
  drift = createDrift((source, what, kind) => told.push(`${kind} ${source} ${what}`));
});

it('counts each kind for each source', () => {
  drift.unknownField('CLOUDMC', 'commitment.colour');
  drift.unknownField('CLOUDMC', 'commitment.colour');
  drift.unrecognized('CLOUDMC', 'commitment.status', 'PAUSED');
  drift.foreign('LOGISENSE');
  drift.dropped('LOGISENSE');
  const none = { unrecognizedValues: 0, unknownFields: 0, foreignRecords: 0, droppedRecords: 0 };
  expect(drift.counts('CLOUDMC')).toEqual({ ...none, unrecognizedValues: 1, unknownFields: 2 });
  expect(drift.counts('LOGISENSE')).toEqual({ ...none, foreignRecords: 1, droppedRecords: 1 });
  expect(drift.counts('SALESFORCE')).toEqual(none);
});

it('tells each path and each value once for each source', () => {
  for (const source of ['CLOUDMC', 'LOGISENSE', 'CLOUDMC'] as const) {
    drift.unknownField(source, 'commitment.colour');
    drift.unrecognized(source, 'commitment.status', 'PAUSED');
  }
  expect(told).toEqual([
    'field CLOUDMC commitment.colour',
    'value CLOUDMC commitment.status=PAUSED',
    'field LOGISENSE commitment.colour',
    'value LOGISENSE commitment.status=PAUSED',
  ]);
});

it('stops telling, not counting, after two hundred, and only for that source and kind', () => {
  for (let n = 0; n < 250; n += 1) drift.unknownField('CLOUDMC', `commitment.m${n}`);
  expect(told).toHaveLength(200);
  expect(drift.counts('CLOUDMC').unknownFields).toBe(250);
  drift.unrecognized('CLOUDMC', 'commitment.status', 'PAUSED');
  drift.unknownField('LOGISENSE', 'commitment.colour');
  expect(told).toHaveLength(202);
});
