/**
 * Service orders as the graph knows them (`backends.md` §2.3, C30).
 *
 * Guarantees: total and pure; amounts are exact and in major units; an annual amount is divided once, here; ends
 * become the first day after. Refuses to guess: no currency in the directory, no `Money`; an unknown commit cycle, no
 * monthly minimum.
 */
import { addToDay, termThrough, type Term } from '../../domain/calendar.js';
import { money, monthlyShare, type Decimal, type Money } from '../../domain/money.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { CommitCycle, RampStep, ServiceOrder, ServiceOrderStage } from '../../domain/service-order.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import { SOURCE } from './client.js';
import type { OrderRow, RampRow } from './wire.js';

export interface MappingContext {
  readonly organization: Organization;
  readonly observation: Observation;
  readonly drift: Drift;
}

const STAGES: Readonly<Record<string, ServiceOrderStage>> = { Signed: 'SIGNED', Terminated: 'TERMINATED' };
const CYCLES: Readonly<Record<string, CommitCycle>> = { Monthly: 'MONTHLY', Annual: 'ANNUAL' };

/** An order with all of its ramp rows. */
export function toServiceOrder(
  row: OrderRow,
  rampRows: readonly RampRow[],
  { organization, observation, drift }: MappingContext,
): ServiceOrder {
  const cycleText = row.Commit_Cycle__c ?? row.Commit_Cycle_Text__c;
  const commitCycle =
    cycleText === null
      ? null
      : enumOf(CYCLES, cycleText, (text) => drift.unrecognized(SOURCE, 'serviceOrder.commitCycle', text));
  const committed = moneyIn(row.Min_Monthly_Commit__c, organization);
  return {
    externalId: row.Id,
    organization: organization.slug,
    name: row.Name,
    stage:
      row.Stage__c === null
        ? null
        : enumOf(STAGES, row.Stage__c, (text) => drift.unrecognized(SOURCE, 'serviceOrder.stage', text)),
    stageText: row.Stage__c,
    term: termOfOrder(row),
    reportedEndOn: row.Contract_End_Date__c,
    durationMonths: row.Contract_Duration__c,
    amount: row.Min_Monthly_Commit__c,
    committed,
    monthlyMinimum: committed && monthlyMinimum(committed, commitCycle),
    commitCycle,
    commitCycleText: cycleText,
    isRevOpsApproved: row.Rev_Ops_Approved__c,
    commitmentHandlerId: row.commitment_handler_id__c,
    opportunityId: row.Opportunity__c,
    missionControlAccountId: row.Mission_Control_Account__c,
    rampSteps: rampRows.map((step) => toRampStep(step, organization)).sort(byCycle),
    createdAt: row.CreatedDate,
    updatedAt: row.LastModifiedDate,
    observation,
  };
}

/** Without a cycle the field means what its name says: a month. */
function monthlyMinimum(committed: Money, cycle: CommitCycle | null): Money | null {
  switch (cycle) {
    case 'ANNUAL':
      return monthlyShare(committed);
    case 'MONTHLY':
    case null:
      return committed;
    case 'UNRECOGNIZED':
      return null;
  }
}

const MOST_MONTHS = 1200;

/** Start plus duration where both are known: whether the formula's end is the last day is not documented. */
function termOfOrder(row: OrderRow): Term {
  const startsOn = row.Contract_Start_Date__c;
  const months = row.Contract_Duration__c;
  if (startsOn !== null && months !== null && months > 0 && months <= MOST_MONTHS) {
    return { startsOn, endsBefore: addToDay(startsOn, { months }) };
  }
  return termThrough(startsOn, row.Contract_End_Date__c);
}

function toRampStep(row: RampRow, organization: Organization): RampStep {
  return {
    externalId: row.Id,
    name: row.Name,
    cycleNumber: row.Cycle_Number__c,
    amount: row.Commit_Amount__c,
    committed: moneyIn(row.Commit_Amount__c, organization),
    durationMonths: row.Commit_Duration__c,
    term: termThrough(row.Commit_Start_Date__c, row.Commit_End_Date__c),
    normalizedTerm: termThrough(row.Commit_Start_Date_Normalized__c, row.Commit_End_Date_Normalized__c),
    updatedAt: row.LastModifiedDate,
  };
}

/** In the order of the cycles; steps without a number last. */
function byCycle(a: RampStep, b: RampStep): number {
  const first = a.cycleNumber ?? Infinity;
  const second = b.cycleNumber ?? Infinity;
  if (first !== second) return first < second ? -1 : 1;
  return a.externalId < b.externalId ? -1 : a.externalId > b.externalId ? 1 : 0;
}

function moneyIn(amount: Decimal | null, { currency }: Organization): Money | null {
  return amount === null || currency === null ? null : money(amount, currency);
}
