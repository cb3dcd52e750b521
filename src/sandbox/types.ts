/**
 * What an emulator is, and who the sandbox's customers are.
 *
 * The sandbox is the second reading of the vendors' pages: nothing here may import from `backends/`, `graph/` or
 * `upstream/`, so that a misreading in an adapter meets an emulator that did not share it.
 */

import type { Change } from './ledger.js';

export type BackendName = 'commitment-manager' | 'salesforce' | 'logisense' | 'monetizenow' | 'cloudmc';

export interface EmulatedRequest {
  readonly method: string;
  /** The path as sent, without query, percent-encoding kept. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface EmulatedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON; `bigint` and `LosslessNumber` become numbers with all their digits. Absent: an empty body. */
  readonly json?: unknown;
  /** Written as it is, for bodies that are not JSON. */
  readonly text?: string;
}

/** One vendor's API over its own state. Answers by itself; slowness, cuts and lies are the fault script's business. */
export interface BackendApi {
  readonly name: BackendName;
  handle(request: EmulatedRequest): EmulatedReply;
  /** Back to the state and the behaviour it started with. */
  reset(): void;
  /** What a vendor may decide one way or another, such as holding a change for review. Absent: nothing. */
  readonly behaviour?: Behaviour;
}

/** Decisions of a vendor that its page leaves open or that a customer cannot foresee; a test makes them. */
export interface Behaviour {
  /** All settings by name, with the values in force. */
  get(): Readonly<Record<string, unknown>>;
  /** Sets those that are named. Throws `BehaviourError`, and changes nothing, for an unknown name or a wrong value. */
  set(settings: Readonly<Record<string, unknown>>): void;
}

export class BehaviourError extends Error {
  override readonly name = 'BehaviourError';
}

/** Tells the ledger what a call brought about. Called in the turn in which the state changes, never for a refusal. */
export type Report = (change: Change) => void;

/** The sandbox's clock: milliseconds since the epoch. */
export type Clock = () => number;

/**
 * What is awkward about a customer. Each emulator seeds what the trait means on its side and ignores the others.
 *
 * - `ramped`: minimum in rising steps (Salesforce detail rows, several Commitment Manager rows end to end); a MonetizeNow
 *   offering in two steps
 * - `cancelled`, `expired`, `pending`: beside or instead of the running commitment, one that was cancelled, is over, starts later
 * - `open-ended`: a CloudMC commitment without an end
 * - `pre-paid`: a CloudMC FIXED_PRICE commitment billed in advance; a MonetizeNow offering billed in ADVANCE
 * - `no-products`: a CloudMC commitment with an empty product list
 * - `penalty`: a LogiSense commitment with a penalty service and charge type
 * - `terminated`: a CloudMC commitment with `terminated` true while its status is still IN_PROGRESS
 * - `annual-cycle`: the Salesforce order states its amount for a year (Commit_Cycle__c Annual)
 * - `amount-disagrees`: Salesforce and Commitment Manager differ in the amount; Salesforce changed days ago
 * - `sync-pending`: Salesforce changed two minutes ago, Commitment Manager says `pending`
 * - `never-sent`: a signed and approved order without handler id, and no commitment in Commitment Manager
 * - `several-active-orders`: two signed orders for the same dates
 * - `large-amount`: a minimum beyond 2^31 cents, and a CloudMC price beyond 2^53
 * - `in-review`: a MonetizeNow contract whose latest quote is in REVIEW
 */
export type Trait =
  | 'ramped'
  | 'cancelled'
  | 'expired'
  | 'pending'
  | 'open-ended'
  | 'pre-paid'
  | 'no-products'
  | 'penalty'
  | 'terminated'
  | 'annual-cycle'
  | 'amount-disagrees'
  | 'sync-pending'
  | 'never-sent'
  | 'several-active-orders'
  | 'large-amount'
  | 'in-review';

/** A customer of the sandbox, as all emulators see it. Deterministic: made by `portfolio.ts` from a seed number. */
export interface Profile {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  /** Major units a month; whole. What the customer promised to spend with the telephony company. */
  readonly monthlyMinimum: bigint;
  /** `YYYY-MM-DD`; the main agreement's first day, at the first of a month. */
  readonly startsOn: string;
  readonly months: number;
  readonly traits: ReadonlySet<Trait>;
  readonly commitmentManager?: { readonly organizationId: string };
  readonly salesforce?: { readonly missionControlAccountId: string; readonly organizationId: string };
  readonly logisense?: {
    readonly accountContracts: readonly {
      readonly id: number;
      readonly name: string;
      readonly startsOn: string;
      readonly months: number;
    }[];
  };
  readonly monetizenow?: { readonly accountId: string; readonly contractIds: readonly string[] };
  readonly cloudmc?: {
    readonly organizationId: string;
    readonly resellerName: string;
    readonly resellerId: string;
  };
  /** How many commitments each backend that can hold several should hold for this customer (the generator's M). */
  readonly commitmentsPerBackend: number;
}
