/**
 * One look at a list, ready to be written down.
 *
 * Guarantees: lists with the same records have the same digest, in whatever order they came. Works in slices: others run
 * between them. Of two records with one id, the first counts.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { millisOfInstant, type Instant } from '../domain/calendar.js';
import type { FailureCode } from '../domain/failure.js';
import { SOURCE_OF_KIND, type ObservedRecords, type RecordKind } from '../domain/history.js';
import type { OrganizationSlug } from '../domain/organization.js';
import type { SourceName } from '../domain/source.js';
import { encodeRecord, hashOf, type EncodedRecord } from './codec.js';

export interface Look {
  readonly organization: OrganizationSlug;
  readonly source: SourceName;
  readonly kind: RecordKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether what is not in it was not there. */
  readonly isComplete: boolean;
  readonly digest: string;
  /** `null`: they need not be told, if the list is as this digest says. */
  readonly records: readonly EncodedRecord[] | null;
}

/** What a port brought back. */
export interface Sight {
  readonly organization: OrganizationSlug;
  readonly kind: RecordKind;
  readonly observedAt: Instant;
  readonly isComplete: boolean;
  readonly items: readonly ObservedRecords[RecordKind][];
  /** `Listing.likeness` */
  readonly likeness?: string | undefined;
}

/** The list, among all. */
export function listNameOf({ kind, organization }: Pick<Sight, 'kind' | 'organization'>): string {
  return `${kind} ${organization}`;
}

/** Lists of which something is remembered: those of 4,000 organizations. */
export const MOST_LISTS = 20_000;

/** Tries that failed one after another, up to now. */
export interface Outage {
  readonly organization: OrganizationSlug;
  readonly kind: RecordKind;
  readonly code: FailureCode;
  /** Epoch milliseconds: the first of them, the last, and the first try after them that did not fail. */
  readonly from: number;
  readonly to: number;
  readonly until: number | null;
}

/** Some 2 ms. */
const SLICE = 50;

function named(
  { organization, kind, observedAt, isComplete }: Sight,
  digest: string,
  records: Look['records'],
): Look {
  const at = millisOfInstant(observedAt);
  return { organization, source: SOURCE_OF_KIND[kind], kind, at, isComplete, digest, records };
}

/** One that shows what a look with this digest has shown. */
export function sameLook(sight: Sight, digest: string): Look {
  return named(sight, digest, null);
}

/** Rejects with `CodecError` where a record is no plain data. */
export async function lookOf(sight: Sight): Promise<Look> {
  const { isComplete, items } = sight;
  const records = new Map<string, EncodedRecord>();
  for (const [number, item] of items.entries()) {
    if (number > 0 && number % SLICE === 0) await breathe();
    const record = encodeRecord(item);
    if (!records.has(record.externalId)) records.set(record.externalId, record);
  }
  const lines = [...records.values()].map(({ externalId, hash }) => `${JSON.stringify(externalId)} ${hash}`);
  const digest = hashOf([isComplete ? 'whole' : 'part', ...lines.sort()].join('\n'));
  return named(sight, digest, [...records.values()]);
}
