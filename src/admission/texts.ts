/** What no text from a caller has in it, wherever it stands. */

const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** Controls other than tabs and ends of lines, and halves of characters: no encoding has the ones, no store keeps the others. */
export function hasUnwantedCharacters(text: string): boolean {
  return UNWANTED.test(text);
}

export const UNWANTED_CHARACTERS =
  'A text has a control character in it, or half of a character. Send plain Unicode.';
