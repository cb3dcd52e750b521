/**
 * Billing cycles and their invoices: what the rules for writes hang on (`backends.md` §5.5). Guarantees that an
 * organization's cycles lie end to end, a month each, from its billing day to before the next; nothing is stored, the
 * clock alone closes a cycle and has its invoice issued and paid.
 *
 * Our reading, because the vendor only names the states: closed is WAITING_INVOICE, WAITING_PAYMENT or PAID; issued is
 * an invoice that is ISSUED or PAID; drafted 3 days after the cycle's end, issued 3 days later, paid 5 days after that
 * (the values that its samples of the billing settings show).
 */
import { addDays, addMonths, dayAt, instantOf, monthOf } from '../calendar.js';
import type { Settings } from './behaviour.js';

/** How an organization is billed. */
export interface Billing {
  /** Day of the month on which a cycle starts, 1 to 28. */
  readonly day: number;
  /** First day of the first cycle that is billed at all. */
  readonly since: string;
  /** Its invoices are flagged for review, so that none is issued. */
  readonly held: boolean;
  readonly currency: string;
}

export interface Cycle {
  readonly startsOn: string;
  /** The first day after it: the vendor's `endDate` of a cycle is exclusive. */
  readonly endsOn: string;
}

export type CycleState = 'NONE' | 'WAITING_INVOICE' | 'WAITING_PAYMENT' | 'PAID' | 'IN_PROGRESS' | 'FUTURE';
export type InvoiceStatus = 'IN_PROGRESS' | 'IN_REVIEW' | 'ISSUED' | 'PAID';

const DRAFTED_AFTER_DAYS = 3;
const ISSUED_AFTER_DAYS = DRAFTED_AFTER_DAYS + 3;
const PAID_AFTER_DAYS = ISSUED_AFTER_DAYS + 5;
const DAY_MS = 86_400_000;

export function cycleOf(billingDay: number, day: string): Cycle {
  const sameMonth = `${monthOf(day)}-${String(billingDay).padStart(2, '0')}`;
  const startsOn = sameMonth <= day ? sameMonth : addMonths(sameMonth, -1);
  return { startsOn, endsOn: addMonths(startsOn, 1) };
}

export function currentCycle(billing: Billing, now: number): Cycle {
  return cycleOf(billing.day, dayAt(now));
}

export function cycleAfter(cycle: Cycle): Cycle {
  return { startsOn: cycle.endsOn, endsOn: addMonths(cycle.endsOn, 1) };
}

/** Milliseconds since the epoch; half-open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to && one.from < one.to && other.from < other.to;
}

const spanUntil = (from: string, to: string): Span => ({ from: instantOf(from), to: instantOf(to) });

function billedSince(billing: Billing, settings: Settings, now: number): string {
  const current = currentCycle(billing, now).startsOn;
  return settings.cyclesClosed && billing.since < current ? billing.since : current;
}

/** All closed cycles together; empty when there is none. */
export function closedSpan(billing: Billing, settings: Settings, now: number): Span {
  return spanUntil(billedSince(billing, settings, now), currentCycle(billing, now).startsOn);
}

/** All cycles with an issued invoice together; empty when there is none. */
export function issuedSpan(billing: Billing, settings: Settings, now: number): Span {
  const since = billedSince(billing, settings, now);
  if (billing.held || !settings.invoicesIssued) return spanUntil(since, since);
  return spanUntil(since, currentCycle(billing, now - ISSUED_AFTER_DAYS * DAY_MS).startsOn);
}

export function cycleState(cycle: Cycle, billing: Billing, settings: Settings, now: number): CycleState {
  if (instantOf(cycle.startsOn) > now) return 'FUTURE';
  if (instantOf(cycle.endsOn) > now) return 'IN_PROGRESS';
  const span = spanUntil(cycle.startsOn, cycle.endsOn);
  if (!overlaps(span, closedSpan(billing, settings, now))) return 'NONE';
  if (!overlaps(span, issuedSpan(billing, settings, now))) return 'WAITING_INVOICE';
  return now < instantOf(addDays(cycle.endsOn, PAID_AFTER_DAYS)) ? 'WAITING_PAYMENT' : 'PAID';
}

export interface Invoice {
  readonly status: InvoiceStatus;
  readonly draftedOn?: string;
  readonly issuedOn?: string;
}

/** None for a cycle that has not begun or that is not billed. */
export function invoiceOf(cycle: Cycle, billing: Billing, settings: Settings, now: number): Invoice | null {
  const draftedOn = addDays(cycle.endsOn, DRAFTED_AFTER_DAYS);
  const issuedOn = addDays(cycle.endsOn, ISSUED_AFTER_DAYS);
  switch (cycleState(cycle, billing, settings, now)) {
    case 'NONE':
    case 'FUTURE':
      return null;
    case 'IN_PROGRESS':
      return { status: 'IN_PROGRESS' };
    case 'WAITING_INVOICE':
      return now < instantOf(draftedOn) ? { status: 'IN_PROGRESS' } : { status: 'IN_REVIEW', draftedOn };
    case 'WAITING_PAYMENT':
      return { status: 'ISSUED', draftedOn, issuedOn };
    case 'PAID':
      return { status: 'PAID', draftedOn, issuedOn };
  }
}

/** The cycles from the first that is billed up to `ahead` after the current one, in order. */
export function cyclesOf(billing: Billing, settings: Settings, now: number, ahead: number): Cycle[] {
  const last = currentCycle(billing, now);
  const until = addMonths(last.startsOn, ahead);
  const cycles: Cycle[] = [];
  let cycle = cycleOf(billing.day, billedSince(billing, settings, now));
  for (; cycle.startsOn <= until; cycle = cycleAfter(cycle)) cycles.push(cycle);
  return cycles;
}
