/**
 * A refusal in LogiSense's words, made fit for whoever asked: all problems in one line, without the summary entry.
 *
 * Guarantees: at most 300 characters of plain text. Refuses words that were not meant for customers: mark-up, stack
 * traces, addresses of machines; and takes out e-mail addresses and long numbers that the caller did not bring along:
 * ids here are plain numbers, and may be another customer's.
 */
import { readMessages } from './wire.js';

const LONGEST = 300;
const NOT_FOR_CUSTOMERS = /<[a-z!/]|https?:|\bat \S+\(|\bat \S+:\d+|exception\b|\b[\w-]+(\.[\w-]+){2,}\b/i;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
const E_MAIL = /\S+@\S+/g;
const LONG_NUMBER = /\d{4,}/g;

/** What the body of a refusal says, or `instead` where nothing of it can be shown. `sent`: the request's body. */
export function customerText(body: unknown, sent: string | null, instead: string): string {
  const known = new Set((sent ?? '').match(/\d+/g));
  const messages = readMessages(body)
    // More would not fit, and searching it costs.
    .slice(0, 20)
    .map((message) =>
      message
        .slice(0, 2 * LONGEST)
        .replace(UNPRINTABLE, ' ')
        .trim(),
    )
    .filter((message) => message !== '' && !NOT_FOR_CUSTOMERS.test(message))
    .map((message) =>
      message
        .replace(E_MAIL, '(withheld)')
        .replace(LONG_NUMBER, (number) => (known.has(number) ? number : '(withheld)')),
    );
  const line = [...new Set(messages)].join(' ');
  if (line === '') return instead;
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).trimEnd()}…`;
}
