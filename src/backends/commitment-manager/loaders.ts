/**
 * Commitment Manager for one request: commitments, and what billing knows beside them.
 *
 * Guarantees: one list call serves every id of an organization, because the vendor has no read of one; an organization
 * without an account there costs no call; a row of another organization is dropped and counted. 404 means "none" only
 * where the vendor says so (`backends.md` C4). Rejects with `SourceError` and nothing else.
 */
import { dayBefore, dayOf, instantOfMillis, type DayRange, type Month } from '../../domain/calendar.js';
import type { MinimumCommitment } from '../../domain/commitment.js';
import { sourceError, SourceError } from '../../domain/failure.js';
import type { Listing, Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { CommitmentPort, SpendPort } from '../../domain/ports.js';
import type { CredentialName, OrganizationScope } from '../../domain/scope.js';
import type { BillingHistoryEntry, UsageSummary } from '../../domain/spend.js';
import type { Drift } from '../../observability/drift.js';
import type { Answer, Endpoint, Upstream } from '../../upstream/endpoint.js';
import { matches } from '../../upstream/path.js';
import { createRecordPort, memo } from '../batch.js';
import { withoutDuplicates } from '../duplicates.js';
import { keepMade, madeOf } from '../once.js';
import { readRecords } from '../records.js';
import {
  billingHistory,
  COMMITMENT_ID,
  commitmentsList,
  commitmentState,
  contractTerms,
  ORGANIZATION_ID,
  SOURCE,
  usageCurrent,
  usageOfMonth,
} from './client.js';
import {
  isOfOrganization,
  toBillingEntry,
  toContractTerms,
  toMinimumCommitment,
  toState,
  toUsage,
  type MappingContext,
  type MinimumUnit,
} from './mapper.js';
import { billingRow, commitmentRow, type ListReply } from './wire.js';

export interface CommitmentManagerSources {
  readonly minimumCommitments: CommitmentPort<MinimumCommitment>;
  readonly spend: SpendPort;
}

export interface CommitmentManagerSourcesDeps {
  readonly upstream: Upstream;
  readonly minimumUnit: MinimumUnit;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly drift: Drift;
}

/** The ports of one request. */
export function createCommitmentManagerSources(deps: CommitmentManagerSourcesDeps): CommitmentManagerSources {
  const { upstream, minimumUnit, clock, drift } = deps;

  const now = (): Observation => ({ observedAt: instantOfMillis(clock()), stale: false });

  const nothing = <T>(): Listing<T> => ({ items: [], dropped: [], truncated: false, observation: now() });

  /** The answer; `null` without an account there, and where the backend says that there is none. */
  const ask = async <Params extends { readonly organizationId: string }, Body>(
    endpoint: Endpoint<Params, Body>,
    organization: Organization,
    params: Omit<Params, 'organizationId'>,
  ): Promise<Answer<Body> | null> => {
    const organizationId = organization.commitmentManager?.organizationId;
    if (organizationId === undefined) return null;
    if (!matches(ORGANIZATION_ID, organizationId)) {
      throw sourceError('UPSTREAM_REJECTED', SOURCE, {
        detail: `the account directory gives ${organization.slug} a commitmentManager.organizationId that is no UUID`,
      });
    }
    try {
      return await upstream.call(
        endpoint,
        { ...params, organizationId } as Params,
        scopeOf(organization, endpoint.credential),
      );
    } catch (error) {
      if (error instanceof SourceError && error.failure.code === 'NOT_FOUND') return null;
      throw error;
    }
  };

  const contextOf = (organization: Organization, observation: Observation): MappingContext => ({
    organization,
    observation,
    today: dayOf(instantOfMillis(clock())),
    drift,
  });

  /** A single document that names another organization is not ours to show. */
  const isForeign = (organizationId: string | null, organization: Organization): boolean => {
    if (organizationId === null || isOfOrganization(organizationId, organization)) return false;
    drift.foreign(SOURCE);
    return true;
  };

  const listCommitments = async (organization: Organization): Promise<Listing<MinimumCommitment>> => {
    const answer = await ask(commitmentsList, organization, {});
    if (answer === null) return nothing();
    const context = contextOf(organization, answer.observation);
    const known = madeOf<MinimumCommitment>(answer, context);
    if (known !== undefined) return known;
    const read = readRecords(answer.body.data, 'commitment', {
      source: SOURCE,
      drift,
      schema: commitmentRow,
      isOwn: (row) => isOfOrganization(row.organizationId, organization),
      map: (row) => toMinimumCommitment(row, context),
    });
    return keepMade(answer, context, {
      ...withoutDuplicates(read, ({ externalId }) => externalId, 'commitment', SOURCE),
      truncated: hasMore(answer.body),
    });
  };

  const state = memo(slugOf, async (organization: Organization) => {
    const answer = await ask(commitmentState, organization, {});
    if (answer === null || answer.body === null) return null;
    if (isForeign(answer.body.organization_id, organization)) return null;
    return toState(answer.body, minimumUnit, contextOf(organization, answer.observation));
  });

  const terms = memo(slugOf, async (organization: Organization) => {
    const answer = await ask(contractTerms, organization, {});
    if (answer === null || answer.body === null) return null;
    if (isForeign(answer.body.organization_id, organization)) return null;
    return toContractTerms(answer.body, contextOf(organization, answer.observation));
  });

  interface UsageQuestion {
    readonly organization: Organization;
    readonly month: Month | null;
  }
  const usage = memo(
    ({ organization, month }: UsageQuestion) => JSON.stringify([organization.slug, month]),
    async ({ organization, month }): Promise<UsageSummary | null> => {
      const answer =
        month === null
          ? await ask(usageCurrent, organization, {})
          : await ask(usageOfMonth, organization, { month });
      if (answer === null || answer.body === null) return null;
      if (isForeign(answer.body.organization_id, organization)) return null;
      if (month !== null && answer.body.period !== null && answer.body.period !== month) {
        throw sourceError('UPSTREAM_MALFORMED', SOURCE, {
          detail: 'usage of another month than was asked for',
        });
      }
      return toUsage(answer.body, month, contextOf(organization, answer.observation));
    },
  );

  interface BillingQuestion {
    readonly organization: Organization;
    readonly range: DayRange;
    readonly includeUsage: boolean;
  }
  const billing = memo(
    ({ organization, range, includeUsage }: BillingQuestion) =>
      JSON.stringify([organization.slug, range.startsOn, range.endsBefore, includeUsage]),
    async ({ organization, range, includeUsage }): Promise<Listing<BillingHistoryEntry>> => {
      if (range.endsBefore <= range.startsOn) return nothing();
      const answer = await ask(billingHistory, organization, {
        firstDay: range.startsOn,
        lastDay: dayBefore(range.endsBefore),
        includeUsage,
      });
      if (answer === null) return nothing();
      const read = readRecords(answer.body.data, 'billed month', {
        source: SOURCE,
        drift,
        schema: billingRow,
        isOwn: (row) => row.organization_id === null || isOfOrganization(row.organization_id, organization),
        map: (row) => toBillingEntry(row, includeUsage, organization),
      });
      return { ...read, truncated: hasMore(answer.body), observation: answer.observation };
    },
  );

  return {
    minimumCommitments: createRecordPort<MinimumCommitment>({
      isId: (externalId) => matches(COMMITMENT_ID, externalId),
      idOf: ({ externalId }) => externalId,
      list: listCommitments,
      singleAtMost: 0,
    }),
    spend: {
      state,
      terms,
      usage: (organization, month) => usage({ organization, month }),
      billingHistory: (organization, range, includeUsage) => billing({ organization, range, includeUsage }),
    },
  };
}

function slugOf(organization: Organization): string {
  return organization.slug;
}

export function scopeOf(organization: Organization, credential: string): OrganizationScope {
  return {
    kind: 'organization',
    organization: organization.slug,
    credential: `commitment-manager#${credential}` as CredentialName,
  };
}

/** No parameter asks for further pages, so a count beyond what came must be told. */
function hasMore({ data, meta }: ListReply): boolean {
  return (meta?.total_results ?? 0) > data.length || (meta?.total_pages ?? 0) > 1;
}
