/**
 * The systems that commitments come from, by name. Order here is the order of answers and of documentation.
 */
export const SOURCE_NAMES = [
  'COMMITMENT_MANAGER',
  'SALESFORCE',
  'LOGISENSE',
  'MONETIZENOW',
  'CLOUDMC',
] as const;

export type SourceName = (typeof SOURCE_NAMES)[number];

/** The sources whose records are commitments and so appear in merged lists of them. */
export const COMMITMENT_SOURCES = [
  'COMMITMENT_MANAGER',
  'LOGISENSE',
  'CLOUDMC',
] as const satisfies SourceName[];

export type CommitmentSourceName = (typeof COMMITMENT_SOURCES)[number];

/** What people call the system; safe to show to callers. */
export const SOURCE_LABELS: Readonly<Record<SourceName, string>> = {
  COMMITMENT_MANAGER: 'Commitment Manager',
  SALESFORCE: 'Salesforce',
  LOGISENSE: 'LogiSense',
  MONETIZENOW: 'MonetizeNow',
  CLOUDMC: 'CloudMC',
};
