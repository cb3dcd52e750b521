/**
 * What the LogiSense emulator remembers. Guarantees one sequence of identities for everything, as the vendor's samples
 * suggest (child rows far above their parent), and names that are never stored twice: every `…Name` on the wire is
 * looked up from its id. Amounts, currencies and dates are not here because the commitment has none (`backends.md` C8).
 */

/** System types; which child list a commitment fills follows from it (`backends.md` §3.2, inferred). */
export const COMMITMENT_TYPES = ['Invoice Amount', 'Package', 'Service', 'Usage'] as const;
export type CommitmentTypeName = (typeof COMMITMENT_TYPES)[number];

export interface CommitmentType {
  readonly identity: number;
  readonly name: CommitmentTypeName;
  /** Present at the vendor and unused there. */
  readonly sortOrder: number;
}

export interface Named {
  readonly identity: number;
  readonly name: string;
}

export interface PackageFrequency extends Named {
  readonly packageId: number;
  readonly packageName: string;
}

export interface AccountContract {
  readonly identity: number;
  readonly name: string;
  readonly accountId: number;
  readonly accountName: string;
  /** First day. The end is not stored: start + frequency × frequency type (`backends.md` §3.5). */
  readonly start: string;
  readonly months: number;
}

export interface Period {
  readonly identity: number;
  periodOccurrences: number;
  periodFrequency: number;
  frequencyTypeId: number;
  sortOrder: number;
  isRemainderOfTerm: boolean;
}

/** A row that ties a commitment to a service, a package frequency or a usage class. */
export interface Link {
  readonly identity: number;
  readonly targetId: number;
}

export interface Commitment {
  readonly identity: number;
  accountContractId: number;
  contractCommitmentTypeId: number;
  penaltyServiceId: number | null;
  penaltyDescription: string | null;
  includeChildAccounts: boolean;
  contractCommitmentPenaltyChargeTypeId: number | null;
  periods: Period[];
  services: Link[];
  packageFrequencies: Link[];
  usageClasses: Link[];
}

export interface LogisenseState {
  nextIdentity: number;
  readonly commitmentTypes: Map<number, CommitmentType>;
  readonly penaltyChargeTypes: Map<number, Named>;
  readonly frequencyTypes: Map<number, Named>;
  readonly services: Map<number, Named>;
  readonly packageFrequencies: Map<number, PackageFrequency>;
  readonly usageClasses: Map<number, Named>;
  readonly accountContracts: Map<number, AccountContract>;
  /** In the order of their identities, which is the order of every list. */
  readonly commitments: Map<number, Commitment>;
}
