/**
 * Whether a document may be registered: by the rules that a request would meet, so that what is registered runs.
 *
 * Guarantees: takes bounded time on any text, and tells at most a few flaws of each.
 */
import type { GraphQLError } from 'graphql';
import {
  Kind,
  OperationTypeNode,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { shortened } from '../brief.js';
import { MOST_ERRORS } from '../limits.js';
import { readDocument } from '../read-document.js';

export interface Flaw {
  readonly line: number | null;
  readonly message: string;
}

export type Verdict =
  | {
      readonly kind: 'good';
      readonly document: DocumentNode;
      /** Names of all variables that its operations declare. */
      readonly variables: ReadonlySet<string>;
      /** Whether one of its operations is answered as a stream. */
      readonly hasStream: boolean;
    }
  | { readonly kind: 'bad'; readonly flaws: readonly Flaw[] };

export interface Bench {
  readonly schema: GraphQLSchema;
  /** Beside the rules of the language. */
  readonly rules: readonly ValidationRule[];
  /** What else speaks against a document of this client, such as scopes that it lacks. */
  readonly objections?: (document: DocumentNode, client: string) => readonly GraphQLError[];
}

const flawOf = ({ message, locations }: GraphQLError): Flaw => ({
  line: locations?.[0]?.line ?? null,
  message: shortened(message),
});

export function judge(text: string, client: string, { schema, rules, objections }: Bench): Verdict {
  const read = readDocument(text);
  if (read.kind === 'refused') return bad([flawOf(read.error)]);
  const { document } = read;
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) {
    return bad([
      { line: null, message: 'It has no operation: fragments belong into the document that spreads them.' },
    ]);
  }
  const errors = validate(schema, document, [...specifiedRules, ...rules], { maxErrors: MOST_ERRORS });
  const objected = errors.length === 0 ? (objections?.(document, client) ?? []) : [];
  if (errors.length + objected.length > 0) return bad([...errors, ...objected].map(flawOf));
  const variables = new Set<string>();
  let hasStream = false;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    hasStream ||= definition.operation === OperationTypeNode.SUBSCRIPTION;
    for (const { variable } of definition.variableDefinitions ?? []) variables.add(variable.name.value);
  }
  return { kind: 'good', document, variables, hasStream };
}

function bad(flaws: readonly Flaw[]): Verdict {
  return { kind: 'bad', flaws };
}
