/** How large a request and its operation may be before anything is asked. Page sizes are checked where they are used. */

/** Bytes of a request's body. The longest query that the explorer's schema introspection needs is a tenth of this. */
export const LARGEST_BODY_BYTES = 128 * 1024;

/** Tokens of a document: the whole graph can be selected twice over within this, and parsing stays below a millisecond. */
export const MOST_TOKENS = 5_000;

/** Milliseconds after which a request is given up, whatever it still waits for. Longer than any one backend may take. */
export const REQUEST_DEADLINE_MS = 20_000;

/** Fields below one another: enough from all customers, by edges, down to an amount of the usage behind an invoice. */
export const DEEPEST_SELECTION = 12;

/**
 * Objects that an operation's lists may hold, if every page is full: a hundred customers with twenty contracts of
 * twenty invoices each are 42,100, and pages of a hundred in one another are too many at the third.
 */
export const MOST_NODES = 50_000;

/** Milliseconds after which a stream of events ends, whether or not what it follows has. */
export const LONGEST_STREAM_MS = 600_000;

/** Streams of events that this process keeps open at once, and those of one client. */
export const MOST_STREAMS = 500;
export const MOST_STREAMS_OF_CLIENT = 50;
