/**
 * Selections of every field that a type has, made from the schema: a field that is added to the graph is asked for by
 * the tests that compare whole answers, and fails them until they know it.
 */
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { createSchema } from '../../src/graph/resolvers.js';

const schema = createSchema();

/**
 * Selections that differ, by `Type.field` or, for all fields of a type, by `Type`: text such as `(first: 1) { id }`;
 * `null` leaves the field out.
 */
export type Selections = Readonly<Record<string, string | null>>;

/** Where a record meets another one of the graph, the selection ends. */
const ENDS: Selections = {
  Organization: '{ slug }',
  // Made of many records, and of the day: `test/graph/position.test.ts`.
  'MinimumCommitment.position': null,
  'ContractCommitment.position': null,
  'ResourceCommitment.position': null,
};

/** `{ … }` with every field of the type and of the types below it. */
export function everyField(typeName: string, selections: Selections = {}): string {
  return selectionOf(typeName, { ...ENDS, ...selections }, []);
}

function selectionOf(typeName: string, selections: Selections, above: readonly string[]): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new TypeError(`${typeName} is no object type of the schema`);
  if (above.includes(typeName)) throw new TypeError(`${typeName} holds itself: say where its selection ends`);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const own = [`${typeName}.${field.name}`, getNamedType(field.type).name].find((key) => key in selections);
    if (own !== undefined) {
      const text = selections[own] ?? null;
      return text === null ? [] : [`${field.name} ${text}`];
    }
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [field.name];
    return [`${field.name} ${selectionOf(below.name, selections, [...above, typeName])}`];
  });
  return `{ ${fields.join(' ')} }`;
}
