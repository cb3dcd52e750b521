/**
 * Whether what LogiSense shows now is what a change was to make of what it showed before. Pure.
 *
 * A patch is one transaction (`backends.md` §3.6): it happened whole or not at all, so that a part of it proves neither.
 * Refuses to see a success where somebody else may have had a hand in it: two new commitments where one was asked for
 * say nothing of which is ours.
 */
import type { ContractCommitmentChange, ContractCommitmentFields } from '../../domain/change.js';
import type { Evidence, SeenCommitment } from './evidence.js';

/** Of one expectation: it holds; it is as it was before; or it is something else. */
type Sight = 'applied' | 'as-before' | 'neither';

export interface Verdict {
  readonly verdict: 'APPLIED' | 'NOT_APPLIED' | 'CANNOT_TELL';
  /** Ids of what was created, in the order in which it was asked for. */
  readonly created: readonly string[];
}

interface Sights {
  readonly sights: readonly Sight[];
  readonly created?: readonly string[];
}

export function verdictOf(change: ContractCommitmentChange, before: Evidence, now: Evidence): Verdict {
  const { sights, created = [] } = sightsOf(change, before, now);
  const all = (sight: Sight) => sights.length > 0 && sights.every((one) => one === sight);
  if (all('applied')) return { verdict: 'APPLIED', created };
  return { verdict: all('as-before') ? 'NOT_APPLIED' : 'CANNOT_TELL', created: [] };
}

function sightsOf(change: ContractCommitmentChange, before: Evidence, now: Evidence): Sights {
  switch (change.kind) {
    case 'CONTRACT_COMMITMENT_CREATE':
      return creations([change.fields], before, now);
    case 'CONTRACT_COMMITMENT_UPDATE':
      return { sights: updated(change.commitmentId, change.fields, before, now) };
    case 'CONTRACT_COMMITMENT_DELETE':
      return { sights: [deleted(change.commitmentId, before, now)] };
    case 'CONTRACT_COMMITMENT_PATCH':
      return patched(change, before, now);
  }
}

type Patch = Extract<ContractCommitmentChange, { readonly kind: 'CONTRACT_COMMITMENT_PATCH' }>;

function patched(change: Patch, before: Evidence, now: Evidence): Sights {
  const made = creations(
    change.commitments.flatMap((item) => (item.action === 'CREATE' ? [item.fields] : [])),
    before,
    now,
  );
  const roots = change.commitments.flatMap((item) => {
    switch (item.action) {
      case 'CREATE':
        return [];
      case 'UPDATE':
        return updated(item.commitmentId, item.fields, before, now);
      case 'DELETE':
        return [deleted(item.commitmentId, before, now)];
    }
  });
  const owners = new Set([...change.periods, ...change.services].map(({ commitmentId }) => commitmentId));
  const children = [...owners].flatMap((commitmentId) => {
    const was = before.commitments[commitmentId];
    const is = now.commitments[commitmentId];
    if (typeof was !== 'object' || typeof is !== 'object') return ['neither' as const];
    const isItsOwn = (item: { readonly commitmentId: string }) => item.commitmentId === commitmentId;
    return [
      ...periodSights(change.periods.filter(isItsOwn), was, is),
      ...serviceSights(change.services.filter(isItsOwn), was, is),
    ];
  });
  return { sights: [...made.sights, ...roots, ...children], created: made.created ?? [] };
}

function periodSights(periods: Patch['periods'], was: SeenCommitment, is: SeenCommitment): readonly Sight[] {
  if (periods.length === 0) return [];
  const wanted = periods.flatMap((item) => (item.action === 'CREATE' ? [item.fields] : []));
  const added = Object.entries(is.periods).filter(([id]) => was.periods[id] === undefined);
  // A period that nobody here asked for is somebody else's: it may have moved the rest as well.
  const made =
    wanted.length === 0 && added.length > 0 ? ['neither' as const] : sightOfAll(wanted, added).sights;
  return [
    ...made,
    ...periods.flatMap((item): readonly Sight[] => {
      if (item.action === 'CREATE') return [];
      const [old, period] = [was.periods[item.periodId], is.periods[item.periodId]];
      if (item.action === 'DELETE') return [period === undefined ? 'applied' : 'as-before'];
      return old === undefined || period === undefined ? ['neither'] : changed(item.fields, old, period);
    }),
  ];
}

function serviceSights(
  services: Patch['services'],
  was: SeenCommitment,
  is: SeenCommitment,
): readonly Sight[] {
  return services.map(({ action, serviceId }) => {
    const isThere = is.services[serviceId] !== undefined;
    // The row that links them is another: detached and attached again by somebody else.
    if (
      isThere &&
      was.services[serviceId] !== undefined &&
      is.services[serviceId] !== was.services[serviceId]
    )
      return 'neither';
    return isThere === (action === 'ATTACH') ? 'applied' : 'as-before';
  });
}

function updated(
  commitmentId: string,
  fields: ContractCommitmentFields,
  before: Evidence,
  now: Evidence,
): readonly Sight[] {
  const was = before.commitments[commitmentId];
  const is = now.commitments[commitmentId];
  return typeof was === 'object' && typeof is === 'object' ? changed(fields, was, is) : ['neither'];
}

function deleted(commitmentId: string, before: Evidence, now: Evidence): Sight {
  const is = now.commitments[commitmentId];
  if (typeof before.commitments[commitmentId] !== 'object' || is === undefined) return 'neither';
  return is === 'ABSENT' ? 'applied' : is === 'FOREIGN' ? 'neither' : 'as-before';
}

/** One sight for each member that was to change. One that was to stay tells nothing, unless it did not stay. */
function changed(fields: object, was: object, is: object): readonly Sight[] {
  return Object.entries(fields).flatMap(([name, wanted]: [string, unknown]): readonly Sight[] => {
    if (wanted === undefined) return [];
    const old = member(was, name);
    const current = member(is, name);
    if (old === wanted) return current === wanted ? [] : ['neither'];
    return [current === wanted ? 'applied' : current === old ? 'as-before' : 'neither'];
  });
}

function creations(
  wanted: readonly ContractCommitmentFields[],
  before: Evidence,
  now: Evidence,
): { readonly sights: readonly Sight[]; readonly created?: readonly string[] } {
  if (wanted.length === 0) return { sights: [] };
  const isSteady = wanted.every(({ accountContractId = '' }) => {
    const [was, is] = [before.accountContracts[accountContractId], now.accountContracts[accountContractId]];
    return was !== undefined && is !== undefined && was.unreadable === is.unreadable;
  });
  if (!isSteady) return { sights: ['neither'] };
  return sightOfAll(wanted, Object.entries(now.added));
}

/** Each of what was wanted must be one of what was added, and nothing may be left over. */
function sightOfAll(
  wanted: readonly object[],
  added: readonly (readonly [id: string, facts: object | null])[],
): { readonly sights: readonly Sight[]; readonly created?: readonly string[] } {
  if (wanted.length === 0) return { sights: [] };
  if (added.length === 0) return { sights: wanted.map(() => 'as-before') };
  if (added.length !== wanted.length) return { sights: ['neither'] };
  const created = pairUp(wanted, added);
  return created === null ? { sights: ['neither'] } : { sights: wanted.map(() => 'applied'), created };
}

/** For each of what was wanted an id of its own that fits it; `null` if there is no such pairing. */
function pairUp(
  wanted: readonly object[],
  added: readonly (readonly [id: string, facts: object | null])[],
): readonly string[] | null {
  const takenBy = new Map<string, number>();
  // The usual way to a perfect matching: whoever holds what is wanted is asked to take another.
  const place = (index: number, asked: Set<string>): boolean =>
    added.some(([id, facts]) => {
      if (asked.has(id) || !fits(wanted[index] ?? {}, facts)) return false;
      asked.add(id);
      const holder = takenBy.get(id);
      if (holder !== undefined && !place(holder, asked)) return false;
      takenBy.set(id, index);
      return true;
    });
  if (!wanted.every((_, index) => place(index, new Set()))) return null;
  const idOf = new Map([...takenBy].map(([id, index]) => [index, id]));
  return wanted.map((_, index) => idOf.get(index) ?? '');
}

/** Whether all members that were given are there. */
function fits(wanted: object, facts: object | null): boolean {
  return (
    facts !== null &&
    Object.entries(wanted).every(
      ([name, value]: [string, unknown]) => value === undefined || member(facts, name) === value,
    )
  );
}

function member(facts: object, name: string): unknown {
  return (facts as Readonly<Record<string, unknown>>)[name];
}
