/** One query that asks every source for all that it gives of one customer, and what is left of the answer without one. */
import type { SourceName } from '../../src/domain/source.js';

const FRESHNESS = 'freshness { observedAt ageMs stale }';
const COVERAGE = `coverage { complete missing sources { source organization { slug } state code retryAfterMs droppedRecords undated ${FRESHNESS} } }`;
const TERM = 'term { startsOn endsBefore }';
const MONEY = '{ amount currency }';
const SPEND = `committed ${MONEY} used ${MONEY}`;

export const EVERYTHING = `query {
  organization(slug: "sleepyco") {
    id slug name currency accounts { source kind externalIds }
    commitments(first: 100) {
      nodes {
        __typename id source externalId name status statusText ${TERM} committed ${MONEY} committedPer
        products { externalId product { id sku } committedQuantity discountPercent referencePrice }
        periods { order startsOn endsBefore occurrences frequency { length unit } isRemainderOfTerm }
        createdAt updatedAt ${FRESHNESS}
        ... on MinimumCommitment { cancelledAt serviceOrder { externalId name } }
        ... on ContractCommitment { accountContract { externalId name } penalty { description } services { service { name } } }
        ... on ResourceCommitment { pricingMethod fixedPrice taxCode { code } reseller { name } isTerminated }
      }
      ${COVERAGE}
    }
    contracts {
      totalCount
      nodes {
        id externalId status statusText ${TERM} totalValue ${MONEY} renewalTerms { endAction noticeDays }
        quotes { externalId status amount ${MONEY} }
        latestQuote { externalId detail { netTerms offerings { externalId } } }
        offerings { externalId rate { name } products { name quantity unitPrice ${MONEY} } }
        invoices { totalCount nodes { externalId status amount ${MONEY} } ${COVERAGE} }
        ${FRESHNESS}
      }
      ${COVERAGE}
    }
    serviceOrders {
      totalCount
      nodes { id externalId stage ${TERM} monthlyMinimum ${MONEY} rampSteps { amount } minimumCommitment { externalId } ${FRESHNESS} }
      ${COVERAGE}
    }
    minimumCommitmentState { status minimum ${MONEY} syncStatus commitmentHandlerId ${FRESHNESS} }
    usage { month ${SPEND} lines { name amount ${MONEY} } ${FRESHNESS} }
    billingHistory(range: { startsOn: "2026-01-01", endsBefore: "2027-01-01" }) { month ${SPEND} invoiced ${MONEY} }
    contractTerms { clauses { kind text } ${FRESHNESS} }
  }
}`;

export interface Outage {
  readonly code: string;
  readonly retryAfterMs: number | null;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- an answer is read by its shape */

/** What the answer must be when one source fails: everything else exactly as it is, and the gap where it belongs. */
export function withoutSource(data: any, source: SourceName, { code, retryAfterMs }: Outage): any {
  const { organization } = structuredClone(data);
  const { commitments } = organization;
  const entry = commitments.coverage.sources.find((one: any) => one.source === source);
  if (entry !== undefined) {
    Object.assign(entry, {
      state: 'FAILED',
      code,
      retryAfterMs,
      droppedRecords: 0,
      undated: 0,
      freshness: null,
    });
    Object.assign(commitments.coverage, { complete: false, missing: [source] });
    commitments.nodes = commitments.nodes.filter((one: any) => one.source !== source);
  }
  switch (source) {
    case 'COMMITMENT_MANAGER':
      for (const name of ['minimumCommitmentState', 'usage', 'billingHistory', 'contractTerms'])
        organization[name] = null;
      for (const order of organization.serviceOrders.nodes) order.minimumCommitment = null;
      break;
    case 'SALESFORCE':
      organization.serviceOrders = null;
      for (const one of commitments.nodes) if ('serviceOrder' in one) one.serviceOrder = null;
      break;
    case 'MONETIZENOW':
      organization.contracts = null;
      break;
    case 'LOGISENSE':
    case 'CLOUDMC':
      break;
  }
  return { organization };
}
