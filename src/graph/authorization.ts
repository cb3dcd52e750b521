/**
 * What an operation needs its client to have been granted: `@requires` of the SDL, at every way to a field.
 *
 * Guarantees: decided from the document alone, before anything is executed, and once for each document however often it
 * is asked. A field needs what it says, what its type says, and what the type that it leads to says; a field of an
 * interface needs what it needs in any type behind it. Fragments need what they contain, wherever they are spread;
 * `@include` and `@skip` change nothing: their variables are not known. Looking at the schema needs `explorer`.
 */
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Principal, Scope } from '../domain/principal.js';
import { CallerError } from './errors.js';
import type { Scope as ScopeName } from './generated.js';

const SCOPE_OF: Readonly<Record<ScopeName, Scope>> = {
  COMMITMENTS_READ: 'commitments:read',
  BILLING_READ: 'billing:read',
  SOURCES_READ: 'sources:read',
  CONTRACTS_WRITE: 'contracts:write',
  COMMITMENTS_WRITE: 'commitments:write',
  COMMITMENTS_DELETE: 'commitments:delete',
  EXPLORER: 'explorer',
};

/** For each scope, the first field that needs it, such as `Contract.invoices`. */
export type Needs = ReadonlyMap<Scope, string>;

export interface Authorization {
  /** What a field needs by itself, without the way to it. The type has the field. */
  needsOfField(type: GraphQLNamedType, name: string): ReadonlySet<Scope>;
  /** The operation must be valid, and of this document. */
  needsOf(document: DocumentNode, operation: OperationDefinitionNode): Needs;
  /** What of it the principal lacks; `null`: nothing. */
  objectionTo(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    principal: Principal,
  ): CallerError | null;
}

interface Directed {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?:
    readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[] | undefined;
}

function scopesSaidBy({ astNode, extensionASTNodes = [] }: Directed): ReadonlySet<Scope> {
  const scopes = new Set<Scope>();
  for (const node of [astNode, ...extensionASTNodes]) {
    for (const { name, arguments: given = [] } of node?.directives ?? []) {
      const value = given[0]?.value;
      if (name.value !== 'requires' || value?.kind !== Kind.ENUM) continue;
      scopes.add(SCOPE_OF[value.value as ScopeName]);
    }
  }
  return scopes;
}

const NOTHING: ReadonlySet<Scope> = new Set();

/** Fields of every root; what hangs off them belongs to the language. `__typename` says nothing that an answer does not. */
const OF_THE_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);
const TO_LOOK: ReadonlySet<Scope> = new Set(['explorer']);

const made = new WeakMap<GraphQLSchema, Authorization>();

/** The same for the same schema: what is known of its documents is known to all who ask. */
export function authorizationOf(schema: GraphQLSchema): Authorization {
  const known = made.get(schema) ?? createAuthorization(schema);
  made.set(schema, known);
  return known;
}

function createAuthorization(schema: GraphQLSchema): Authorization {
  const byField = new Map<string, Set<Scope>>();
  const composites = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );

  for (const type of composites) {
    for (const field of Object.values(type.getFields())) {
      const needs = [type, field, getNamedType(field.type)].flatMap((part) => [...scopesSaidBy(part)]);
      byField.set(`${type.name}.${field.name}`, new Set(needs));
    }
  }
  // Interfaces after all others: what is behind them is known now. Types name every interface that they are behind.
  for (const type of composites.filter(isInterfaceType)) {
    for (const name of Object.keys(type.getFields())) {
      const needs = byField.get(`${type.name}.${name}`);
      for (const behind of schema.getPossibleTypes(type)) {
        for (const scope of byField.get(`${behind.name}.${name}`) ?? []) needs?.add(scope);
      }
    }
  }

  const needsOfField = (type: GraphQLNamedType, name: string): ReadonlySet<Scope> =>
    OF_THE_SCHEMA.has(name)
      ? TO_LOOK
      : name.startsWith('__')
        ? scopesSaidBy(type)
        : (byField.get(`${type.name}.${name}`) ?? NOTHING);

  const known = new WeakMap<OperationDefinitionNode, Needs>();

  const needsOf = (document: DocumentNode, operation: OperationDefinitionNode): Needs => {
    const found = known.get(operation);
    if (found !== undefined) return found;
    const needs = new Map<Scope, string>();
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    const walked = new Set<string>();

    const walk = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): void => {
      if (parent === undefined) return;
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.name.value;
          for (const scope of needsOfField(parent, name)) {
            if (!needs.has(scope)) needs.set(scope, `${parent.name}.${name}`);
          }
          const field: GraphQLField<unknown, unknown> | undefined =
            isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
          if (selection.selectionSet && field) walk(selection.selectionSet, getNamedType(field.type));
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition;
          walk(selection.selectionSet, condition ? schema.getType(condition.name.value) : parent);
        } else {
          // A fragment needs the same wherever it is spread: once is enough, and circles end.
          const fragment = fragments.get(selection.name.value);
          if (fragment === undefined || walked.has(fragment.name.value)) continue;
          walked.add(fragment.name.value);
          walk(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
        }
      }
    };
    walk(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
    known.set(operation, needs);
    return needs;
  };

  return {
    needsOfField,
    needsOf,
    objectionTo(document, operation, { scopes }) {
      const missing = [...needsOf(document, operation)].filter(([scope]) => !scopes.has(scope));
      if (missing.length === 0) return null;
      const said = missing.map(([scope, field]) => `${scope} (\`${field}\`)`).join(' and ');
      const word = missing.length === 1 ? 'scope' : 'scopes';
      return new CallerError('FORBIDDEN', `This client may not do that: it lacks the ${word} ${said}.`);
    },
  };
}

/** Throws FORBIDDEN unless the caller has the scope: for what only the input of a field tells. */
export function requireScope({ scopes }: Principal, scope: Scope): void {
  if (scopes.has(scope)) return;
  throw new CallerError('FORBIDDEN', `This client may not do that: it lacks the scope ${scope}.`);
}
