/**
 * From the text of a document to its parsed form, for everybody who reads one: requests, streams, the registry.
 *
 * Guarantees: takes a few milliseconds on any text; its size is known before it is read, and its limits are checked
 * before anything is compared with the schema.
 */
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { objectionToDocument } from './document-limits.js';
import { LONGEST_DOCUMENT_BYTES, MOST_TOKENS } from './limits.js';

export type ReadDocument =
  | { readonly kind: 'read'; readonly document: DocumentNode }
  | {
      readonly kind: 'refused';
      readonly code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_TOO_COSTLY';
      /** Written for callers. */
      readonly error: GraphQLError;
    };

export function readDocument(text: string): ReadDocument {
  if (isTooLong(text)) {
    return {
      kind: 'refused',
      code: 'GRAPHQL_PARSE_FAILED',
      error: new GraphQLError(
        `The document is longer than ${LONGEST_DOCUMENT_BYTES.toLocaleString('en')} bytes. ` +
          'Leave out comments, put values into variables, or ask in several steps.',
      ),
    };
  }
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return {
      kind: 'refused',
      code: 'GRAPHQL_PARSE_FAILED',
      // The only thing that the parser throws beside its own errors is a stack that was too small for the text.
      error:
        error instanceof GraphQLError
          ? error
          : new GraphQLError('The document is nested too deeply to be read.'),
    };
  }
  const objection = objectionToDocument(document);
  if (objection === null) return { kind: 'read', document };
  const { code, message, node } = objection;
  return { kind: 'refused', code, error: new GraphQLError(message, node === null ? {} : { nodes: node }) };
}

function isTooLong(text: string): boolean {
  return text.length > LONGEST_DOCUMENT_BYTES || Buffer.byteLength(text) > LONGEST_DOCUMENT_BYTES;
}
