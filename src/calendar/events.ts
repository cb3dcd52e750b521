/**
 * Renewals as events of a calendar: one for the last day of a thing, and one for the last day for notice.
 *
 * Guarantees: a day that nobody knows is no event; that it is not known is said in the description of the end, or, where the
 * end is not known either, counted in the description of the calendar. Only the last day for notice has an alarm.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../domain/calendar.js';
import { plusDays } from '../domain/day-count.js';
import { printAmount, type Money } from '../domain/money.js';
import type { AtEnd, RenewalEntry, RenewalKind, ValuePer } from '../domain/renewal.js';
import { SOURCE_LABELS } from '../domain/source.js';
import { writeCalendar, type CalendarEvent } from './ical.js';

const KIND: Readonly<Record<RenewalKind, string>> = {
  MINIMUM_COMMITMENT: 'minimum commitment',
  CONTRACT_COMMITMENT: 'contract commitment',
  RESOURCE_COMMITMENT: 'committed resources',
  CONTRACT: 'contract',
  SERVICE_ORDER: 'service order',
};

const AT_END: Readonly<Record<AtEnd, { readonly title: string; readonly text: string }>> = {
  RENEWS: { title: 'renews', text: 'It renews by itself.' },
  ENDS: { title: 'ends', text: 'It ends.' },
  GOES_ON_OPEN: { title: 'goes on', text: 'It has no end.' },
  FOLLOWED: { title: 'is followed by another', text: 'Another one follows without a break.' },
  UNKNOWN: { title: 'ends or renews', text: 'Not known: its source does not say.' },
};

const PER: Readonly<Record<ValuePer, string>> = {
  MONTH: 'a month',
  BILLING_CYCLE: 'a billing cycle',
  TERM: 'for the whole term',
};

/** A week to decide. */
const ALARM_DAYS = 7;

export interface CalendarInput {
  readonly name: string;
  readonly entries: readonly RenewalEntry[];
  /** Names of customers by their slugs. */
  readonly nameOf: (slug: string) => string;
  readonly writtenAt: Instant;
  /** What the calendar lacks, as sentences. */
  readonly remarks: readonly string[];
}

function moneyText({ amount, currency }: Money): string {
  return `${printAmount({ amount, currency })} ${currency}`;
}

function noticeText({ noticeBy, noticeDays, atEnd }: RenewalEntry): string {
  if (noticeBy !== null)
    return `Last day for notice: ${noticeBy} (${String(noticeDays)} days before the end).`;
  return atEnd === 'RENEWS' || atEnd === 'UNKNOWN'
    ? 'Last day for notice: not known; its source does not state it.'
    : 'Last day for notice: none is stated.';
}

function descriptionOf(entry: RenewalEntry): string {
  const { source, externalId, organization, startsOn, lastDay, atEnd, value } = entry;
  const { renewalMonths, renewalValue } = entry;
  return [
    `${SOURCE_LABELS[source]}, ${externalId}; customer ${organization}.`,
    `First day: ${startsOn ?? 'not known'}. Last day: ${lastDay ?? 'not known'}.`,
    `At the end: ${AT_END[atEnd].text}`,
    noticeText(entry),
    ...(value === null ? [] : [`Committed: ${moneyText(value.amount)} ${PER[value.per]}.`]),
    ...(renewalMonths === null ? [] : [`A renewal lasts ${renewalMonths} months.`]),
    ...(renewalValue === null ? [] : [`A renewal would commit to ${moneyText(renewalValue)}.`]),
  ].join('\n');
}

function uidOf({ kind, source, organization, externalId }: RenewalEntry, what: 'end' | 'notice'): string {
  const mark = createHash('sha256').update(JSON.stringify([kind, source, organization, externalId]));
  return `${mark.digest('hex').slice(0, 32)}-${what}@commitment-graph`;
}

function eventsOf(entry: RenewalEntry, nameOf: CalendarInput['nameOf']): CalendarEvent[] {
  const { kind, organization, name, lastDay, endsBefore, noticeBy, atEnd } = entry;
  const what = `${KIND[kind]}${name === null ? '' : ` ${name}`}`;
  const customer = nameOf(organization);
  const description = descriptionOf(entry);
  const events: CalendarEvent[] = [];
  if (noticeBy !== null) {
    events.push({
      uid: uidOf(entry, 'notice'),
      startsOn: noticeBy,
      endsBefore: plusDays(noticeBy, 1),
      summary: `${customer}: last day for notice, ${what}`,
      description,
      category: 'Notice',
      alarmDays: ALARM_DAYS,
    });
  }
  if (lastDay !== null && endsBefore !== null) {
    events.push({
      uid: uidOf(entry, 'end'),
      startsOn: lastDay,
      endsBefore,
      summary: `${customer}: ${what} ${AT_END[atEnd].title}`,
      description,
      category: 'End',
      alarmDays: null,
    });
  }
  return events;
}

export function calendarText({ name, entries, nameOf, writtenAt, remarks }: CalendarInput): string {
  const unknown = entries.filter(
    ({ endsBefore, noticeBy, atEnd }) => endsBefore === null && noticeBy === null && atEnd !== 'GOES_ON_OPEN',
  ).length;
  return writeCalendar({
    name,
    writtenAt,
    description: [
      'Ends of commitments, contracts and orders, and last days for notice.',
      ...(unknown === 0 ? [] : [`Without a known end, and not shown: ${unknown}.`]),
      ...remarks,
    ].join(' '),
    events: entries.flatMap((entry) => eventsOf(entry, nameOf)),
  });
}
