/**
 * What the CRM makes of a service order by itself, and what it does not let anybody save (`backends.md` §2.3, §2.6).
 *
 * Guarantees that formula fields always fit the fields they come from. The end of a ramp step is its start and
 * duration where both are known: the operators move the start alone, and the webhook must not send the old end.
 * Refuses an approval outside stage Signed, without a Mission Control account, or over ramp steps that are not
 * numbered 1 to n.
 */
import { addDays, addMonths } from '../calendar.js';
import { fieldIntegrity, validationFailed } from './errors.js';
import type { FieldValue, SRecord } from './objects.js';
import type { RecordStore } from './state.js';

/** A hundred years; keeps formula dates inside the calendar. */
const MAX_MONTHS = 1_200;

/** The last day that still counts, since the operators expect it to equal Commitment Manager's. */
export function lastDay(startsOn: string, months: number): string {
  return addDays(addMonths(startsOn, months), -1);
}

/** The fields that nobody writes, from those that were written. */
export function formulasOf(object: string, record: SRecord): Record<string, FieldValue> {
  if (object === 'Service_Order__c') {
    return { Contract_End_Date__c: endOf(record['Contract_Start_Date__c'], record['Contract_Duration__c']) };
  }
  if (object === 'Service_Order_Details__c') {
    const start = record['Commit_Start_Date__c'] ?? null;
    const end = endOf(start, record['Commit_Duration__c']) ?? record['Commit_End_Date__c'] ?? null;
    return { Commit_Start_Date_Normalized__c: start, Commit_End_Date_Normalized__c: end };
  }
  return {};
}

function endOf(start: FieldValue | undefined, months: FieldValue | undefined): string | null {
  return typeof start === 'string' && typeof months === 'number' ? lastDay(start, months) : null;
}

export function stepsOf(orderId: string, store: RecordStore): SRecord[] {
  const steps = [...store.childrenOf('Service_Order_Details__c', 'Service_Order__c', orderId)];
  return steps.sort((a, b) => Number(a['Cycle_Number__c']) - Number(b['Cycle_Number__c']));
}

export function isApproval(before: SRecord, after: SRecord): boolean {
  return before['Rev_Ops_Approved__c'] !== true && after['Rev_Ops_Approved__c'] === true;
}

/** Throws a refusal; `after` is what would be saved. */
export function checkRules(object: string, before: SRecord, after: SRecord, store: RecordStore): void {
  for (const field of ['Contract_Duration__c', 'Commit_Duration__c']) {
    const months = after[field];
    if (typeof months === 'number' && (months < 1 || months > MAX_MONTHS)) {
      throw validationFailed(`A duration is 1 to ${MAX_MONTHS} months.`, field);
    }
  }
  if (object !== 'Service_Order__c') return;
  const isApproved = after['Rev_Ops_Approved__c'] === true;
  if (isApproval(before, after) && after['Stage__c'] !== 'Signed') {
    throw validationFailed('Only a signed service order can be approved.', 'Rev_Ops_Approved__c');
  }
  if (isApproved && after['Stage__c'] === 'Signed' && after['Mission_Control_Account__c'] === null) {
    throw fieldIntegrity(
      'An approved service order needs a Mission Control account.',
      'Mission_Control_Account__c',
    );
  }
  if (!isApproval(before, after)) return;
  const numbers = stepsOf(String(after['Id']), store).map((step) => step['Cycle_Number__c']);
  if (numbers.some((number, index) => number !== index + 1)) {
    throw validationFailed(
      'The cycle numbers of a ramp must run from 1 without gaps.',
      'Rev_Ops_Approved__c',
    );
  }
}
