/**
 * Refusals in few words: a text that is wrong in a thousand places is told about a few of them, and hears nothing of its
 * own back at length.
 */
import type { GraphQLFormattedError } from 'graphql';
import { LONGEST_MESSAGE_BYTES, MOST_ERRORS } from './limits.js';

const MOST_LOCATIONS = 4;

/** The first few, each cut to a bounded size. */
export function brief(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  return errors.slice(0, MOST_ERRORS).map(cut);
}

/** One error, with a message and as many places as fit into a line or two. */
export function cut(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations } = error;
  return {
    ...error,
    message: shortened(message),
    ...(locations === undefined ? {} : { locations: locations.slice(0, MOST_LOCATIONS) }),
  };
}

const sizeOf = (text: string) => Buffer.byteLength(JSON.stringify(text));

export function shortened(message: string): string {
  if (message.length * 6 <= LONGEST_MESSAGE_BYTES || sizeOf(message) <= LONGEST_MESSAGE_BYTES) return message;
  // Whole characters, each with what it takes in an answer.
  let kept = '';
  let size = sizeOf('…');
  for (const character of message) {
    size += sizeOf(character) - 2;
    if (size > LONGEST_MESSAGE_BYTES) break;
    kept += character;
  }
  return `${kept}…`;
}
