/**
 * The CRM's records by object, with the look-ups that queries need. Guarantees that a record once handed out never
 * changes: an update puts another in its place, so that the pages of a query still show what it found.
 */
import type { SRecord } from './objects.js';

export class RecordStore {
  readonly #byObject = new Map<string, SRecord[]>();
  readonly #byId = new Map<string, { readonly object: string; readonly record: SRecord }>();
  readonly #children = new Map<string, SRecord[]>();

  add(object: string, record: SRecord): void {
    push(this.#byObject, object, record);
    this.#byId.set(keyOf(String(record['Id'])), { object, record });
    for (const [field, value] of Object.entries(record)) {
      if (field !== 'Id' && typeof value === 'string' && field.endsWith('__c')) {
        if (this.#byId.has(keyOf(value))) push(this.#children, `${object} ${field} ${keyOf(value)}`, record);
      }
    }
  }

  /** Puts a record in the place of the one with its id, which must be there. */
  replace(object: string, record: SRecord): void {
    const key = keyOf(String(record['Id']));
    const before = this.#byId.get(key)?.record;
    if (before === undefined) throw new Error(`no ${object} with the id ${key} to replace`);
    this.#byId.set(key, { object, record });
    swap(this.#byObject.get(object), before, record);
    for (const [field, value] of Object.entries(record)) {
      if (field === 'Id' || !field.endsWith('__c')) continue;
      const [from, to] = [before[field], value].map((id) =>
        typeof id === 'string' && this.#byId.has(keyOf(id)) ? `${object} ${field} ${keyOf(id)}` : undefined,
      );
      if (from === to) {
        if (from !== undefined) swap(this.#children.get(from), before, record);
        continue;
      }
      if (from !== undefined) swap(this.#children.get(from), before);
      if (to !== undefined) push(this.#children, to, record);
    }
  }

  all(object: string): readonly SRecord[] {
    return this.#byObject.get(object) ?? [];
  }

  /** 15 and 18 characters name the same record. Any object's when none is asked for. */
  byId(id: string, object?: string): SRecord | undefined {
    const found = this.#byId.get(keyOf(id));
    return object === undefined || found?.object === object ? found?.record : undefined;
  }

  /** Records of `object` whose `field` points at `id`. Parents must have been added first. */
  childrenOf(object: string, field: string, id: string): readonly SRecord[] {
    return this.#children.get(`${object} ${field} ${keyOf(id)}`) ?? [];
  }
}

function keyOf(id: string): string {
  return id.slice(0, 15);
}

/** Replaces in place, to keep the order; removes when there is nothing to put there. */
function swap(list: SRecord[] | undefined, before: SRecord, ...after: readonly SRecord[]): void {
  const index = list?.indexOf(before) ?? -1;
  if (index >= 0) list?.splice(index, 1, ...after);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
