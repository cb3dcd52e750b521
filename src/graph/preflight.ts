/**
 * Reads what the checks before a change need, all of it at once, and has the rules decide (`domain/preflight.ts`).
 *
 * Guarantees: a source that fails costs its own checks, which are then UNKNOWN, and is reported in `errors`; the contract
 * is read for those who may see it only. Refuses inputs that say nothing or contradict themselves before anybody is asked.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { dayOf, instantOfMillis } from '../domain/calendar.js';
import { SOURCE_OF_CHANGE, type ChangeKind } from '../domain/change.js';
import type { Commitment } from '../domain/commitment.js';
import { SourceError } from '../domain/failure.js';
import type { Money } from '../domain/money.js';
import type { Operation } from '../domain/operation.js';
import { OperationError } from '../domain/operations.js';
import { isLinked, type Organization } from '../domain/organization.js';
import {
  preflightOf,
  type ListReading,
  type PlannedMutation,
  type Preflight,
  type PreflightInput,
  type Reading,
} from '../domain/preflight.js';
import {
  COMMITMENT_SOURCES,
  SOURCE_LABELS,
  type CommitmentSourceName,
  type SourceName,
} from '../domain/source.js';
import type { RecordPort } from '../domain/ports.js';
import type { MinimumCommitmentState } from '../domain/spend.js';
import { versionOfCommitment, versionOfContract } from '../domain/version.js';
import type { GraphContext } from './context.js';
import { coverageOf, readCovered, reportPartial, type Coverage, type SourceCoverage } from './coverage.js';
import { badInput } from './errors.js';
import { decodeGlobalId, type NodeType } from './global-id.js';
import type { PreflightChangeInput, PreflightMutationInput, Resolvers } from './generated.js';
import { countMiss, mayLookUp } from './lookup.js';

export interface PreflightResult extends Preflight {
  readonly current: MinimumCommitmentState | null;
  readonly coverage: Coverage;
}

const MOST_MUTATIONS = 5;
const MOST_OPERATIONS = 100;

type Info = Pick<GraphQLResolveInfo, 'path'>;

const unknown = (why: string) => ({ kind: 'unknown', why }) as const;

function notConfigured(source: SourceName): string {
  return `${SOURCE_LABELS[source]} is not configured in this gateway.`;
}

/** Failures become part of the answer; others are mistakes of ours, and not caught. */
async function reading<T>(
  source: SourceName,
  organization: Organization,
  read: (() => Promise<T>) | null,
  context: GraphContext,
  info: Info,
): Promise<Reading<T>> {
  if (!isLinked(organization, source)) {
    return unknown(`The account directory gives the customer no account in ${SOURCE_LABELS[source]}.`);
  }
  if (read === null) return unknown(notConfigured(source));
  try {
    return { kind: 'known', value: await read() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    reportPartial(context, info, [error.failure]);
    return unknown(error.failure.message);
  }
}

/** Throws BAD_USER_INPUT. */
function checkChange({
  minimum,
  startsOn,
  endsBefore,
  requiredMinimum,
  mutations,
}: PreflightChangeInput): void {
  if (startsOn != null && endsBefore != null && endsBefore <= startsOn) {
    throw badInput(`\`change.endsBefore\` must be later than \`change.startsOn\`, which is ${startsOn}.`);
  }
  for (const [name, amount] of [
    ['minimum', minimum],
    ['requiredMinimum', requiredMinimum],
  ] as const) {
    if (amount?.amount.isNegative() === true && !amount.amount.isZero()) {
      throw badInput(`\`change.${name}\` must not be negative.`);
    }
  }
  if ((mutations?.length ?? 0) > MOST_MUTATIONS) {
    throw badInput(`\`change.mutations\`: at most ${MOST_MUTATIONS} at once.`);
  }
  if (minimum == null && startsOn == null && endsBefore == null && (mutations?.length ?? 0) === 0) {
    throw badInput('`change`: give what is meant to be changed: `minimum`, a day, or `mutations`.');
  }
}

const TYPES: Readonly<Partial<Record<SourceName, NodeType>>> = {
  MONETIZENOW: 'Contract',
  CLOUDMC: 'ResourceCommitment',
  LOGISENSE: 'ContractCommitment',
};

const NEW: ReadonlySet<ChangeKind> = new Set([
  'RESOURCE_COMMITMENT_CREATE',
  'CONTRACT_COMMITMENT_CREATE',
  'CONTRACT_COMMITMENT_PATCH',
  'ORGANIZATION_SYNC',
]);

/** The backend's own id. Throws BAD_USER_INPUT; `undefined`: no such thing of this customer. */
function keyOf(
  { kind, targetId }: PreflightMutationInput,
  place: string,
  organization: Organization,
  context: GraphContext,
): string | null | undefined {
  if (targetId == null) {
    if (NEW.has(kind)) return null;
    throw badInput(`\`${place}.targetId\`: ${kind} changes something that is there. Give its id.`);
  }
  if (NEW.has(kind)) {
    throw badInput(`\`${place}.targetId\`: ${kind} has no single thing that it changes. Leave it out.`);
  }
  const decoded = decodeGlobalId(targetId);
  const wanted = TYPES[SOURCE_OF_CHANGE[kind]];
  if (decoded === null || wanted === undefined || decoded.type !== wanted) {
    throw badInput(`\`${place}.targetId\`: give the id of a ${String(wanted)}, as another answer gave it.`);
  }
  mayLookUp(context);
  return decoded.organization === organization.slug ? decoded.key : countMiss(targetId, undefined, context);
}

interface Target extends Omit<PlannedMutation, 'version'> {
  /** False: no such thing of this customer, as far as this caller can know. */
  readonly isThere: boolean;
}

/** Throws BAD_USER_INPUT. */
function targetOf(
  asked: PreflightMutationInput,
  index: number,
  organization: Organization,
  context: GraphContext,
): Target {
  const { kind, expectedVersion = null } = asked;
  const place = `change.mutations[${index}]`;
  const key = keyOf(asked, place, organization, context);
  if (expectedVersion !== null && key === null) {
    throw badInput(`\`${place}.expectedVersion\`: what is not there yet has no version.`);
  }
  const isThere = key !== undefined;
  return { kind, source: SOURCE_OF_CHANGE[kind], externalId: key ?? null, expectedVersion, isThere };
}

async function mutationOf(
  { isThere, ...target }: Target,
  organization: Organization,
  context: GraphContext,
  info: Info,
): Promise<PlannedMutation> {
  const { source, externalId, expectedVersion } = target;
  if (!isThere) return { ...target, version: { kind: 'known', value: null } };
  if (externalId === null || expectedVersion === null)
    return { ...target, version: unknown('not asked for') };
  const read = versionReader(source, organization, externalId, context);
  return { ...target, version: await reading(source, organization, read, context, info) };
}

function versionReader(
  source: SourceName,
  organization: Organization,
  key: string,
  { sources: { contracts, resourceCommitments, contractCommitments } }: GraphContext,
): (() => Promise<string | null>) | null {
  if (source === 'MONETIZENOW') {
    return (
      contracts &&
      (async () => {
        const contract = contracts.isId(key) ? await contracts.byId(organization, key) : null;
        return contract && versionOfContract(contract);
      })
    );
  }
  const port =
    source === 'CLOUDMC' ? resourceCommitments : source === 'LOGISENSE' ? contractCommitments : null;
  return (
    port &&
    (async () => {
      const commitment = port.isId(key) ? await port.byId(organization, key) : null;
      return commitment && versionOfCommitment(commitment);
    })
  );
}

async function openOperations(
  organization: Organization,
  { operations, verifications }: GraphContext,
): Promise<Reading<readonly Operation[]>> {
  if (!verifications.hasStore) return unknown('This gateway keeps no journal of changes.');
  try {
    const found: Operation[] = [];
    for (let after: string | null = null; ; after = found.at(-1)?.id ?? null) {
      const page = await operations.list(
        organization,
        { states: ['PENDING', 'UNKNOWN'] },
        MOST_OPERATIONS,
        after,
      );
      found.push(...page.operations);
      if (!page.hasMore || page.operations.length === 0) return { kind: 'known', value: found };
    }
  } catch (error) {
    if (error instanceof OperationError) return unknown(error.message);
    throw error;
  }
}

interface ListOf {
  readonly source: CommitmentSourceName;
  readonly reading: Reading<ListReading>;
  readonly coverage: SourceCoverage;
}

async function listOf(
  source: CommitmentSourceName,
  organization: Organization,
  context: GraphContext,
  info: Info,
): Promise<ListOf> {
  const { minimumCommitments, contractCommitments, resourceCommitments } = context.sources;
  const port: RecordPort<Commitment> | null = {
    COMMITMENT_MANAGER: minimumCommitments,
    LOGISENSE: contractCommitments,
    CLOUDMC: resourceCommitments,
  }[source];
  const { items, coverage, error } = await readCovered(source, port, organization, context, info);
  if (error !== null) reportPartial(context, info, [error.failure]);
  const { observation, state } = coverage;
  if (observation === null) {
    const why = error === null ? notConfigured(source) : error.failure.message;
    return { source, reading: unknown(why), coverage };
  }
  const value = { items, isComplete: state !== 'PARTIAL', observation };
  return { source, reading: { kind: 'known', value }, coverage };
}

function moneyOf(input: Money | null | undefined): Money | null {
  return input == null ? null : { amount: input.amount, currency: input.currency };
}

export const preflightResolvers = {
  Organization: {
    preflight: async (organization, { change }, context, info): Promise<PreflightResult> => {
      checkChange(change);
      const { spend } = context.sources;
      const mayReadContract = context.principal.scopes.has('billing:read');
      // What is wrong with them is told before anybody is asked.
      const targets = (change.mutations ?? []).map((one, index) =>
        targetOf(one, index, organization, context),
      );
      const CM = 'COMMITMENT_MANAGER';
      const read = <T>(port: (() => Promise<T>) | null) => reading(CM, organization, port, context, info);
      const [state, terms, lists, operations, mutations] = await Promise.all([
        read(spend && (() => spend.state(organization))),
        mayReadContract
          ? read(spend && (() => spend.terms(organization)))
          : unknown('The contract is shown to clients with the scope billing:read only.'),
        Promise.all(COMMITMENT_SOURCES.map((source) => listOf(source, organization, context, info))),
        openOperations(organization, context),
        Promise.all(targets.map((one) => mutationOf(one, organization, context, info))),
      ]);
      const now = instantOfMillis(context.now());
      const input: PreflightInput = {
        organization: organization.slug,
        change: {
          minimum: moneyOf(change.minimum),
          startsOn: change.startsOn ?? null,
          endsBefore: change.endsBefore ?? null,
          isAddition: change.isAddition ?? false,
          requiredMinimum: moneyOf(change.requiredMinimum),
        },
        mutations,
        state,
        commitments: lists.filter(({ source }) => isLinked(organization, source)),
        terms,
        operations,
        today: dayOf(now),
        now,
      };
      return {
        ...preflightOf(input),
        current: state.kind === 'known' ? state.value : null,
        coverage: coverageOf(lists.map(({ coverage }) => coverage)),
      };
    },
  },
} satisfies Resolvers;
