/**
 * A refusal in the vendor's words, made fit for whoever asked.
 *
 * Guarantees: at most 300 characters of one line of plain text. Refuses words that were not meant for customers: mark-up,
 * stack traces, addresses of machines; and takes out ids and e-mail addresses that the caller did not bring along.
 */

const LONGEST = 300;
const NOT_FOR_CUSTOMERS = /<[a-z!/]|https?:|\bat \S+\(|\bat \S+:\d+|exception\b|\b[\w-]+(\.[\w-]+){2,}\b/i;
/** A vendor's id: a short prefix, and a tail that is no word (`backends.md` C20). */
const ID = /\b[a-z]{2,8}_(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{3,64}\b/g;
const E_MAIL = /\S+@\S+/g;

/** The text, or `instead` where it cannot be shown. `known`: ids that the caller knows. */
export function customerText(said: string | undefined, known: ReadonlySet<string>, instead: string): string {
  // Longer texts are not read to their end: what is beyond is not shown, and searching it costs.
  const line = (said ?? '')
    .slice(0, 10 * LONGEST)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/g, ' ')
    .trim();
  if (line === '' || NOT_FOR_CUSTOMERS.test(line)) return instead;
  const clean = line.replace(E_MAIL, '(withheld)').replace(ID, (id) => (known.has(id) ? id : '(withheld)'));
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1).trimEnd()}…`;
}
