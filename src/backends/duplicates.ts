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
  const first = new Map<string, { readonly item: Item; readonly facts: string }>();
  const contradicted = new Set<string>();
  for (const item of read.items) {
    const facts = JSON.stringify(item);
    const known = first.get(idOf(item));
    if (known === undefined) first.set(idOf(item), { item, facts });
    else if (known.facts !== facts) contradicted.add(idOf(item));
  }
  return {
    items: [...first].flatMap(([id, { item }]) => (contradicted.has(id) ? [] : [item])),
    dropped: [
      ...read.dropped,
      ...[...contradicted].map(() =>
        failure('UPSTREAM_MALFORMED', source, {
          detail: `${name}: two records have the same id and different contents`,
        }),
      ),
    ],
  };
}
