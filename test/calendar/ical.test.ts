/** The text of a calendar: lines, characters that mean something, and what is not known. */
import { describe, expect, it } from 'vitest';
import { calendarText } from '../../src/calendar/events.js';
import { escapeText, fold, writeCalendar } from '../../src/calendar/ical.js';
import type { Day, Instant } from '../../src/domain/calendar.js';

describe('the text', () => {
  const at = '2026-11-21T12:00:00Z' as Instant;

  it('is escaped, and cannot begin a line of its own', () => {
    expect(escapeText('a;b,c\\d\r\ne\nf\u0000g\u2028h')).toBe('a\\;b\\,c\\\\d\\ne\\nf g h');
    const text = writeCalendar({
      name: 'x\r\nBEGIN:VEVENT',
      description: '\ud800',
      writtenAt: at,
      events: [],
    });
    expect(text).not.toMatch(/^BEGIN:VEVENT/m);
    expect(text).toContain('NAME:x\\nBEGIN:VEVENT\r\n');
    expect(text).toContain('DESCRIPTION:\ufffd\r\n');
  });

  it.each(['a', 'é', '漢', '😀', 'a😀'])('of %s is folded at 75 octets, between characters', (unit) => {
    const line = `SUMMARY:${unit.repeat(100)}`;
    const folded = fold(line).split('\r\n');
    expect(folded.length).toBeGreaterThan(1);
    for (const each of folded) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75);
    expect(folded.slice(0, -1).every((each) => Buffer.byteLength(each) > 75 - 4)).toBe(true);
    expect(folded.join('\r\n').replaceAll('\r\n ', '')).toBe(line);
    expect(fold(line)).not.toContain('\ufffd');
  });

  it('counts what has no known end instead of guessing one', () => {
    const nothing = {
      noticeDays: null,
      noticeBy: null,
      renewsAutomatically: null,
      renewalMonths: null,
      renewalValue: null,
    };
    const entry = {
      kind: 'SERVICE_ORDER',
      source: 'SALESFORCE',
      externalId: 'a01',
      organization: 'x' as never,
      name: null,
      startsOn: '2026-01-01' as Day,
      lastDay: null,
      endsBefore: null,
      value: null,
      ...nothing,
    } as const;
    const text = calendarText({
      name: 'n',
      entries: [
        { ...entry, atEnd: 'UNKNOWN' },
        { ...entry, externalId: 'a02', atEnd: 'GOES_ON_OPEN' },
      ],
      nameOf: (slug) => slug,
      writtenAt: at,
      remarks: [],
    });
    expect(text).not.toContain('BEGIN:VEVENT');
    expect(text.replaceAll('\r\n ', '')).toContain('Without a known end\\, and not shown: 1.');
  });
});
