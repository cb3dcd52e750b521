/** Field names of a query, own or of a parent (`X__r.Y__r.Z`), to their type and a reader. Unknown ones are refused. */
import { invalidField, noSuchColumn } from '../errors.js';
import {
  type Field,
  type FieldType,
  type FieldValue,
  objectNamed,
  type SObject,
  type SRecord,
} from '../objects.js';
import type { RecordStore } from '../state.js';

export interface ResolvedPath {
  /** The references to walk, in order. */
  readonly via: readonly Field[];
  readonly object: SObject;
  readonly field: Field;
  readonly type: FieldType;
  read(record: SRecord): FieldValue;
}

/** Salesforce allows five steps up. */
const MAX_STEPS = 5;

export function resolvePath(path: string, from: SObject, store: RecordStore): ResolvedPath {
  const names = path.split('.');
  const last = names.pop() ?? '';
  if (names.length > MAX_STEPS)
    throw invalidField(`${path}: more than ${MAX_STEPS} relationships in one path`);
  const via: Field[] = [];
  let object = from;
  for (const [index, name] of names.entries()) {
    // The object's own name may lead: `Service_Order__c.Name`.
    if (index === 0 && name.toLowerCase() === object.name.toLowerCase()) continue;
    const reference = object.parents.get(name.toLowerCase());
    const parent = reference?.parent && objectNamed(reference.parent.object);
    if (reference === undefined || parent === undefined) {
      throw invalidField(
        `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, ` +
          "be sure to append the '__r' after the custom relationship name.",
      );
    }
    via.push(reference);
    object = parent;
  }
  const field = object.fields.get(last.toLowerCase());
  if (field === undefined) throw noSuchColumn(last, object.name);
  return {
    via,
    object,
    field,
    type: field.type,
    read(record) {
      let current: SRecord | undefined = record;
      for (const reference of via) {
        const id: FieldValue | undefined = current[reference.name];
        current = typeof id === 'string' ? store.byId(id) : undefined;
        if (current === undefined) return null;
      }
      return current[field.name] ?? null;
    },
  };
}
