/**
 * Refuses documents that are cheap to write and dear to validate or to execute: too many fields, aliases, directives or
 * fragments, what goes in circles, what nests without an end, the same thing again and again.
 *
 * Guarantees: runs before the rules of the language, which compare all fields of a document with one another, and takes
 * time in proportion to the document, whatever its fragments multiply to. Looks at no schema: what the fields are is
 * the business of those rules, and of `extent-limit.ts`.
 */
import {
  BREAK,
  Kind,
  OperationTypeNode,
  visit,
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  DEEPEST_NESTING,
  DEEPEST_VALUE,
  LONGEST_NAME,
  MOST_ALIASES,
  MOST_DIRECTIVES,
  MOST_FRAGMENTS,
  MOST_OPERATIONS,
  MOST_REPEATS,
  MOST_ROOT_FIELDS,
  MOST_SELECTIONS,
  MOST_VARIABLES,
} from './limits.js';
import { hasUnwantedCharacters, UNWANTED_CHARACTERS } from './texts.js';

export interface DocumentObjection {
  readonly code: 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_TOO_COSTLY';
  readonly message: string;
  /** Where it is, if it is at one place. */
  readonly node: ASTNode | null;
}

function invalid(message: string, node: ASTNode | null = null): DocumentObjection {
  return { code: 'GRAPHQL_VALIDATION_FAILED', message, node };
}

function tooCostly(message: string, node: ASTNode | null = null): DocumentObjection {
  return { code: 'OPERATION_TOO_COSTLY', message, node };
}

const number = (n: number) => n.toLocaleString('en');

/** The first thing that speaks against it; `null`: nothing does. */
export function objectionToDocument(document: DocumentNode): DocumentObjection | null {
  return objectionToText(document) ?? objectionToMeaning(document);
}

const TOO_DEEP = tooCostly(
  `The document has more than ${DEEPEST_NESTING} selections within one another. Ask in several steps.`,
);

/** As it is written, fragments once. */
function objectionToText(document: DocumentNode): DocumentObjection | null {
  let objection: DocumentObjection | null = null;
  let operations = 0;
  let fragments = 0;
  let variables = 0;
  let directives = 0;
  let sets = 0;
  let values = 0;
  const object = (made: DocumentObjection): typeof BREAK => {
    objection = made;
    return BREAK;
  };
  const value = {
    enter(node: ASTNode) {
      values += 1;
      if (values <= DEEPEST_VALUE) return undefined;
      return object(
        invalid(
          `Values and types can be at most ${DEEPEST_VALUE} lists or objects within one another.`,
          node,
        ),
      );
    },
    leave() {
      values -= 1;
    },
  };
  visit(document, {
    OperationDefinition(node) {
      operations += 1;
      if (operations <= MOST_OPERATIONS) return undefined;
      return object(invalid(`A document can have at most ${MOST_OPERATIONS} operations. Send less.`, node));
    },
    FragmentDefinition(node) {
      fragments += 1;
      if (fragments <= MOST_FRAGMENTS) return undefined;
      return object(
        invalid(`A document can have at most ${MOST_FRAGMENTS} fragments. Write some of them out.`, node),
      );
    },
    VariableDefinition(node) {
      variables += 1;
      if (variables <= MOST_VARIABLES) return undefined;
      return object(invalid(`A document can have at most ${MOST_VARIABLES} variables.`, node));
    },
    Directive(node) {
      directives += 1;
      if (directives <= MOST_DIRECTIVES) return undefined;
      return object(
        invalid(
          `A document can have at most ${MOST_DIRECTIVES} directives. Leave out what is not wanted.`,
          node,
        ),
      );
    },
    SelectionSet: {
      enter() {
        sets += 1;
        return sets > DEEPEST_NESTING ? object(TOO_DEEP) : undefined;
      },
      leave() {
        sets -= 1;
      },
    },
    ListValue: value,
    ObjectValue: value,
    ListType: value,
    Name: (node) => objectToName(node),
    EnumValue: (node) => objectToName(node),
    StringValue(node) {
      return hasUnwantedCharacters(node.value) ? object(invalid(UNWANTED_CHARACTERS, node)) : undefined;
    },
  });
  return objection;

  function objectToName(node: ASTNode & { readonly value: string }): typeof BREAK | undefined {
    if (node.value.length <= LONGEST_NAME) return undefined;
    return object(invalid(`A name can have at most ${LONGEST_NAME} characters.`, node));
  }
}

/** What a selection set is with its fragments written out. */
interface Size {
  readonly selections: number;
  readonly aliases: number;
  readonly levels: number;
}

const NOTHING: Size = { selections: 0, aliases: 0, levels: 0 };

/** Of its operations, with fragments written out. Expects what `objectionToText` has nothing against. */
function objectionToMeaning({ definitions }: DocumentNode): DocumentObjection | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    // What else there is, types for example, is refused by the rules of the language.
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const name = definition.name.value;
    if (fragments.has(name)) {
      return invalid(`There can be only one fragment named "${name}".`, definition.name);
    }
    fragments.set(name, definition);
  }

  const [first] = definitions;
  if (operations.length === 0 && first?.kind === Kind.FRAGMENT_DEFINITION) {
    return invalid('It has no operation: fragments belong into the document that spreads them.');
  }

  const sizes = new Map<string, Size>();
  const open = new Set<string>();
  const circles: FragmentDefinitionNode[] = [];

  // Calls itself at most once for each level of each fragment, and both are bounded by now.
  const sizeOf = (set: SelectionSetNode): Size => {
    let { selections, aliases, levels } = NOTHING;
    for (const selection of set.selections) {
      const below =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? sizeOfFragment(selection.name.value)
          : selection.selectionSet === undefined
            ? NOTHING
            : sizeOf(selection.selectionSet);
      const isAlias =
        selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value !== selection.name.value;
      selections += 1 + below.selections;
      aliases += (isAlias ? 1 : 0) + below.aliases;
      levels = Math.max(levels, below.levels);
    }
    return { selections, aliases, levels: levels + 1 };
  };

  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING; // refused by the rules of the language
    if (open.has(name)) {
      circles.push(fragment);
      return NOTHING;
    }
    open.add(name);
    const size = sizeOf(fragment.selectionSet);
    open.delete(name);
    sizes.set(name, size);
    return size;
  };

  // Fragments first: what none of the operations spreads may go in circles as well.
  for (const name of fragments.keys()) sizeOfFragment(name);
  const [circle] = circles;
  if (circle !== undefined) {
    return invalid(
      `Cannot spread fragment "${circle.name.value}" within itself, directly or through others.`,
      circle.name,
    );
  }

  let all = 0;
  for (const operation of operations) {
    const { selections, aliases, levels } = sizeOf(operation.selectionSet);
    all += selections;
    if (all > MOST_SELECTIONS) {
      return tooCostly(
        `The document selects more than ${number(MOST_SELECTIONS)} fields and fragments, each counted wherever it is ` +
          'spread. Ask for less, or in several steps.',
      );
    }
    if (aliases > MOST_ALIASES) {
      return tooCostly(
        `An operation can have at most ${MOST_ALIASES} aliases, counted wherever they are spread. Ask for lists, or in several steps.`,
        operation,
      );
    }
    if (levels > DEEPEST_NESTING) return TOO_DEEP;
  }

  for (const operation of operations) {
    const condition =
      operation.operation === OperationTypeNode.SUBSCRIPTION ? conditionAtTop(operation, fragments) : null;
    if (condition !== null) {
      return invalid(
        'The field of a subscription cannot be skipped: leave @skip and @include out.',
        condition,
      );
    }
  }

  const spread = new Set<string>();
  let repeats = 0;
  for (const operation of operations) {
    const { rootFields, pairs } = compare(operation.selectionSet, fragments, spread);
    if (rootFields > MOST_ROOT_FIELDS) {
      return tooCostly(
        `An operation can have at most ${MOST_ROOT_FIELDS} fields at its top. Ask in several operations.`,
        operation,
      );
    }
    repeats += pairs;
  }
  const unused = [...fragments.values()].find(({ name }) => !spread.has(name.value));
  if (unused !== undefined) return invalid(`Fragment "${unused.name.value}" is never used.`, unused.name);
  if (repeats > MOST_REPEATS) {
    return tooCostly('The document selects the same fields again and again. Select each of them once.');
  }
  return null;
}

/** The language will forbid it; until then, its rule for subscriptions knows no variables, and throws at them. */
function conditionAtTop(
  { selectionSet }: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DirectiveNode | null {
  const sets = new Set([selectionSet]); // grows while it is walked
  for (const { selections } of sets) {
    for (const selection of selections) {
      const found = selection.directives?.find(({ name }) => ['skip', 'include'].includes(name.value));
      if (found !== undefined) return found;
      if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
      const fragment = fragments.get(selection.name.value);
      if (fragment !== undefined) sets.add(fragment.selectionSet);
    }
  }
  return null;
}

/**
 * Puts fields of the same name at the same place of the answer together, as whoever validates and executes them does, and
 * counts the pairs that can be made of them. Takes time in proportion to the selections with fragments written out.
 */
function compare(
  top: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  spread: Set<string>,
): { readonly rootFields: number; readonly pairs: number } {
  let pairs = 0;
  let rootFields: number | null = null;
  const places: SelectionSetNode[][] = [[top]];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const fields = new Map<string, { times: number; readonly below: SelectionSetNode[] }>();
    // Grows while it is walked, by what its fragments contain.
    const sets = [...place];
    for (const set of sets) {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const name = selection.name.value;
          spread.add(name);
          const fragment = fragments.get(name);
          if (fragment !== undefined) sets.push(fragment.selectionSet);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          sets.push(selection.selectionSet);
        } else {
          const name = (selection.alias ?? selection.name).value;
          const field = fields.get(name) ?? { times: 0, below: [] };
          fields.set(name, field);
          pairs += field.times;
          field.times += 1;
          if (selection.selectionSet !== undefined) field.below.push(selection.selectionSet);
        }
      }
    }
    rootFields ??= fields.size;
    for (const { below } of fields.values()) if (below.length > 0) places.push(below);
  }
  return { rootFields: rootFields ?? 0, pairs };
}
