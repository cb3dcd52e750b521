/**
 * A refusal in a vendor's words, made fit for whoever asked.
 *
 * Guarantees: at most 300 characters of one line of plain text. Refuses words that were not meant for customers: mark-up,
 * addresses, file names, queries, programs that fell over; and takes out e-mail addresses and ids that the caller did not
 * bring along: they may be another customer's.
 */

const LONGEST = 300;
/** More messages would not fit, and searching long ones costs. */
const MOST_MESSAGES = 20;
const MOST_READ = 10 * LONGEST;

const NOT_FOR_CUSTOMERS =
  /<[a-z!/?]|[a-z][a-z0-9+.-]*:\/\/|https?:|\bat [\w$.<>]+\(|\bat \S+:\d+|exception\b|\w(Exception|Error)\b|\b[\w-]+(\.[\w-]+){2,}\b|\bselect\b.+\bfrom\b|(^|\s)\/[\w-]+\//i;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;
const E_MAIL = /\S+@\S+/g;
/** Stands where something was taken out. */
export const WITHHELD = '(withheld)';

export interface VendorIds {
  /** What an id of this vendor looks like in a text; global. */
  readonly form: RegExp;
  /** Whether the caller knows it. */
  readonly isKnown: (id: string) => boolean;
}

/** `null`: nothing of it can be shown. */
export function customerText(messages: readonly string[], { form, isKnown }: VendorIds): string | null {
  const shown = messages
    .slice(0, MOST_MESSAGES)
    .map((message) => message.slice(0, MOST_READ).replace(UNPRINTABLE, ' ').trim())
    .filter((message) => message !== '' && !NOT_FOR_CUSTOMERS.test(message))
    .map((message) => message.replace(E_MAIL, WITHHELD).replace(form, (id) => (isKnown(id) ? id : WITHHELD)));
  const line = [...new Set(shown)].join(' ');
  if (line === '') return null;
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).trimEnd()}…`;
}
