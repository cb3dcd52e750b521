/**
 * What would be sent for a change, and whether it may be.
 *
 * Guarantees: nothing is said about a commitment but what was read just now, and nothing is planned for one that is not
 * the customer's. Rejects where CloudMC could not be read.
 */
import { createHash } from 'node:crypto';
import { dayOf, instantOfMillis } from '../../domain/calendar.js';
import type { ResourceCommitmentChange } from '../../domain/change.js';
import { canonicalJson } from '../../domain/json.js';
import type { Plan, Planned, Problem } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import { versionOfCommitment } from '../../domain/version.js';
import { isCommitmentId } from './client.js';
import type { Terms } from './facts.js';
import {
  forecastOfCreation,
  forecastOfDeletion,
  forecastOfTermination,
  forecastOfUpdate,
} from './forecast.js';
import { evidenceOf, findReading, idAtCloudmc, type Reader, type Reading } from './readings.js';
import {
  createRequest,
  deleteRequest,
  terminateRequest,
  termsToCreate,
  termsToUpdate,
  updateRequest,
} from './requests.js';
import { problemsOfCreation, problemsOfTermination, problemsOfUpdate } from './rules.js';

type Creation = Extract<ResourceCommitmentChange, { kind: 'RESOURCE_COMMITMENT_CREATE' }>;
type ChangeOfOne = Exclude<ResourceCommitmentChange, Creation>;

export interface PlannerSettings {
  readonly reader: Reader;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

export async function planChange(
  { reader, clock }: PlannerSettings,
  organization: Organization,
  change: ResourceCommitmentChange,
): Promise<Planned> {
  if (organization.cloudmc === null) {
    return refused({ path: [], code: 'NOT_ALLOWED', message: 'This customer has no account at CloudMC.' });
  }
  if (change.kind === 'RESOURCE_COMMITMENT_CREATE') return planCreation(reader, organization, change);
  const found = await findOne(reader, organization, change);
  if (found === null) {
    return refused({
      path: ['commitmentId'],
      code: 'NOT_FOUND',
      message: 'This customer has no such commitment at CloudMC.',
    });
  }
  return planFor(found, change, clock);
}

async function planCreation(
  reader: Reader,
  organization: Organization,
  { fields }: Creation,
): Promise<Planned> {
  const wanted = termsToCreate(fields);
  const request = createRequest(wanted, idAtCloudmc(organization));
  const problems = problemsOfCreation(fields, wanted);
  return planned(problems, {
    target: `CLOUDMC/${organization.slug}/new/${hashOf(wanted)}`,
    externalId: null,
    request,
    ...forecastOfCreation(fields),
    version: null,
    // What is there already cannot be what will be made.
    before: evidenceOf(null, await reader.list(organization)),
  });
}

interface Found {
  readonly reading: Reading;
  /** Of all the customer's commitments; where one may be made. */
  readonly before: Plan['before'];
}

/** `null`: the customer has no such commitment. */
async function findOne(
  reader: Reader,
  organization: Organization,
  { kind, commitmentId }: ChangeOfOne,
): Promise<Found | null> {
  if (!isCommitmentId(commitmentId)) return null;
  if (kind === 'RESOURCE_COMMITMENT_UPDATE') {
    // One call for both: the commitment, and the ids that a successor will not have.
    const readings = await reader.list(organization);
    const reading = findReading(readings, commitmentId);
    return reading && { reading, before: evidenceOf(reading, readings) };
  }
  const found = await reader.single(organization, commitmentId);
  return found.kind === 'found' ? { reading: found.reading, before: evidenceOf(found.reading, null) } : null;
}

function planFor({ reading, before }: Found, change: ChangeOfOne, clock: () => number): Planned {
  const { facts, commitment, unknownMembers } = reading;
  const { id } = facts;
  const today = dayOf(instantOfMillis(clock()));
  const common = {
    target: `CLOUDMC/${id.toLowerCase()}`,
    externalId: id,
    version: versionOfCommitment(commitment),
    before,
  };
  switch (change.kind) {
    case 'RESOURCE_COMMITMENT_UPDATE': {
      const { fields } = change;
      const wanted = termsToUpdate(facts, fields);
      return planned(problemsOfUpdate(fields, facts, wanted), {
        ...common,
        request: updateRequest(id, wanted),
        ...forecastOfUpdate(fields, facts, wanted, unknownMembers),
      });
    }
    case 'RESOURCE_COMMITMENT_TERMINATE': {
      const { endsBefore } = change;
      return planned(problemsOfTermination(endsBefore, facts, today), {
        ...common,
        request: terminateRequest(id, endsBefore),
        ...forecastOfTermination(endsBefore, today),
      });
    }
    case 'RESOURCE_COMMITMENT_DELETE':
      return planned([], { ...common, request: deleteRequest(id), ...forecastOfDeletion(facts) });
  }
}

function planned([first, ...others]: readonly Problem[], plan: Plan): Planned {
  if (first === undefined) return { isSendable: true, plan };
  const problems = [first, ...others] as const;
  // What misses a member that it needs is no request yet.
  const isComplete = problems.every(({ code }) => code !== 'REQUIRED');
  return { isSendable: false, problems: [...problems], plan: isComplete ? plan : null };
}

function refused(problem: Problem): Planned {
  return { isSendable: false, problems: [problem], plan: null };
}

/** The same for the same commitment, whatever the order of its products. */
function hashOf(wanted: Terms): string {
  const products = wanted.products.map(canonicalJson).sort();
  return createHash('sha256')
    .update(canonicalJson({ ...wanted, products }))
    .digest('base64url')
    .slice(0, 16);
}
