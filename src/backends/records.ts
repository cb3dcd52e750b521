/**
 * Reads the rows of a list one by one: a bad row fails alone and is reported, a row of another organization is
 * dropped and counted, and makes the list incomplete; the rest is kept. Members that nobody knows are ignored and
 * counted. Never defaults a member that is missing.
 */
import type { z } from 'zod';
import { failure, sourceError } from '../domain/failure.js';
import type { DroppedRecord } from '../domain/observation.js';
import type { SourceName } from '../domain/source.js';
import type { Drift } from '../observability/drift.js';
import { findUnknownMembers } from './known-members.js';
import { readAs } from './quick.js';

/** Where a schema found a value wrong: paths and expectations only, never the value. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`)
    .join('; ');
}

export interface RecordRules<Row, Item> {
  readonly source: SourceName;
  readonly drift: Drift;
  readonly schema: z.ZodType<Row>;
  /** Whether the row belongs to whom it was asked for. A row that does not is never shown, not even its place. */
  readonly isOwn: (row: Row) => boolean;
  readonly map: (row: Row) => Item;
}

export interface ReadRecords<Item> {
  readonly items: readonly Item[];
  readonly dropped: readonly DroppedRecord[];
}

const FOREIGN = 'records of another organization';

/** Whether the report is about somebody else's records, and not about one that may be the one asked for. */
export function isForeignReport({ detail }: DroppedRecord): boolean {
  return detail?.endsWith(FOREIGN) === true;
}

/** All rows that can be read. `name` says what a row is, for the report ("commitment"). */
export function readRecords<Row, Item>(
  rows: readonly unknown[],
  name: string,
  rules: RecordRules<Row, Item>,
): ReadRecords<Item> {
  const items: Item[] = [];
  const dropped: DroppedRecord[] = [];
  let hasForeign = false;
  rows.forEach((row, index) => {
    const parsed = readAs(rules.schema, row);
    if (!parsed.success) {
      countUnknown(row, name, rules);
      rules.drift.dropped(rules.source);
      dropped.push(
        failure('UPSTREAM_MALFORMED', rules.source, {
          detail: `${name} at ${index}: ${describeIssues(parsed.error)}`,
        }),
      );
    } else if (rules.isOwn(parsed.data)) {
      countUnknown(row, name, rules);
      items.push(rules.map(parsed.data));
    } else {
      rules.drift.foreign(rules.source);
      hasForeign = true;
    }
  });
  // Whose they are, and how many, is nobody's business; that the list is not what was asked for is.
  if (hasForeign) {
    dropped.push(failure('UPSTREAM_MALFORMED', rules.source, { detail: `${name}: ${FOREIGN}` }));
  }
  return { items, dropped };
}

/** One record that was asked for by its id. `null` if it belongs to another; throws `SourceError` if it cannot be read. */
export function readRecord<Row, Item>(
  row: unknown,
  name: string,
  rules: RecordRules<Row, Item>,
): Item | null {
  const parsed = readAs(rules.schema, row);
  if (!parsed.success) {
    countUnknown(row, name, rules);
    rules.drift.dropped(rules.source);
    throw sourceError('UPSTREAM_MALFORMED', rules.source, {
      detail: `${name}: ${describeIssues(parsed.error)}`,
    });
  }
  if (rules.isOwn(parsed.data)) {
    countUnknown(row, name, rules);
    return rules.map(parsed.data);
  }
  rules.drift.foreign(rules.source);
  return null;
}

/** Of a row that cannot be read, too: a member that got another name is missing under its own. */
function countUnknown<Row, Item>(row: unknown, name: string, rules: RecordRules<Row, Item>): void {
  findUnknownMembers(rules.schema, row, name, (path) => rules.drift.unknownField(rules.source, path));
}

/** Our value for an upstream enumeration; a value that is not in the table is counted and becomes `UNRECOGNIZED`. */
export function enumOf<Value extends string>(
  table: Readonly<Record<string, Value>>,
  text: string,
  onUnknown: (text: string) => void,
): Value | 'UNRECOGNIZED' {
  if (Object.hasOwn(table, text)) return table[text] as Value;
  onUnknown(text);
  return 'UNRECOGNIZED';
}
