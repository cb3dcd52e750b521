/**
 * Salesforce record ids: 15 case-sensitive characters, or 18 with a checksum that survives case-folding.
 * Guarantees a right checksum for every id made here; both lengths name the same record.
 */
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Adds the three check characters: one per block of five, bit n set when character n of the block is a capital. */
export function withChecksum(id15: string): string {
  if (!/^[0-9A-Za-z]{15}$/.test(id15)) throw new RangeError(`not a 15-character record id: ${id15}`);
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let n = 0; n < 5; n++) {
      const letter = id15.charAt(block * 5 + n);
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << n;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return id15 + suffix;
}

export function isRecordId(text: string): boolean {
  return /^[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?$/.test(text);
}
