/** The checker of the crash harness, on histories made by hand: each rule is broken once, and a clean history is clean. */
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/sandbox/ledger.js';
import { check, type Evidence, type Rule, type Wanted } from './checker.js';
import type { HistoryEvent, Scope, Told } from './history.js';
import type { JournalRow } from './journal-file.js';

const SCOPE: Scope = { client: 'north', organization: 'org-1', key: 'key-of-a-change' };
const OTHER: Scope = { client: 'south', organization: 'org-2', key: 'key-of-a-change' };
const ID = 'operation-1';

function told(
  kind: 'ok' | 'fail' | 'info',
  changes: Partial<Extract<Told, { operationId: string }>> = {},
): Told {
  return { kind, operationId: ID, isReplay: true, data: `the ${kind} of it`, ...changes };
}

const refused = (code: string): Told => ({ kind: 'refused', code });

/** Calls one after the other; `at` begins before those in front of it have ended. */
function historyOf(
  ...calls: readonly {
    readonly told: Told;
    readonly input?: string;
    readonly scope?: Scope;
    readonly isAtOnce?: boolean;
  }[]
): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  calls.forEach(({ told: answer, input = 'input', scope = SCOPE, isAtOnce = false }, call) => {
    const invoke: HistoryEvent = { type: 'invoke', call, scope, input };
    if (isAtOnce) events.unshift(invoke);
    else events.push(invoke);
    events.push({ type: 'told', call, scope, input, told: answer });
  });
  return events;
}

function effect(changes: Partial<Effect> = {}): Effect {
  return {
    seq: 1,
    at: 1_000,
    backend: 'cloudmc',
    action: 'commitment.create',
    target: 'input',
    customer: 'customer-1',
    requestId: ID,
    details: {},
    ...changes,
  };
}

function row(changes: Partial<JournalRow> = {}): JournalRow {
  const { client, organization, key } = SCOPE;
  const common = { client, organization, key, needsOperator: false };
  return { id: ID, ...common, state: 'SUCCEEDED', intendedAt: 900, ...changes };
}

function wanted(input: string, scope: Scope = SCOPE, customer = 'customer-1'): Wanted {
  return { scope, input, isEffect: ({ target }) => target === input, customers: new Set([customer]) };
}

const CLEAN: Evidence = {
  history: historyOf(
    { told: { kind: 'lost' } },
    { told: told('info') },
    { told: told('ok') },
    { told: told('ok') },
    { told: refused('IDEMPOTENCY_KEY_REUSED'), input: 'another' },
  ),
  effects: [effect()],
  rows: [row()],
  wanted: [wanted('input'), wanted('another')],
  witnessed: new Set([ID]),
};

function broken(changes: Partial<Evidence>): Rule[] {
  return [...new Set(check({ ...CLEAN, ...changes }).map(({ rule }) => rule))].sort();
}

describe('the checker of the crash harness', () => {
  it('finds nothing in a history in which every promise was kept', () => {
    expect(check(CLEAN)).toEqual([]);
  });

  it('lets a refusal stand that sent nothing, and the same key be used again', () => {
    const history = historyOf({ told: refused('TARGET_BUSY') }, { told: told('ok', { isReplay: false }) });
    expect(check({ ...CLEAN, history })).toEqual([]);
  });

  it('lets an operation wait for an operator, whatever became of it', () => {
    const history = historyOf({ told: told('info') });
    const rows = [row({ state: 'UNKNOWN', needsOperator: true })];
    expect(check({ ...CLEAN, history, rows })).toEqual([]);
    expect(check({ ...CLEAN, history, rows, effects: [] })).toEqual([]);
  });

  const CASES: readonly (readonly [what: string, rules: readonly Rule[], changes: Partial<Evidence>])[] = [
    ['two effects of one key', ['a'], { effects: [effect(), effect({ seq: 2 })] }],
    ['success without an effect', ['b', 'd'], { effects: [] }],
    [
      'failure with an effect',
      ['c', 'd'],
      { history: historyOf({ told: told('fail') }), rows: [row({ state: 'FAILED' })] },
    ],
    [
      'a settlement that the ledger contradicts',
      ['d'],
      { history: historyOf({ told: told('info') }), rows: [row({ state: 'FAILED' })] },
    ],
    [
      'an operation that is never settled',
      ['d'],
      { history: historyOf({ told: told('info') }), rows: [row({ state: 'UNKNOWN' })] },
    ],
    [
      'two operations of one key',
      ['e', 'g'],
      {
        history: historyOf({ told: told('ok') }, { told: told('ok', { operationId: 'operation-2' }) }),
        rows: [row(), row({ id: 'operation-2', ...OTHER })],
      },
    ],
    [
      'settled answers that differ',
      ['e'],
      { history: historyOf({ told: told('ok') }, { told: told('ok', { data: 'something else' }) }) },
    ],
    [
      'two answers that are no replay',
      ['e'],
      {
        history: historyOf(
          { told: told('ok', { isReplay: false }) },
          { told: told('ok', { isReplay: false }) },
        ),
      },
    ],
    [
      'an operation that is open again',
      ['e'],
      { history: historyOf({ told: told('ok') }, { told: told('info') }) },
    ],
    [
      'an acknowledged operation that nobody knows any more',
      ['e'],
      { history: historyOf({ told: told('ok') }, { told: refused('TARGET_BUSY') }) },
    ],
    ['an operation that is not in the journal', ['e', 'h'], { rows: [] }],
    [
      'two inputs that were taken for one',
      ['b', 'f'],
      { history: historyOf({ told: told('ok') }, { told: told('ok'), input: 'another' }) },
    ],
    [
      'another input that is refused for another reason',
      ['f'],
      { history: historyOf({ told: told('ok') }, { told: refused('NOT_CHANGED'), input: 'another' }) },
    ],
    [
      'a key refused as used that nobody used',
      ['f'],
      {
        history: [
          ...historyOf({ told: told('ok') }),
          ...historyOf({ told: refused('IDEMPOTENCY_KEY_REUSED'), scope: OTHER }).map((event) => ({
            ...event,
            call: 100,
          })),
        ],
        wanted: [wanted('input'), wanted('elsewhere', OTHER, 'customer-2')],
      },
    ],
    ['an effect of somebody else', ['g'], { effects: [effect({ customer: 'customer-2' })] }],
    ['an answer about the operation of somebody else', ['g', 'h'], { rows: [row({ client: 'south' })] }],
    ['an effect that nobody asked for', ['b', 'd', 'h'], { effects: [effect({ target: 'a surprise' })] }],
    ['an effect without a request id', ['h'], { effects: [effect({ requestId: null })] }],
    ['an effect that was sent before its intent was durable', ['h'], { witnessed: new Set<string>() }],
    ['an effect that is older than its intent', ['h'], { rows: [row({ intendedAt: 1_001 })] }],
    ['nonsense', ['nonsense'], { history: historyOf({ told: { kind: 'nonsense', text: '<html>' } }) }],
  ];

  it.each(CASES)('finds %s', (_what, rules, changes) => {
    expect(broken(changes)).toEqual(rules);
  });
});
