/**
 * What one request may ask of CloudMC.
 *
 * Guarantees: every list names its organization, and every record that comes back is compared with it. Refuses to say
 * "there is none" on the word of a 403 or 404 alone: a wrong key looks the same.
 */
import { dayOf, instantOfMillis } from '../../domain/calendar.js';
import type { ResourceCommitment } from '../../domain/commitment.js';
import { sourceError, SourceError } from '../../domain/failure.js';
import type { Listing, Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { CommitmentPort } from '../../domain/ports.js';
import type { CredentialName, OrganizationScope } from '../../domain/scope.js';
import type { Drift } from '../../observability/drift.js';
import type { Upstream } from '../../upstream/endpoint.js';
import { createRecordPort } from '../batch.js';
import { withoutDuplicates } from '../duplicates.js';
import { keepMade, madeOf } from '../once.js';
import { readRecord, readRecords, type RecordRules } from '../records.js';
import { getCommitment, isCommitmentId, listCommitments, organizationIdOf } from './client.js';
import { isOwn, toCommitment, type MapperContext } from './mapper.js';
import { commitment, type WireCommitment } from './wire.js';

const CREDENTIAL = 'cloudmc#api-key' as CredentialName;

export interface LoaderSettings {
  readonly upstream: Upstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The port for one request. */
export function createCommitmentPort({
  upstream,
  drift,
  clock,
}: LoaderSettings): CommitmentPort<ResourceCommitment> {
  const contextOf = (organization: Organization, observation: Observation): MapperContext => ({
    organization,
    today: dayOf(instantOfMillis(clock())),
    observation,
    drift,
  });

  const rulesFor = (
    organization: Organization,
    observation: Observation,
  ): RecordRules<WireCommitment, ResourceCommitment> => {
    const context = contextOf(organization, observation);
    return {
      source: 'CLOUDMC',
      drift,
      schema: commitment,
      isOwn: (row) => isOwn(row, organization),
      map: (row) => toCommitment(row, context),
    };
  };

  const list = async (organization: Organization): Promise<Listing<ResourceCommitment>> => {
    if (organization.cloudmc === null) {
      const observation = { observedAt: instantOfMillis(clock()), stale: false };
      return { items: [], dropped: [], truncated: false, observation };
    }
    const organizationId = organizationIdOf(organization.cloudmc.organizationId);
    if (organizationId === null) {
      throw sourceError('UPSTREAM_REJECTED', 'CLOUDMC', {
        detail: 'the directory names an id that is not a UUID',
      });
    }
    try {
      const answer = await upstream.call(listCommitments, { organizationId }, scopeOf(organization));
      const { body, observation } = answer;
      const occasion = contextOf(organization, observation);
      const known = madeOf<ResourceCommitment>(answer, occasion);
      if (known !== undefined) return known;
      const read = readRecords(body.data, 'commitment', rulesFor(organization, observation));
      const { items, dropped } = withoutDuplicates(
        read,
        ({ externalId }) => externalId,
        'commitment',
        'CLOUDMC',
      );
      return keepMade(answer, occasion, { items, dropped, truncated: false });
    } catch (error) {
      throw isNotFound(error) ? unavailable(error) : error;
    }
  };

  const single = async (organization: Organization, id: string): Promise<ResourceCommitment | null> => {
    if (organization.cloudmc === null) return null;
    try {
      const { body, observation } = await upstream.call(getCommitment, { id }, scopeOf(organization));
      const found = readRecord(body.data, 'commitment', rulesFor(organization, observation));
      if (found !== null && found.externalId.toLowerCase() !== id.toLowerCase()) {
        throw sourceError('UPSTREAM_MALFORMED', 'CLOUDMC', {
          detail: 'another commitment than the one asked for',
        });
      }
      return found;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // A key without rights and a record that is not there give the same answer. The organization's list tells them
      // apart: if it can be read, the key is good.
      const { items } = await port.list(organization);
      return items.find(({ externalId }) => externalId.toLowerCase() === id.toLowerCase()) ?? null;
    }
  };

  const port = createRecordPort<ResourceCommitment>({
    isId: isCommitmentId,
    idOf: ({ externalId }) => externalId,
    list,
    single,
    singleAtMost: 1,
  });
  return port;
}

/** Calls for the organization, with the key. */
export function scopeOf({ slug }: Organization): OrganizationScope {
  return { kind: 'organization', organization: slug, credential: CREDENTIAL };
}

/** 403 and 404: not there, or not to be seen with this key. */
export function isNotFound(error: unknown): error is SourceError {
  return error instanceof SourceError && error.failure.code === 'NOT_FOUND';
}

/** A list that the key may not see, or that is not where the base URL says: the operator's to repair, no empty list. */
export function unavailable({ failure: { detail } }: SourceError): SourceError {
  return sourceError('UPSTREAM_UNAVAILABLE', 'CLOUDMC', {
    detail: `${detail ?? ''}: the organization's list cannot be seen; is the key allowed to, and is the url right?`,
    isLasting: true,
  });
}
