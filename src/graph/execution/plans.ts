/**
 * The plans that are kept.
 *
 * Guarantees: a plan lives no longer than the parsed document that it belongs to, and has at most some fields for each
 * character of it. Plans of documents that are prepared stay; of all others, only so many fields are kept together, and
 * those that were not used for long go first: a small text can be made to mean much.
 */
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { planOperation, type OperationPlan } from './plan.js';
import { variablesOf, type ReadVariables } from './variables.js';

export interface KeptPlan {
  readonly plan: OperationPlan;
  readonly readVariables: ReadVariables;
  /** That were made for it. Beyond `mostFields` it is too large to be used. */
  fields: number;
  readonly mostFields: number;
}

export interface Plans {
  /** `null`: there is no one operation of that name; without a name, none or several. */
  planFor(document: DocumentNode, name: string | null): KeptPlan | null;
  /** The same, and keeps it. */
  keep(document: DocumentNode, name: string | null): KeptPlan | null;
  /** Since the start: operations, and lists of fields. */
  counts(): { readonly compiled: number; readonly selections: number };
}

/** Fields that a plan may have for each character of its document, and for any document. */
const FIELDS_FOR_CHARACTER = 2;
const FIELDS_FOR_ANY = 2_000;
/** Fields of all plans that are not prepared: less than half a kilobyte each. There are two halves. */
export const MOST_FIELDS = 200_000;

export function createPlans(schema: GraphQLSchema, mostFields: number): Plans {
  /** By the name that is asked for; the only operation of a document goes by none, too. */
  const operations = new WeakMap<DocumentNode, Map<string | null, OperationDefinitionNode>>();
  const prepared = new WeakMap<OperationDefinitionNode, KeptPlan>();
  let recent = new WeakMap<OperationDefinitionNode, KeptPlan>();
  let older = recent;
  let fieldsInRecent = 0;
  let compiled = 0;
  let selections = 0;

  const find = (document: DocumentNode, name: string | null): OperationDefinitionNode | null => {
    const known = operations.get(document) ?? new Map<string | null, OperationDefinitionNode>();
    operations.set(document, known);
    const operation = known.get(name) ?? operationOf(document, name);
    if (operation !== null) known.set(name, operation);
    return operation;
  };

  const make = (
    document: DocumentNode,
    operation: OperationDefinitionNode,
    isPrepared: boolean,
  ): KeptPlan => {
    compiled += 1;
    const characters = document.loc === undefined ? 0 : document.loc.end - document.loc.start;
    const made: KeptPlan = {
      plan: planOperation(schema, operation, fragmentsOf(document), (fields) => {
        selections += 1;
        made.fields += fields;
        if (!isPrepared) fieldsInRecent += fields;
      }),
      readVariables: variablesOf(schema, operation),
      fields: 0,
      mostFields: FIELDS_FOR_ANY + characters * FIELDS_FOR_CHARACTER,
    };
    return made;
  };

  return {
    planFor(document, name) {
      const operation = find(document, name);
      if (operation === null) return null;
      const known = prepared.get(operation) ?? recent.get(operation);
      if (known !== undefined) return known;
      if (fieldsInRecent > mostFields / 2) {
        older = recent;
        recent = new WeakMap();
        fieldsInRecent = 0;
      }
      const found = older.get(operation) ?? make(document, operation, false);
      fieldsInRecent += found.fields;
      recent.set(operation, found);
      return found;
    },

    keep(document, name) {
      const operation = find(document, name);
      if (operation === null) return null;
      const found = prepared.get(operation) ?? make(document, operation, true);
      prepared.set(operation, found);
      return found;
    },

    counts: () => ({ compiled, selections }),
  };
}

/** As graphql-js chooses it. */
function operationOf({ definitions }: DocumentNode, name: string | null): OperationDefinitionNode | null {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [first, second] = name === null ? operations : operations.filter((one) => one.name?.value === name);
  return second === undefined ? (first ?? null) : null;
}

function fragmentsOf({ definitions }: DocumentNode): OperationPlan['fragments'] {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
