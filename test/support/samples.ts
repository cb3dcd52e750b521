/** The vendors' own samples, byte for byte. */
import { readFileSync } from 'node:fs';

/** The bytes of `test/contract/samples/<name>.json`. */
export function sampleBytes(name: string): Uint8Array {
  return readFileSync(new URL(`../contract/samples/${name}.json`, import.meta.url));
}
