/**
 * Answers as bytes.
 *
 * Node would join the text of an answer to its head, flatten both, measure it and encode it: for each client anew, and
 * twice as large in memory where a letter of it is not Latin. A text is encoded once instead, and whoever is given the same
 * text after another is given the same bytes.
 *
 * Guarantees: the bytes are those of the text. Holds on to the last answer, and to no other.
 */
export interface AnswerBytes {
  of(text: string): Buffer;
  /** Texts that were encoded, since the start. */
  readonly encoded: number;
}

export function createAnswerBytes(): AnswerBytes {
  let last = '';
  let bytes = Buffer.alloc(0);
  let encoded = 0;
  return {
    of(text) {
      // The same object, most of the time: then nothing is compared.
      if (text !== last) {
        bytes = Buffer.from(text);
        last = text;
        encoded += 1;
      }
      return bytes;
    },
    get encoded() {
      return encoded;
    },
  };
}
