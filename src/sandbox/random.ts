/**
 * Chance that repeats. Guarantees that the same seed text gives the same numbers and ids on every machine, and that
 * the numbers of one seed do not move when another organization is added. Not for secrets.
 */
import { createHash } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export interface Chance {
  /** At least 0, below 1. */
  fraction(): number;
  /** Both ends included. */
  integer(from: number, to: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  hex(length: number): string;
  base62(length: number): string;
  uuid(): string;
}

export function chanceOf(seed: string): Chance {
  const digest = createHash('sha256').update(seed).digest();
  let state = digest.readUInt32LE(0);

  // mulberry32: small, public domain, and good enough for amounts and ids of a demonstration.
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  function integer(from: number, to: number): number {
    return from + Math.floor(fraction() * (to - from + 1));
  }

  // Ids come from the hash and not from the 32-bit state: among 100,000 generated organizations two 32-bit states
  // do meet, and two customers with one id would be a tenancy bug of the sandbox.
  let block = 0;
  function bytes(count: number): Buffer {
    const parts: Buffer[] = [];
    for (let have = 0; have < count; have += 32) {
      parts.push(createHash('sha256').update(`${seed}#${block++}`).digest());
    }
    return Buffer.concat(parts).subarray(0, count);
  }

  return {
    fraction,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    hex: (length) =>
      bytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length),
    base62: (length) => Array.from(bytes(length), (byte) => BASE62.charAt(byte % 62)).join(''),
    uuid: () => {
      const raw = bytes(16);
      raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6);
      raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8);
      const h = raw.toString('hex');
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
    },
  };
}
