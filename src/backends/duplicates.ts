/**
 * A list that names one id twice. The same record twice is one record; two records that differ are both refused, and
 * reported once: neither the first nor the last may win where money is at stake.
 */
import { failure } from '../domain/failure.js';
import type { SourceName } from '../domain/source.js';
import type { ReadRecords } from './records.js';

/** The records with every id at most once. `name` says what a record is, for the report ("commitment"). */
export function withoutDuplicates<Item extends object>(
  read: ReadRecords<Item>,
  idOf: (item: Item) => string,
  name: string,
  source: SourceName,
): ReadRecords<Item> {
  const first = new Map<string, Item>();
  let contradicted: Set<string> | null = null;
  for (const item of read.items) {
    const id = idOf(item);
    const known = first.get(id);
    if (known === undefined) first.set(id, item);
    else if (JSON.stringify(known) !== JSON.stringify(item)) (contradicted ??= new Set()).add(id);
  }
  if (first.size === read.items.length) return read;
  return {
    items: [...first].flatMap(([id, item]) => (contradicted?.has(id) === true ? [] : [item])),
    dropped: [
      ...read.dropped,
      ...[...(contradicted ?? [])].map(() =>
        failure('UPSTREAM_MALFORMED', source, {
          detail: `${name}: two records have the same id and different contents`,
        }),
      ),
    ],
  };
}
