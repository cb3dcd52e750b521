/** The CRM's records by object, with the look-ups that queries need. */
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

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
