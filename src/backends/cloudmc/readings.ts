/**
 * Reads commitments before and after a change: as rows and as the text that they came as.
 *
 * Guarantees: "there is none" is said only when both the single read and the organization's list say so, and nothing in
 * the list hides what it is. Refuses to show a record of another organization.
 */
import { dayOf } from '../../domain/calendar.js';
import { sourceError } from '../../domain/failure.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { ResourceCommitment } from '../../domain/commitment.js';
import type { Drift } from '../../observability/drift.js';
import type { Upstream } from '../../upstream/endpoint.js';
import { findUnknownMembers } from '../known-members.js';
import { readRecord, readRecords, type RecordRules } from '../records.js';
import { getCommitment, listCommitments, organizationIdOf, type CloudmcOrganizationId } from './client.js';
import { factsOf, isSameId, type Evidence, type Facts } from './facts.js';
import { isNotFound, scopeOf, unavailable } from './loaders.js';
import { isOwn, toCommitment } from './mapper.js';
import { dataAs } from '../quick.js';
import { commitment, ownership, printRecord, type WireCommitment } from './wire.js';

/** A commitment as it was read. */
export interface Reading {
  readonly facts: Facts;
  readonly commitment: ResourceCommitment;
  /** The record as JSON text, to the last digit. */
  readonly text: string;
  /** Members that nobody here knows. */
  readonly unknownMembers: readonly string[];
  readonly observation: Observation;
}

/** The commitments of one organization. */
export interface Readings {
  readonly all: readonly Reading[];
  /** The organization's, and cannot be read: their ids. */
  readonly unreadable: readonly string[];
  /** A row does not even say whose it is or which: what is not in the list may be that one. */
  readonly hasHidden: boolean;
  readonly observation: Observation;
}

export type Single =
  | { readonly kind: 'found'; readonly reading: Reading }
  | { readonly kind: 'absent'; readonly observation: Observation }
  /** It is another customer's. */
  | { readonly kind: 'foreign' };

export interface Reader {
  /** All of them. Rejects with `SourceError`. */
  list(organization: Organization): Promise<Readings>;
  /** Rejects with `SourceError`, also where the two ways of reading it contradict each other. */
  single(organization: Organization, id: string): Promise<Single>;
  /** A record that came with a reply; `null` if it is not the organization's. Rejects if it cannot be read. */
  read(organization: Organization, record: unknown, observation: Observation): Reading | null;
}

export interface ReaderSettings {
  readonly upstream: Upstream;
  readonly drift: Drift;
}

export function createReader({ upstream, drift }: ReaderSettings): Reader {
  const rulesFor = (
    organization: Organization,
    raw: unknown,
    observation: Observation,
  ): RecordRules<WireCommitment, Reading> => ({
    source: 'CLOUDMC',
    drift,
    schema: commitment,
    isOwn: (row) => isOwn(row, organization),
    map: (row) => ({
      facts: factsOf(row),
      commitment: toCommitment(row, {
        organization,
        today: dayOf(observation.observedAt),
        observation,
        drift,
      }),
      text: printRecord(raw),
      unknownMembers: unknownMembersOf(raw),
      observation,
    }),
  });

  const reader: Reader = {
    async list(organization) {
      const organizationId = idAtCloudmc(organization);
      try {
        const { body, observation } = await upstream.call(
          listCommitments,
          { organizationId },
          scopeOf(organization),
        );
        const all: Reading[] = [];
        const unreadable: string[] = [];
        let hasHidden = false;
        for (const raw of body.data) {
          // One by one: what a row says has to stay with the text that it came as.
          const { items } = readRecords([raw], 'commitment', rulesFor(organization, raw, observation));
          if (items.length > 0) {
            all.push(...items);
            continue;
          }
          const owner = dataAs(ownership, raw);
          if (owner === undefined) hasHidden = true;
          else if (isSameId(owner.organization.id, organizationId)) unreadable.push(owner.id);
        }
        return { all, unreadable, hasHidden, observation };
      } catch (error) {
        throw isNotFound(error) ? unavailable(error) : error;
      }
    },
    async single(organization, id) {
      try {
        const { body, observation } = await upstream.call(getCommitment, { id }, scopeOf(organization));
        const reading = reader.read(organization, body.data, observation);
        if (reading === null) return { kind: 'foreign' };
        if (!isSameId(reading.facts.id, id)) throw malformed('another commitment than the one asked for');
        return { kind: 'found', reading };
      } catch (error) {
        if (!isNotFound(error)) throw error;
        // As in loaders.ts: the list tells a record that is not there from a key without rights.
        const { observation } = provenAbsent(await reader.list(organization), id);
        return { kind: 'absent', observation };
      }
    },
    read: (organization, record, observation) =>
      readRecord(record, 'commitment', rulesFor(organization, record, observation)),
  };
  return reader;
}

/** The list, if it proves that there is no such commitment. */
function provenAbsent(readings: Readings, id: string): Readings {
  const isListed = readings.all.some(({ facts }) => isSameId(facts.id, id));
  if (isListed || readings.unreadable.some((other) => isSameId(other, id))) {
    throw malformed('the list has a commitment that cannot be read by its id');
  }
  if (readings.hasHidden) throw malformed('a commitment in the list does not say which it is');
  return readings;
}

/** The commitment in the list; `null`: it is not there. Throws if that cannot be told. */
export function findReading(readings: Readings, id: string): Reading | null {
  const found = readings.all.filter(({ facts }) => isSameId(facts.id, id));
  const [first] = found;
  if (first === undefined) {
    provenAbsent(readings, id);
    return null;
  }
  if (found.some(({ text }) => text !== first.text)) throw malformed('two commitments have the same id');
  return first;
}

/** What is to be kept of a list, and perhaps of one commitment. */
export function evidenceOf(reading: Reading | null, readings: Readings | null): Evidence {
  const ids = readings && [...readings.all.map(({ facts }) => facts.id), ...readings.unreadable].sort();
  return { commitment: reading?.facts ?? null, ids };
}

/** Throws where the directory has no id, or none that is one: an operator's to repair. */
export function idAtCloudmc({ cloudmc }: Organization): CloudmcOrganizationId {
  const id = cloudmc === null ? null : organizationIdOf(cloudmc.organizationId);
  if (id !== null) return id;
  throw sourceError('UPSTREAM_REJECTED', 'CLOUDMC', {
    detail: 'the directory names no id, or one that is not a UUID',
  });
}

function unknownMembersOf(raw: unknown): readonly string[] {
  const paths = new Set<string>();
  findUnknownMembers(commitment, raw, '', (path) => paths.add(path.replace(/^\./, '')));
  return [...paths].slice(0, 10);
}

function malformed(detail: string) {
  return sourceError('UPSTREAM_MALFORMED', 'CLOUDMC', { detail });
}
