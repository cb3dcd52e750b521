/**
 * What a run found of one customer, as plain data: it is what programs are given, and what is kept of a run that was
 * interrupted. Guarantees: what was written is what is read, amounts to the last digit.
 */
import type { Instant } from '../domain/calendar.js';
import type { OrganizationSlug } from '../domain/organization.js';
import { decimalOfPrinted, printDecimal, type CurrencyCode } from '../domain/money.js';
import { findingsOf, idOf, memoryOf, type Memories } from '../domain/reconciliation/memory.js';
import {
  plainImpact,
  plainValue,
  type PlainImpact,
  type PlainValue,
} from '../domain/reconciliation/plain.js';
import type {
  Action,
  Authority,
  Cause,
  ComparedField,
  Finding,
  FindingState,
  Reconciliation,
  ReconciliationCoverage,
  ReconciliationSummary,
  Severity,
  SideCoverage,
  SideValue,
} from '../domain/reconciliation/types.js';

export interface PlainSide {
  readonly source: SideValue['source'];
  readonly recordId: string | null;
  readonly value: PlainValue | null;
  readonly observedAt: string;
  readonly updatedAt: string | null;
}

export interface FoundDifference {
  readonly id: string;
  readonly organization: string;
  readonly state: FindingState;
  readonly fields: readonly ComparedField[];
  readonly orderId: string | null;
  readonly stepId: string | null;
  readonly commitmentId: string | null;
  readonly crm: PlainSide | null;
  readonly billing: PlainSide | null;
  readonly cause: Cause;
  readonly authority: Authority | null;
  readonly severity: Severity;
  readonly impact: PlainImpact;
  readonly action: Action;
  readonly firstSeenAt: string | null;
  readonly acknowledgement: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

interface PlainCurrencyImpact {
  readonly currency: string;
  readonly overchargePerMonth: string;
  readonly overchargeOverTerm: string;
  readonly leakagePerMonth: string;
  readonly leakageOverTerm: string;
}

export type PlainSummary = Omit<ReconciliationSummary, 'impact'> & {
  readonly impact: readonly PlainCurrencyImpact[];
};

export interface OrganizationResult {
  readonly organization: OrganizationSlug;
  readonly at: Instant;
  readonly coverage: Pick<ReconciliationCoverage, 'orders' | 'commitments' | 'state' | 'terms'>;
  readonly findings: readonly FoundDifference[];
  readonly summary: PlainSummary;
}

function plainSide(side: SideValue | null): PlainSide | null {
  return side && { ...side, value: side.value && plainValue(side.value) };
}

function found(finding: Finding, memories: Memories, at: Instant): FoundDifference {
  const memory = memoryOf(finding, memories, at);
  return {
    id: idOf(finding),
    organization: finding.organization,
    state: finding.state,
    fields: finding.fields,
    orderId: finding.orderId,
    stepId: finding.stepId,
    commitmentId: finding.commitmentId,
    crm: plainSide(finding.crm),
    billing: plainSide(finding.billing),
    cause: finding.cause,
    authority: finding.authority,
    severity: finding.severity,
    impact: plainImpact(finding.impact),
    action: finding.action,
    firstSeenAt: memory?.firstSeenAt ?? null,
    acknowledgement: memory?.acknowledgement ?? null,
  };
}

export function resultOf(reconciliation: Reconciliation, memories: Memories): OrganizationResult {
  const { organization, at, coverage, summary } = reconciliation;
  const { orders, commitments, state, terms } = coverage;
  return {
    organization,
    at,
    coverage: { orders, commitments, state, terms },
    findings: findingsOf(reconciliation).map((finding) => found(finding, memories, at)),
    summary: plainSummary(summary),
  };
}

export function plainSummary(summary: ReconciliationSummary): PlainSummary {
  return {
    ...summary,
    impact: summary.impact.map(
      ({ currency, overchargePerMonth, overchargeOverTerm, leakagePerMonth, leakageOverTerm }) => ({
        currency,
        overchargePerMonth: printDecimal(overchargePerMonth),
        overchargeOverTerm: printDecimal(overchargeOverTerm),
        leakagePerMonth: printDecimal(leakagePerMonth),
        leakageOverTerm: printDecimal(leakageOverTerm),
      }),
    ),
  };
}

export function summaryOfPlain(summary: PlainSummary): ReconciliationSummary {
  return {
    ...summary,
    impact: summary.impact.map((one) => ({
      currency: one.currency as CurrencyCode,
      overchargePerMonth: decimalOfPrinted(one.overchargePerMonth),
      overchargeOverTerm: decimalOfPrinted(one.overchargeOverTerm),
      leakagePerMonth: decimalOfPrinted(one.leakagePerMonth),
      leakageOverTerm: decimalOfPrinted(one.leakageOverTerm),
    })),
  };
}

const UNREAD: ReadonlySet<SideCoverage> = new Set<SideCoverage>(['FAILED', 'STALE', 'NOT_READ']);

/** Whether both sides answered: what they answered will not be asked again by a run that goes on. */
export function wasRead({ coverage }: OrganizationResult): boolean {
  return !UNREAD.has(coverage.orders) && !UNREAD.has(coverage.commitments);
}
