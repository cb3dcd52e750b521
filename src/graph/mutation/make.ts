/**
 * From a mutation's input to the journal and back: what all changes have in common.
 *
 * Guarantees: after a change nothing older than it is read for its answer; an outcome that nobody knows is an error too,
 * whatever the document selects. Whoever comes here has the scope that the field requires (`graph/authorization.ts`).
 */
import type { GraphQLResolveInfo } from 'graphql';
import { SOURCE_OF_CHANGE, type Change, type ChangeKind } from '../../domain/change.js';
import type { Problem } from '../../domain/operation.js';
import type { Performed } from '../../domain/operations.js';
import type { Organization } from '../../domain/organization.js';
import type { GraphContext } from '../context.js';
import { pathOf } from '../coverage.js';
import { outcomeOf, refused, type ChangeOutcome } from './outcome.js';

/** The members that every input has. */
export interface Asked {
  readonly idempotencyKey: string;
  readonly dryRun?: boolean;
  readonly expectedVersion?: string | null | undefined;
  readonly reason?: string | null | undefined;
}

/** What an input comes to. Nothing is asked where there are problems. */
export interface Wish {
  readonly kind: ChangeKind;
  readonly organization: Organization | null;
  /** Called where nothing is wrong so far. */
  readonly change: (organization: Organization) => Change;
  readonly problems: readonly Problem[];
}

const LONGEST_REASON = 500;
/** Members of inputs that say what is to be changed. */
const TARGETS: ReadonlySet<string> = new Set(['contractId', 'commitmentId']);

type Members = Readonly<Record<string, unknown>>;

export async function makeChange(
  { kind, organization, change, problems }: Wish,
  asked: Asked,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<ChangeOutcome> {
  const source = SOURCE_OF_CHANGE[kind];
  const all = [...problems, ...problemsOfReason(asked)];
  if (organization === null || all.length > 0) return refused(source, organization, all);
  const performed = await context.operations.perform({
    organization,
    change: change(organization),
    idempotencyKey: asked.idempotencyKey,
    dryRun: asked.dryRun ?? false,
    expectedVersion: asked.expectedVersion ?? null,
    reason: asked.reason ?? null,
  });
  context.freshness.withinMs = 0;
  remark(performed, context, info);
  countMisses(performed, asked, context);
  return outcomeOf(source, organization, performed);
}

/** Only its backend knows that the thing is not there: such an id is a miss like any other. */
function countMisses(performed: Performed, asked: Asked, { lookups }: GraphContext): void {
  if (performed.kind === 'performed') return;
  for (const { code, path } of performed.problems) {
    if (code !== 'NOT_FOUND' || !TARGETS.has(path.at(-1) ?? '')) continue;
    const id = path.reduce<unknown>((value, step) => (value as Members | undefined)?.[step], asked);
    if (typeof id === 'string') lookups.missed(`id ${id}`);
  }
}

function problemsOfReason({ reason }: Asked): readonly Problem[] {
  if (reason == null || [...reason].length <= LONGEST_REASON) return [];
  const message = `A reason has at most ${LONGEST_REASON} characters.`;
  return [{ path: ['reason'], code: 'OUT_OF_RANGE', message }];
}

function remark(performed: Performed, { remarks }: GraphContext, info: GraphQLResolveInfo): void {
  if (performed.kind !== 'performed') return;
  const { operation, isDurable } = performed;
  if (!isDurable) remarks.push({ kind: 'not-durable', operationId: operation.id });
  if (operation.state === 'UNKNOWN') {
    remarks.push({ kind: 'outcome-unknown', source: operation.source, path: pathOf(info) });
  }
}
