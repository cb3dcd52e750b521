/**
 * What the vendors really did: one entry for every change of an emulator's state that a call brought about.
 *
 * Guarantees: append-only. Neither a reset nor the gateway's end takes an entry away, and with a file, not even the
 * end of the emulators does: each entry is on disk before the call that caused it is answered. A call that was refused
 * leaves no entry; one that was done and whose answer got lost does. Refuses to start on a file that it cannot read:
 * numbering would begin again.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { parse, stringify } from 'lossless-json';
import type { BackendName } from './types.js';

/** What an emulator reports. */
export interface Change {
  /** The vendor's word for it, in lower case with dots, such as `commitment.terminate` or `contract.quantity-change`. */
  readonly action: string;
  /** The vendor's id of what was changed; of what was made, for a creation. */
  readonly target: string;
  /** The vendor's id of the customer that it belongs to. */
  readonly customer: string;
  /** `X-Request-Id` of the call, if it had one. */
  readonly requestId: string | null;
  /** What was asked, as the vendor understood it, and what came of it: quote ids, new ids, values before and after. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Effect extends Change {
  /** 1 for the first, and never a gap. */
  readonly seq: number;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  readonly backend: BackendName;
}

export interface Ledger {
  /** In order of `seq`; live. */
  readonly effects: readonly Effect[];
  /** Throws if the file cannot be written: an effect that nobody could know of must not happen. */
  record(backend: BackendName, at: number, change: Change): Effect;
}

/** Throws an `Error` that names the line if the file holds anything but a ledger. */
export function createLedger(file?: string): Ledger {
  const effects: Effect[] = file !== undefined && existsSync(file) ? readLedger(file) : [];
  return {
    effects,
    record(backend, at, change) {
      const effect: Effect = { seq: effects.length + 1, at, backend, ...change };
      if (file !== undefined) appendFileSync(file, `${stringify(effect)}\n`, { flush: true });
      effects.push(effect);
      return effect;
    },
  };
}

function readLedger(file: string): Effect[] {
  const text = readFileSync(file);
  // Whoever was killed may have left half a line: the call that caused it was neither answered nor done.
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncateSync(file, end);
  const whole = text.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return whole.map((line, index) => {
    let effect: Partial<Effect>;
    try {
      effect = parse(line, null, Number) as Partial<Effect>;
    } catch {
      throw new Error(`${file}:${index + 1}: not an entry of a ledger`);
    }
    if (effect.seq !== index + 1) throw new Error(`${file}:${index + 1}: entry ${index + 1} is missing`);
    return effect as Effect;
  });
}
