/**
 * The text of a calendar (RFC 5545): all-day events and their alarms, and nothing else of that format.
 *
 * Guarantees: lines end with CRLF and have at most 75 octets, and no character is cut in two; text is escaped, so that no value
 * can begin a line of its own. Days are written as days: no time zone can move them. Written here because libraries take days
 * as instants of a time zone, and ours have none.
 */
import type { Day, Instant } from '../domain/calendar.js';

export interface CalendarEvent {
  /** Stays the same for the same event, whenever it is written; calendar programs go by it. */
  readonly uid: string;
  readonly startsOn: Day;
  /** The day after the last one. */
  readonly endsBefore: Day;
  readonly summary: string;
  readonly description: string;
  readonly category: string;
  /** Reminds so many days before. */
  readonly alarmDays: number | null;
}

export interface CalendarText {
  readonly name: string;
  readonly description: string;
  readonly writtenAt: Instant;
  readonly events: readonly CalendarEvent[];
}

const MOST_OCTETS = 75;

/** A logical line as lines of the file: those that go on begin with a space. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** A value of the type TEXT. Control characters other than line feeds are not allowed in it, and left out. */
export function escapeText(text: string): string {
  return Buffer.from(text) // halves of characters become signs that something was there
    .toString()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');
}

const dateOf = (day: Day): string => day.replaceAll('-', '');
const stampOf = (instant: Instant): string => `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

function eventLines(event: CalendarEvent, writtenAt: Instant): string[] {
  const { uid, startsOn, endsBefore, summary, description, category, alarmDays } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stampOf(writtenAt)}`,
    `DTSTART;VALUE=DATE:${dateOf(startsOn)}`,
    `DTEND;VALUE=DATE:${dateOf(endsBefore)}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `CATEGORIES:${escapeText(category)}`,
    'TRANSP:TRANSPARENT', // nobody is busy on these days
    ...(alarmDays === null
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escapeText(summary)}`,
          `TRIGGER:-P${alarmDays}D`,
          'END:VALARM',
        ]),
    'END:VEVENT',
  ];
}

export function writeCalendar({ name, description, writtenAt, events }: CalendarText): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//commitment-graph//Renewals//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `X-WR-CALDESC:${escapeText(description)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...events.flatMap((event) => eventLines(event, writtenAt)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}
