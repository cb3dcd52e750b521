/**
 * Records that somebody else wrote, beside those that the customers' traits make: for portfolios whose faults are planted
 * one by one. Guarantees that they are served as they are; whether they make sense is their writer's business.
 */
import type { FieldValue } from './salesforce/objects.js';

export interface GivenRecords {
  /** By organization id. Reads only: nothing can be changed about them. */
  readonly commitmentManager?: ReadonlyMap<string, GivenOrganization>;
  /** In this order: parents before children. */
  readonly salesforce?: readonly GivenRecord[];
}

export interface GivenOrganization {
  /** Rows of GET commitments, word for word. */
  readonly commitments: readonly unknown[];
  /** Bodies of commitment/current and contract; left out, there is none (404). */
  readonly current?: unknown;
  readonly contract?: unknown;
}

export interface GivenRecord {
  readonly object: string;
  /** By the names of `salesforce/objects.ts`, with an `Id`. Days as `YYYY-MM-DD`, datetimes in milliseconds. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}
