/** How large a request and its operation may be before anything is asked. Page sizes are checked where they are used. */

/** Bytes of a request's body. The longest query that the explorer's schema introspection needs is a tenth of this. */
export const LARGEST_BODY_BYTES = 128 * 1024;

/**
 * Bytes of a document, whoever keeps it. All fields of a contract, the largest part of the graph, are a quarter of this,
 * and the explorer's introspection is a fifteenth.
 */
export const LONGEST_DOCUMENT_BYTES = 32 * 1024;

/** Tokens of a document: the whole graph can be selected twice over within this, and parsing takes a few milliseconds. */
export const MOST_TOKENS = 5_000;

/**
 * Selections of a document's operations: fields and fragments, each wherever it is spread. All fields of a contract are
 * 660, the explorer's introspection 240; what is to be validated and executed grows with this number.
 */
export const MOST_SELECTIONS = 2_000;

/** Selection sets within one another, of fields and of fragments. The explorer's introspection is 18 deep. */
export const DEEPEST_NESTING = 40;

/** Fields of an operation under another name than their own: four years of months, each with a few of its figures, are 60. */
export const MOST_ALIASES = 60;

/** Fields at the top of an operation. */
export const MOST_ROOT_FIELDS = 20;

/**
 * Pairs of fields that an answer has one place for: 140 times the same field is about as many. All of them are compared
 * with one another, and what is below them too. Fifty components that each ask for the `id` of one thing have 1,225.
 */
export const MOST_REPEATS = 10_000;

/** Directives of a document. */
export const MOST_DIRECTIVES = 50;

/** Operations, fragments and variables of a document. */
export const MOST_OPERATIONS = 50;
export const MOST_FRAGMENTS = 100;
export const MOST_VARIABLES = 100;

/** Characters of a name. */
export const LONGEST_NAME = 128;

/** Lists and objects within one another, in variables and in documents: no input of the graph has more than six. */
export const DEEPEST_VALUE = 16;

/** Values of a list in variables, and all values in them. The longest list that any input takes has a hundred. */
export const LONGEST_LIST_VALUE = 500;
export const MOST_VALUES = 2_000;

/** Characters of a text in variables. The longest that any input takes has 10,000. */
export const LONGEST_TEXT = 16_384;

/** Errors of a refusal, and bytes of the message of each: whoever sends nonsense gets no list of it. */
export const MOST_ERRORS = 5;
export const LONGEST_MESSAGE_BYTES = 500;

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
