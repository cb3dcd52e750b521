/**
 * What the vendor says when it refuses (`backends.md` §3.7): a code, and a sentence that quotes the property in
 * PascalCase. Four of the codes are the vendor's; its list is not public, so the others are ours.
 */

export interface Problem {
  readonly code: number;
  readonly message: string;
}

export const CODES = {
  /** The vendor's: the entry that sums up a transaction that was not carried out. */
  summary: 2000,
  /** The vendor's. */
  mustBePositive: 11900000,
  /** The vendor's, for an id that does not exist. */
  unknownId: 13100000,
  /** The vendor's for a missing companion; here for whatever is missing. */
  required: 10400000,
  notReadable: 10100000,
  identityMismatch: 10100001,
  noRoute: 10200000,
  wrongVerb: 10200001,
  unauthorized: 10300000,
  notPatchable: 10500000,
  periodOrder: 10600000,
  alreadyAttached: 10600001,
  businessRule: 10900000,
} as const;

export const NOTHING_SAVED: Problem = {
  code: CODES.summary,
  message: 'The transaction could not be processed. No changes were saved.',
};

/** `accountContractId` to `'AccountContractId'`. */
export function quoted(property: string): string {
  return `'${property.charAt(0).toUpperCase()}${property.slice(1)}'`;
}

export function unknownId(property: string, id: number | string): Problem {
  return { code: CODES.unknownId, message: `${quoted(property)} ${id} does not exist.` };
}

export function mustBePositive(property: string): Problem {
  return { code: CODES.mustBePositive, message: `${quoted(property)} must be greater than 0.` };
}

export function required(property: string): Problem {
  return { code: CODES.required, message: `${quoted(property)} is required.` };
}

export function notReadable(property: string, wanted: string): Problem {
  return { code: CODES.notReadable, message: `${quoted(property)} must be ${wanted}.` };
}
