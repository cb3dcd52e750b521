/**
 * `commitment-graph operations`: the journal of changes for operators, whether the gateway runs or not.
 *
 * Guarantees: calls no backend and makes no journal; only `settle` writes, and what it writes is in the audit trail with
 * who and why. Refusals and troubles of the store are told in a sentence, and end with 1; a configuration without a
 * journal with 2.
 */
import { userInfo } from 'node:os';
import { loadConfig } from '../config.js';
import { instantOfMillis } from '../domain/calendar.js';
import { decodeGlobalId } from '../graph/global-id.js';
import { objectionTo, openDesk, type Case, type Desk } from '../journal/decide.js';
import { operationOf } from '../journal/rows.js';
import type { Row } from '../journal/store.js';
import { StoreError, type StoreTrouble } from '../journal/store-error.js';
import type { RowState } from '../journal/tables.js';
import { caseText, plain, tableText, timeText } from './operations-print.js';
import { complain, EXIT_FAILED, EXIT_WRONG, say } from './run.js';

interface Options {
  readonly config: string;
}

export interface ListOptions extends Options {
  readonly state?: readonly RowState[];
  readonly organization?: string;
  readonly needsOperator?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

export interface ShowOptions extends Options {
  readonly json?: boolean;
}

export interface SettleOptions extends Options {
  readonly as: 'succeeded' | 'failed';
  readonly reason: string;
  readonly by?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export interface VerifyOptions extends Options {
  readonly expect?: string;
}

/** Something that cannot be done, in a sentence. */
class Refusal extends Error {}

const TROUBLES: Readonly<Record<StoreTrouble, string>> = {
  locked: 'The journal is locked by another program. Try again in a moment',
  full: 'The disk of the journal is full; nothing was written',
  'read-only':
    'The journal cannot be opened or written by you. Run this as the user that the gateway runs as',
  corrupt: 'The journal is damaged, and was left as it is',
  missing: 'There is no journal, and none was made',
  unreachable: 'The journal’s database cannot be reached',
  refused: 'The journal’s database refused it',
  other: 'The journal cannot be used',
};

/** Does the work over the journal of a configuration, and tells what keeps it from being done. */
async function atDesk(config: string, work: (desk: Desk) => Promise<void>): Promise<void> {
  const { store } = loadConfig(config, process.env);
  if (store === null) {
    complain(`${config} has no journal (store: none): a gateway that only reads has no operations.`);
    process.exitCode = EXIT_WRONG;
    return;
  }
  try {
    const desk = await openDesk(store);
    try {
      await work(desk);
    } finally {
      await desk.close();
    }
  } catch (error) {
    if (error instanceof StoreError) complain(`${TROUBLES[error.trouble]}: ${error.message}`);
    else if (error instanceof Refusal) complain(error.message);
    else throw error;
    process.exitCode = EXIT_FAILED;
  }
}

/** The journal's own id; clients know another form of it. */
function journalIdOf(id: string): string {
  const known = decodeGlobalId(id);
  return known?.type === 'ContractOperation' ? known.key : id;
}

async function found(desk: Desk, id: string): Promise<Case> {
  const known = await desk.caseOf(journalIdOf(id));
  if (known === null) throw notFound(id);
  return known;
}

function notFound(id: string): Refusal {
  return new Refusal(`There is no operation ${plain(id)}. \`operations list\` shows which there are.`);
}

/** Rows that somebody altered by hand may not be readable any more. */
function readable<Value>({ id }: Row, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)) {
      throw error;
    }
    throw new Refusal(
      `operation ${plain(id)} cannot be read: what is written there is no operation. \`operations verify\` tells whether it was altered.`,
    );
  }
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function summaryOf(row: Row) {
  const { change, request, before, after, outcome, progress, ...summary } = operationOf(row);
  void [change, request, before, after, outcome, progress];
  return { ...summary, state: row.state };
}

export async function list(options: ListOptions): Promise<void> {
  await atDesk(options.config, async (desk) => {
    const filter = {
      states: options.state ?? null,
      organization: options.organization ?? null,
      isNeedingOperator: options.needsOperator === true,
    };
    const rows = await desk.find(filter, options.limit + 1);
    const shown = rows.slice(0, options.limit);
    const hasMore = rows.length > shown.length;
    if (options.json === true) {
      say(jsonOf({ operations: shown.map((row) => readable(row, () => summaryOf(row))), hasMore }));
    } else if (shown.length === 0) {
      say('No such operations.');
    } else {
      say(tableText(shown, Date.now()));
      if (hasMore) say(`\nThere are older ones: --limit shows more than ${options.limit}.`);
    }
  });
}

export async function show(id: string, options: ShowOptions): Promise<void> {
  await atDesk(options.config, async (desk) => {
    const known = await found(desk, id);
    const { row, history } = known;
    say(
      readable(row, () =>
        options.json === true
          ? jsonOf({
              operation: { ...operationOf(row), state: row.state },
              audit: history.map(({ at, ...entry }) => ({ ...entry, at: instantOfMillis(at) })),
            })
          : caseText(known, Date.now()),
      ),
    );
  });
}

/** Who runs this. In a container there may be no name for it. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

export async function settle(id: string, options: SettleOptions): Promise<void> {
  const as = options.as === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
  const by = options.by ?? ownName();
  const isForced = options.force === true;
  await atDesk(options.config, async (desk) => {
    const { row } = await found(desk, id);
    const refused = (why: string) => new Refusal(`operation ${row.id} ${why}. Nothing was changed.`);
    const why = objectionTo(row, isForced, Date.now());
    if (why !== null) throw refused(why);
    const facts = [
      `  ${row.kind} of ${plain(row.target)} for ${row.organization}, asked by ${row.client} at ${timeText(row.requested_at)}`,
      `  decided by ${by}: ${options.reason}`,
      ...(as === 'FAILED' ? ['  failure SETTLED_BY_OPERATOR'] : []),
      `  its target may be changed again, by a request with a new key`,
    ];
    if (options.dryRun === true) {
      say(`operation ${row.id} would be settled as ${as}; it is ${row.state}. Nothing was changed.`);
      for (const fact of facts) say(fact);
      if (row.look_at !== null) {
        say(`  the gateway would still look for itself, at ${timeText(row.look_at)} the next time`);
      }
      return;
    }
    const decided = await desk.decide(row.id, { as, reason: options.reason, by, isForced });
    if (decided.kind === 'not-found') throw notFound(id);
    if (decided.kind === 'refused') throw refused(decided.why);
    say(`operation ${row.id} is settled as ${as}; it was ${row.state}.`);
    for (const fact of facts) say(fact);
  });
}

export async function verify(options: VerifyOptions): Promise<void> {
  await atDesk(options.config, async (desk) => {
    const verdict = await desk.verify(options.expect ?? null);
    if (!verdict.isIntact) {
      throw new Refusal(`The audit trail is not intact: ${plain(verdict.where)} ${plain(verdict.what)}.`);
    }
    say('The audit trail is intact, and the operations are as it says.');
    say(`entries     ${verdict.entries}`);
    say(`operations  ${verdict.operations}`);
    say(`last hash   ${verdict.hash === '' ? '(none: nothing was written yet)' : verdict.hash}`);
    if (verdict.hash !== '' && options.expect === undefined) {
      say(
        'Keep the last hash elsewhere, and give it with --expect the next time: it shows that no end was cut off.',
      );
    }
  });
}
