/**
 * Judges a history: whether what clients were told agrees with what the vendors really did and with what the journal
 * says. Pure: the same history has the same verdict. It knows nothing of how a gateway works, only what it promises.
 *
 * - a  a key has at most one effect
 * - b  what was told to be done was done, once
 * - c  what was told to have failed was not done
 * - d  what nobody knew is settled in the end, as the vendor's books have it, or waits for an operator
 * - e  all answers about a key are about one operation, settled ones are equal, and none is forgotten
 * - f  a key that was used for something else is refused, does nothing, and no other key is refused for that
 * - g  who asked owns what was done, and is told of nothing else
 * - h  nothing was done that the journal had not written down before, under the name that it went by
 */
import type { Effect } from '../../src/sandbox/ledger.js';
import type { HistoryEvent, Scope, Told } from './history.js';
import type { JournalRow } from './journal-file.js';

export type Rule = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'nonsense';

export interface Violation {
  readonly rule: Rule;
  readonly what: string;
  /** `null`: nobody's. */
  readonly scope: Scope | null;
}

/** A change that somebody asked for, and how its effect looks. */
export interface Wanted {
  readonly scope: Scope;
  readonly input: string;
  readonly isEffect: (effect: Effect) => boolean;
  /** The vendors' ids of the customer that it is for. */
  readonly customers: ReadonlySet<string>;
}

export interface Evidence {
  readonly history: readonly HistoryEvent[];
  readonly effects: readonly Effect[];
  readonly rows: readonly JournalRow[];
  readonly wanted: readonly Wanted[];
  /** Request ids whose intent was in the journal's file when the request left for the vendor. */
  readonly witnessed: ReadonlySet<string>;
}

export function check(evidence: Evidence): Violation[] {
  const { history, effects, rows, wanted } = evidence;
  const byScope = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const name = nameOf(one.scope);
    byScope.set(name, [...(byScope.get(name) ?? []), one]);
  }
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  const rowsByScope = new Map(rows.map((row) => [nameOf(row), row]));
  const callsByScope = groupCalls(history);
  const owners = new Map<Effect, Wanted>();
  const violations: Violation[] = [];
  for (const effect of effects) {
    const owner = wanted.find(({ isEffect }) => isEffect(effect));
    if (owner === undefined) {
      violations.push({ rule: 'h', what: `nobody asked for ${shown(effect)}`, scope: null });
    } else owners.set(effect, owner);
  }
  for (const [name, inputs] of byScope) {
    const [{ scope } = inputs[0]!] = inputs;
    const judged = judge({
      scope,
      calls: callsByScope.get(name) ?? [],
      done: effects.filter((effect) => nameOf(owners.get(effect)?.scope ?? NOBODY) === name),
      inputOf: (effect) => owners.get(effect)?.input ?? '',
      customers: inputs[0]!.customers,
      row: rowsByScope.get(name) ?? null,
      rowsById,
      witnessed: evidence.witnessed,
    });
    violations.push(...judged.map(([rule, what]): Violation => ({ rule, what, scope })));
  }
  return violations;
}

const NOBODY: Scope = { client: '', organization: '', key: '' };

function nameOf({ client, organization, key }: Scope): string {
  return JSON.stringify([client, organization, key]);
}

function shown({ seq, backend, action, target, requestId }: Effect): string {
  return `effect ${seq}: ${action} of ${target} at ${backend}, request ${requestId ?? 'without a name'}`;
}

interface Call {
  readonly input: string;
  /** Places in the history. */
  readonly began: number;
  readonly ended: number;
  readonly told: Told;
}

/** Calls in the order of their answers; those without one last. */
function groupCalls(history: readonly HistoryEvent[]): Map<string, Call[]> {
  const began = new Map<number, number>();
  const open = new Map<number, { readonly name: string; readonly input: string }>();
  const groups = new Map<string, Call[]>();
  const add = (name: string, call: Call) => groups.set(name, [...(groups.get(name) ?? []), call]);
  history.forEach((event, place) => {
    const name = nameOf(event.scope);
    if (event.type === 'invoke') {
      began.set(event.call, place);
      open.set(event.call, { name, input: event.input });
      return;
    }
    open.delete(event.call);
    add(name, { input: event.input, began: began.get(event.call) ?? place, ended: place, told: event.told });
  });
  for (const [call, { name, input }] of open) {
    add(name, { input, began: began.get(call) ?? 0, ended: history.length, told: { kind: 'lost' } });
  }
  return groups;
}

interface Case {
  readonly scope: Scope;
  readonly calls: readonly Call[];
  readonly done: readonly Effect[];
  readonly inputOf: (effect: Effect) => string;
  readonly customers: ReadonlySet<string>;
  readonly row: JournalRow | null;
  readonly rowsById: ReadonlyMap<string, JournalRow>;
  readonly witnessed: ReadonlySet<string>;
}

type Found = readonly [rule: Rule, what: string];
type Named = Call & { readonly told: Extract<Told, { operationId: string }> };

function judge(one: Case): Found[] {
  const named = one.calls.filter((call): call is Named => 'operationId' in call.told);
  return [
    ...nonsense(one),
    ...effectsOf(one),
    ...outcomes(one, named),
    ...settlement(one),
    ...answers(one, named),
    ...inputs(one, named),
    ...owners(one, named),
  ];
}

function nonsense({ calls }: Case): Found[] {
  return calls.flatMap(({ told }): Found[] => (told.kind === 'nonsense' ? [['nonsense', told.text]] : []));
}

function effectsOf({ done, scope, customers, rowsById, witnessed }: Case): Found[] {
  const found: Found[] = [];
  if (done.length > 1) found.push(['a', `${done.length} effects: ${done.map(shown).join('; ')}`]);
  for (const effect of done) {
    if (!customers.has(effect.customer)) {
      found.push(['g', `${shown(effect)} is of customer ${effect.customer}, which is not the caller's`]);
    }
    const { requestId } = effect;
    const row = requestId === null ? undefined : rowsById.get(requestId);
    if (requestId === null || row === undefined) found.push(['h', `${shown(effect)} is not in the journal`]);
    else if (nameOf(row) !== nameOf(scope)) {
      found.push(['h', `${shown(effect)} is in the journal as that of ${nameOf(row)}`]);
    } else if (!witnessed.has(requestId)) {
      found.push(['h', `${shown(effect)} was sent before it was in the journal`]);
    } else if (row.intendedAt === null || row.intendedAt > effect.at) {
      found.push(['h', `${shown(effect)} is from ${effect.at}, its intent from ${row.intendedAt}`]);
    }
  }
  return found;
}

/** b, c: what clients were told, against the ledger. */
function outcomes({ done, inputOf }: Case, named: readonly Named[]): Found[] {
  return ['ok' as const, 'fail' as const].flatMap((kind): Found[] => {
    const told = new Set(named.filter((call) => call.told.kind === kind).map(({ input }) => input));
    return [...told].flatMap((input): Found[] => {
      const count = done.filter((effect) => inputOf(effect) === input).length;
      if (kind === 'ok' && count === 0) return [['b', 'was told to be done, and there is no effect']];
      if (kind === 'fail' && count > 0) return [['c', 'was told to have failed, and there is an effect']];
      return [];
    });
  });
}

/** d: what the journal says in the end, against the ledger. */
function settlement({ done, row }: Case): Found[] {
  if (row === null) return [];
  switch (row.state) {
    case 'SUCCEEDED':
      return done.length === 0
        ? [['d', `operation ${row.id} is settled as done, and there is no effect`]]
        : [];
    case 'FAILED':
    case 'NOT_SENT':
      return done.length > 0 ? [['d', `operation ${row.id} is ${row.state}, and there is an effect`]] : [];
    default:
      return row.needsOperator ? [] : [['d', `operation ${row.id} is ${row.state} in the end`]];
  }
}

/** Answers that an operation that is known may still get for a moment. */
const PASSING: ReadonlySet<string> = new Set(['STORE_UNAVAILABLE']);

function answers({ calls }: Case, named: readonly Named[]): Found[] {
  const found: Found[] = [];
  const [first] = named;
  if (first === undefined) return found;
  const ids = new Set(named.map(({ told }) => told.operationId));
  if (ids.size > 1) found.push(['e', `answers are about ${ids.size} operations: ${[...ids].join(', ')}`]);
  const settled = named.filter(({ told }) => told.kind !== 'info');
  const datas = new Set(settled.map(({ told }) => told.data));
  if (datas.size > 1) found.push(['e', `settled answers differ: ${[...datas].join(' | ')}`]);
  const own = named.filter(({ told }) => !told.isReplay).length;
  if (own > 1) found.push(['e', `${own} answers say that they are the first`]);
  const last = settled.reduce((place, { ended }) => Math.min(place, ended), Number.POSITIVE_INFINITY);
  for (const call of calls) {
    if (call.told.kind === 'info' && call.began > last) {
      found.push(['e', 'was told to be settled, and later that it is not']);
    }
    if (call.told.kind !== 'refused' || call.input !== first.input || call.began < first.ended) continue;
    const { code } = call.told;
    const isOnItsWay = code === 'IDEMPOTENCY_IN_PROGRESS' && call.began < last;
    if (!isOnItsWay && !PASSING.has(code)) {
      found.push(['e', `operation ${first.told.operationId} was told of, and later forgotten: ${code}`]);
    }
  }
  return found;
}

function inputs({ calls, done, inputOf }: Case, named: readonly Named[]): Found[] {
  const found: Found[] = [];
  const taken = new Set([...named.map(({ input }) => input), ...done.map(inputOf)]);
  if (taken.size > 1) found.push(['f', `${taken.size} different inputs were taken for the same change`]);
  const [first] = named;
  for (const { told, input, began, ended } of calls) {
    if (told.kind !== 'refused') continue;
    const isReused = told.code === 'IDEMPOTENCY_KEY_REUSED';
    if (isReused && !calls.some((other) => other.input !== input && other.began < ended)) {
      found.push(['f', 'was refused as used, and nobody had used it']);
    }
    const isLater = first !== undefined && first.input !== input && began > first.ended;
    if (isLater && !isReused && !PASSING.has(told.code)) {
      found.push(['f', `another input was refused as ${told.code}`]);
    }
  }
  return found;
}

/** Whom the operation belongs to that somebody was told of. */
function owners({ scope, rowsById }: Case, named: readonly Named[]): Found[] {
  const ids = new Set(named.map(({ told }) => told.operationId));
  return [...ids].flatMap((id): Found[] => {
    const row = rowsById.get(id);
    if (row === undefined) return [['e', `operation ${id} was told of, and is not in the journal`]];
    return nameOf(row) === nameOf(scope)
      ? []
      : [['g', `was told of operation ${id}, which is that of ${nameOf(row)}`]];
  });
}
