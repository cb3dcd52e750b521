/**
 * What is checked before a minimum commitment is changed (seed 000, "Before Service Order Changes"), each check by itself.
 *
 * Guarantees: a check passes only on what was read, whole and not stale; what could not be read, and what only people can
 * judge, is UNKNOWN, and says why; every verdict has what it was made of as evidence. Refuses to interpret a contract:
 * its statements are shown, and nothing is concluded from them but a minimum that is stated as an amount.
 */
import type { Day, Instant, Term } from './calendar.js';
import type { ChangeKind } from './change.js';
import type { Commitment, MinimumCommitment } from './commitment.js';
import { printAmount, type Money } from './money.js';
import type { Observation } from './observation.js';
import type { Operation } from './operation.js';
import type { OrganizationSlug } from './organization.js';
import { overlapsOf } from './overlap.js';
import { SOURCE_LABELS, type CommitmentSourceName, type SourceName } from './source.js';
import { hasDays, spanOf, type Span } from './span.js';
import { isStateOf, type ContractTerms, type MinimumCommitmentState } from './spend.js';

export const CHECK_CODES = [
  'COMMITMENT_ACTIVE',
  'SYNCHRONIZED',
  'NO_OVERLAP',
  'MINIMUM_MET',
  'CONTRACT_RESTRICTIONS',
  'NO_OPEN_OPERATION',
  'VERSION_CURRENT',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

/** FAIL: what was read speaks against the change. UNKNOWN: it could not be found out, or is for people to judge. */
export type Verdict = 'PASS' | 'FAIL' | 'UNKNOWN';

export interface Evidence {
  readonly name: string;
  /** `null`: its source gives none. */
  readonly value: string | null;
  /** `null`: the caller, the account directory or the gateway's own journal. */
  readonly source: SourceName | null;
  readonly observedAt: Instant | null;
}

export interface Check {
  readonly code: CheckCode;
  readonly verdict: Verdict;
  /** For people; nothing internal. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** The system that the check is about; `null`: several, or the gateway itself. */
  readonly source: SourceName | null;
}

/** What was read, or why it was not, as a sentence for callers. */
export type Reading<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly why: string };

/** A list of one backend. `isComplete`: false where records are missing from it. */
export interface ListReading {
  readonly items: readonly Commitment[];
  readonly isComplete: boolean;
  readonly observation: Observation;
}

export interface ProposedChange {
  /** A month's. `null`: it stays. */
  readonly minimum: Money | null;
  /** `null`: it stays. */
  readonly startsOn: Day | null;
  readonly endsBefore: Day | null;
  /** A commitment beside the current one, which then stays as it is. */
  readonly isAddition: boolean;
  /** What the minimum must be at least, as the caller knows it. */
  readonly requiredMinimum: Money | null;
}

/** A mutation that somebody means to make. */
export interface PlannedMutation {
  readonly kind: ChangeKind;
  readonly source: SourceName;
  /** The backend's id of what it changes; `null`: something new, or the customer as a whole. */
  readonly externalId: string | null;
  /** Of what the caller has read; `null`: not to be compared. */
  readonly expectedVersion: string | null;
  /** As it is now; `null` inside: it is not there. Not looked at without an expected version. */
  readonly version: Reading<string | null>;
}

export interface PreflightInput {
  readonly organization: OrganizationSlug;
  readonly change: ProposedChange;
  readonly mutations: readonly PlannedMutation[];
  readonly state: Reading<MinimumCommitmentState | null>;
  /** Of each backend in which the customer has an account. */
  readonly commitments: readonly {
    readonly source: CommitmentSourceName;
    readonly reading: Reading<ListReading>;
  }[];
  readonly terms: Reading<ContractTerms | null>;
  /** Those of the customer that are not settled. */
  readonly operations: Reading<readonly Operation[]>;
  readonly today: Day;
  readonly now: Instant;
}

export interface Preflight {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

const CM = 'COMMITMENT_MANAGER';
const MANAGER = SOURCE_LABELS[CM];

export function preflightOf(input: PreflightInput): Preflight {
  const checks = [
    active(input),
    synchronized(input),
    noOverlap(input),
    minimumMet(input),
    contractRestrictions(input),
    noOpenOperation(input),
    ...versionCurrent(input),
  ];
  return { verdict: worst(checks.map(({ verdict }) => verdict)), checks };
}

/** FAIL where one fails, else UNKNOWN where one is unknown. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('FAIL') ? 'FAIL' : verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'PASS';
}

function printMoney(money: Money | null): string | null {
  return money && `${printAmount(money)} ${money.currency}`;
}

const STALE = 'could not be asked, and its last answer is too old to decide by.';

/** The reading, if it can be decided by. */
function usable<T extends { readonly observation: Observation } | null>(reading: Reading<T>): Reading<T> {
  return reading.kind === 'known' && reading.value?.observation.stale === true
    ? { kind: 'unknown', why: `${MANAGER} ${STALE}` }
    : reading;
}

function of(observation: Observation | null, source: SourceName | null = CM) {
  return (name: string, value: string | null): Evidence => ({
    name,
    value,
    source,
    observedAt: observation?.observedAt ?? null,
  });
}

const given = of(null, null);

function active({ state: reading }: PreflightInput): Check {
  const base = { code: 'COMMITMENT_ACTIVE', source: CM } as const;
  const state = usable(reading);
  if (state.kind === 'unknown') return { ...base, verdict: 'UNKNOWN', message: state.why, evidence: [] };
  if (state.value === null) {
    return {
      ...base,
      verdict: 'FAIL',
      message: `${MANAGER} has no current commitment of this customer.`,
      evidence: [],
    };
  }
  const { status, statusText, term, observation } = state.value;
  const see = of(observation);
  const evidence = [
    see('status', statusText ?? status),
    see('startsOn', term.startsOn),
    see('endsBefore', term.endsBefore),
  ];
  if (status === 'ACTIVE') {
    return { ...base, verdict: 'PASS', message: 'The current commitment is active.', evidence };
  }
  return status === 'UNKNOWN' || status === 'UNRECOGNIZED'
    ? {
        ...base,
        verdict: 'UNKNOWN',
        message: `${MANAGER} does not say whether the commitment is active.`,
        evidence,
      }
    : { ...base, verdict: 'FAIL', message: 'The current commitment is not active.', evidence };
}

function synchronized({ state: reading }: PreflightInput): Check {
  const base = { code: 'SYNCHRONIZED', source: CM } as const;
  const state = usable(reading);
  if (state.kind === 'unknown') return { ...base, verdict: 'UNKNOWN', message: state.why, evidence: [] };
  if (state.value === null) {
    return {
      ...base,
      verdict: 'UNKNOWN',
      message: `${MANAGER} gives a sync state of the current commitment only, and there is none.`,
      evidence: [],
    };
  }
  const { syncStatus, syncStatusText, lastUpdatedAt, commitmentHandlerId, observation } = state.value;
  const see = of(observation);
  const evidence = [
    see('syncStatus', syncStatusText ?? syncStatus),
    see('lastUpdatedAt', lastUpdatedAt),
    see('commitmentHandlerId', commitmentHandlerId),
  ];
  switch (syncStatus) {
    case 'SYNCHRONIZED':
      return { ...base, verdict: 'PASS', message: 'Billing holds what the CRM last said.', evidence };
    case 'PENDING':
      return {
        ...base,
        verdict: 'FAIL',
        message:
          'A change is on its way to billing. Wait until it has arrived: two to five minutes are normal.',
        evidence,
      };
    case 'FAILED':
      return { ...base, verdict: 'FAIL', message: 'The last change did not reach billing.', evidence };
    case 'UNRECOGNIZED':
    case null:
      return {
        ...base,
        verdict: 'UNKNOWN',
        message: `${MANAGER} does not say whether it is synchronized, in words that are known.`,
        evidence,
      };
  }
}

/** When the changed commitment would run; `null`: its start is not known. */
function proposedTerm({ change, state: reading }: PreflightInput): Term | null {
  const state = usable(reading);
  const current = change.isAddition || state.kind === 'unknown' ? null : (state.value?.term ?? null);
  const startsOn = change.startsOn ?? current?.startsOn ?? null;
  return startsOn === null
    ? null
    : { startsOn, endsBefore: change.endsBefore ?? current?.endsBefore ?? null };
}

function meet(a: Span, b: Span): boolean {
  return (
    hasDays(a) &&
    hasDays(b) &&
    (b.endsBefore === null || a.startsOn < b.endsBefore) &&
    (a.endsBefore === null || b.startsOn < a.endsBefore)
  );
}

/** Of a list that the check is about, as one line. */
function lineOf(commitment: Commitment): Evidence {
  const { source, externalId, name, term, status, observation } = commitment;
  const days = `${term.startsOn ?? '?'} to ${term.endsBefore ?? 'open'} (the last day not included)`;
  return of(observation, source)(
    `commitment ${externalId}`,
    `${name === null ? '' : `${name}, `}${status}, ${days}`,
  );
}

/** The commitment that the change would make, for comparing it as any other. */
function proposedOf(input: PreflightInput, term: Term): MinimumCommitment {
  return {
    kind: 'minimum',
    source: CM,
    externalId: '',
    organization: input.organization,
    name: null,
    status: 'UNKNOWN',
    statusText: null,
    term,
    committed: input.change.minimum,
    committedPer: 'MONTH',
    products: [],
    periods: [],
    createdAt: null,
    updatedAt: null,
    cancelledAt: null,
    observation: { observedAt: input.now, stale: false },
  };
}

function noOverlap(input: PreflightInput): Check {
  const base = { code: 'NO_OVERLAP', source: null } as const;
  const term = proposedTerm(input);
  if (term === null) {
    const message = 'When the changed commitment would begin is neither given nor known.';
    return { ...base, verdict: 'UNKNOWN', message, evidence: [] };
  }
  const proposed = proposedOf(input, term);
  const span = spanOf(proposed) as Span; // it has a start, and is not cancelled
  const asked = [given('startsOn', term.startsOn), given('endsBefore', term.endsBefore)];
  if (!hasDays(span)) {
    const message = 'The changed commitment would end before it begins.';
    return { ...base, verdict: 'FAIL', message, evidence: asked };
  }

  const state = usable(input.state);
  const evidence: Evidence[] = [...asked];
  const doubts: string[] = [];
  let conflicts = 0;
  for (const { source, reading } of input.commitments) {
    if (reading.kind === 'unknown') {
      doubts.push(reading.why);
      continue;
    }
    const { items, isComplete, observation } = reading.value;
    if (observation.stale) doubts.push(`${SOURCE_LABELS[source]} ${STALE}`);
    if (!isComplete) doubts.push(`${SOURCE_LABELS[source]} did not give all of its commitments.`);
    evidence.push(of(observation, source)('commitments looked at', String(items.length)));
    if (source === CM) {
      const minimums = items.filter((one): one is MinimumCommitment => one.kind === 'minimum');
      const found = againstMinimums(proposed, minimums, state, input.change);
      conflicts += found.conflicts;
      evidence.push(...found.evidence);
      doubts.push(...found.doubts);
      continue;
    }
    const others = items.filter(({ status }) => status !== 'EXPIRED' && status !== 'CANCELLED');
    const undated = others.filter((one) => typeof spanOf(one) === 'string');
    const beside = others.filter((one) => {
      const other = spanOf(one);
      return typeof other !== 'string' && meet(span, other);
    });
    evidence.push(...[...beside, ...undated].map(lineOf));
    if (undated.length > 0)
      doubts.push(`${SOURCE_LABELS[source]} does not say when all of its commitments run.`);
    if (beside.length > 0) {
      doubts.push(
        `${SOURCE_LABELS[source]} has commitments on the same days; whether they may stand beside a minimum spend is for people to judge.`,
      );
    }
  }
  if (conflicts > 0) {
    const message = `${MANAGER} has another commitment on the same days, and allows one at a time.`;
    return { ...base, verdict: 'FAIL', message, evidence };
  }
  if (input.commitments.length === 0)
    doubts.push('The customer has no account in any system that keeps commitments.');
  return doubts.length > 0
    ? { ...base, verdict: 'UNKNOWN', message: [...new Set(doubts)].join(' '), evidence }
    : { ...base, verdict: 'PASS', message: 'No other commitment binds on the same days.', evidence };
}

function againstMinimums(
  proposed: MinimumCommitment,
  minimums: readonly MinimumCommitment[],
  state: Reading<MinimumCommitmentState | null>,
  { isAddition }: ProposedChange,
): {
  readonly conflicts: number;
  readonly evidence: readonly Evidence[];
  readonly doubts: readonly string[];
} {
  const isCurrent = (one: MinimumCommitment) =>
    state.kind === 'known' && state.value !== null && isStateOf(state.value, one);
  const others = minimums.filter((one) => isAddition || !isCurrent(one));
  const { overlaps, notCompared } = overlapsOf([...others, proposed]);
  const colliding = overlaps
    .filter(({ isConflict, first, second }) => isConflict && (first === proposed || second === proposed))
    .map(({ first, second }) => (first === proposed ? second : first));
  const unclear = notCompared.map(({ commitment }) => commitment);
  const doubts = unclear.length === 0 ? [] : [`${MANAGER} does not say when all of its commitments run.`];
  const evidence = [...colliding, ...unclear].map(lineOf);
  if (colliding.length > 0 && !isAddition && state.kind === 'unknown') {
    const doubt = `Which commitment is the current one, and would be changed, is not known: ${state.why}`;
    return { conflicts: 0, evidence, doubts: [...doubts, doubt] };
  }
  return { conflicts: colliding.length, evidence, doubts };
}

/** The minimum as billing's list states it, whose unit is documented; else that of the current state. */
function currentMinimum({ state: reading, commitments }: PreflightInput): {
  readonly minimum: Money | null;
  readonly observation: Observation | null;
} {
  const state = usable(reading);
  if (state.kind === 'unknown' || state.value === null) return { minimum: null, observation: null };
  const current = state.value;
  const list = commitments.find(({ source }) => source === CM)?.reading;
  const listed =
    list?.kind === 'known' && !list.value.observation.stale
      ? list.value.items.find((one) => one.kind === 'minimum' && isStateOf(current, one))
      : undefined;
  return listed?.committed == null
    ? { minimum: current.minimum, observation: current.observation }
    : { minimum: listed.committed, observation: listed.observation };
}

function minimumMet(input: PreflightInput): Check {
  const { change } = input;
  const current = currentMinimum(input);
  const minimum = change.minimum ?? (change.isAddition ? null : current.minimum);
  const required = requiredOf(input);
  const evidence = [
    ...(change.minimum === null
      ? [of(current.observation)('current minimum a month', printMoney(current.minimum))]
      : [given('minimum a month', printMoney(change.minimum))]),
    ...required.evidence,
  ];
  const base = { code: 'MINIMUM_MET', source: required.source, evidence } as const;
  if (minimum === null) {
    return {
      ...base,
      verdict: 'UNKNOWN',
      message: 'The minimum after the change is neither given nor known.',
    };
  }
  if (required.amount === null) return { ...base, verdict: 'UNKNOWN', message: required.why };
  if (minimum.currency !== required.amount.currency) {
    return {
      ...base,
      verdict: 'UNKNOWN',
      message: `The minimum is in ${minimum.currency} and the required one in ${required.amount.currency}.`,
    };
  }
  return minimum.amount.gte(required.amount.amount)
    ? { ...base, verdict: 'PASS', message: 'The minimum is at least the required one.' }
    : { ...base, verdict: 'FAIL', message: 'The minimum is below the required one.' };
}

interface Required {
  readonly amount: Money | null;
  readonly why: string;
  readonly source: SourceName | null;
  readonly evidence: readonly Evidence[];
}

/** As the caller says, else as the step of the contract's escalation that is in force states it. */
function requiredOf(input: PreflightInput): Required {
  const { change, today } = input;
  if (change.requiredMinimum !== null) {
    const evidence = [given('required minimum a month', printMoney(change.requiredMinimum))];
    return { amount: change.requiredMinimum, why: '', source: null, evidence };
  }
  const terms = usable(input.terms);
  const nothing = (why: string): Required => ({ amount: null, why, source: CM, evidence: [] });
  if (terms.kind === 'unknown') return nothing(terms.why);
  const startsOn = proposedTerm(input)?.startsOn ?? today;
  const on = startsOn > today ? startsOn : today;
  const [step] = (terms.value?.escalation ?? [])
    .filter(({ effectiveOn }) => effectiveOn !== null && effectiveOn <= on)
    .sort((a, b) => ((a.effectiveOn ?? '') < (b.effectiveOn ?? '') ? 1 : -1));
  if (terms.value === null || step === undefined) {
    return nothing(
      'What the minimum must be is not given, and the contract states no amount that is in force.',
    );
  }
  const see = of(terms.value.observation);
  const evidence = [
    see('escalation in force since', step.effectiveOn),
    see('escalation to a month', printMoney(step.minimum)),
  ];
  return step.minimum === null
    ? { ...nothing('The contract states the step that is in force, and no amount for it.'), evidence }
    : { amount: step.minimum, why: '', source: CM, evidence };
}

function contractRestrictions(input: PreflightInput): Check {
  const base = { code: 'CONTRACT_RESTRICTIONS', source: CM } as const;
  const terms = usable(input.terms);
  if (terms.kind === 'unknown') return { ...base, verdict: 'UNKNOWN', message: terms.why, evidence: [] };
  if (terms.value === null) {
    return {
      ...base,
      verdict: 'UNKNOWN',
      message: `${MANAGER} has no contract of this customer that could be read.`,
      evidence: [],
    };
  }
  const { clauses, observation } = terms.value;
  const see = of(observation);
  const evidence = clauses.map(({ kind, name, text }) => see(`${kind}: ${name}`, text));
  return clauses.length === 0
    ? {
        ...base,
        verdict: 'PASS',
        message: 'The contract holds no statements.',
        evidence: [see('clauses', '0')],
      }
    : {
        ...base,
        verdict: 'UNKNOWN',
        message: 'Whether the contract allows the change is for people to judge: read its statements.',
        evidence,
      };
}

/** Whether the operation is one on that thing, or on all of the customer's things there. */
function concerns(
  operation: Operation,
  { source, externalId }: Pick<PlannedMutation, 'source' | 'externalId'>,
) {
  if (operation.source !== source) return false;
  // These two take one change of a customer at a time.
  if (source === 'COMMITMENT_MANAGER' || source === 'LOGISENSE' || externalId === null) return true;
  const id = externalId.toLowerCase();
  return operation.externalId === null
    ? operation.target.toLowerCase().endsWith(`/${id}`)
    : operation.externalId.toLowerCase() === id;
}

function noOpenOperation({ operations, mutations }: PreflightInput): Check {
  const base = { code: 'NO_OPEN_OPERATION', source: null } as const;
  if (operations.kind === 'unknown') {
    return { ...base, verdict: 'UNKNOWN', message: operations.why, evidence: [] };
  }
  const targets = [{ source: CM, externalId: null } as const, ...mutations];
  const open = operations.value.filter(
    (operation) =>
      (operation.state === 'PENDING' || operation.state === 'UNKNOWN') &&
      targets.some((target) => concerns(operation, target)),
  );
  if (open.length === 0) {
    return { ...base, verdict: 'PASS', message: 'No other change of the same things is open.', evidence: [] };
  }
  const evidence = open.map(({ id, kind, state, source, updatedAt }) =>
    of({ observedAt: updatedAt, stale: false }, source)(`operation ${id}`, `${kind}, ${state}`),
  );
  const isUnknown = open.some(({ state }) => state === 'UNKNOWN');
  const message = isUnknown
    ? 'It is not known what became of an earlier change. Wait until it is, or have it settled.'
    : 'Another change is being made. Wait until it is done.';
  return { ...base, verdict: 'FAIL', message, evidence };
}

/** Only where somebody gave a version to compare with. */
function versionCurrent({ mutations, now }: PreflightInput): Check[] {
  const compared = mutations.filter(({ expectedVersion }) => expectedVersion !== null);
  if (compared.length === 0) return [];
  const doubts: string[] = [];
  let changed = 0;
  const evidence = compared.flatMap(({ kind, source, externalId, expectedVersion, version }): Evidence[] => {
    const name = `${kind} of ${externalId ?? 'something new'}`;
    if (version.kind === 'unknown') {
      doubts.push(version.why);
      return [given(`${name}: expected version`, expectedVersion)];
    }
    if (version.value !== expectedVersion) changed += 1;
    return [
      given(`${name}: expected version`, expectedVersion),
      of({ observedAt: now, stale: false }, source)(`${name}: version`, version.value),
    ];
  });
  const base = { code: 'VERSION_CURRENT', source: null, evidence } as const;
  if (changed > 0) {
    return [{ ...base, verdict: 'FAIL', message: 'Something has changed since it was read. Read it again.' }];
  }
  return doubts.length > 0
    ? [{ ...base, verdict: 'UNKNOWN', message: [...new Set(doubts)].join(' ') }]
    : [{ ...base, verdict: 'PASS', message: 'Everything is as it was read.' }];
}
