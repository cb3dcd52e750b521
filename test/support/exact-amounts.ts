/**
 * Generated amounts, their spellings as JSON numbers, and what they must look like in the graph: BigInt and text only.
 * Nothing here comes near the gateway's own arithmetic or a binary floating-point number, so that the two can disagree.
 */

/** `units` × 10^-`scale`. */
export interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

/** Whole numbers from 0 up to and without `below`; the same seed gives the same ones (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const LIMITS = [31n, 32n, 53n, 63n, 64n].flatMap((bits) => [-1n, 0n, 1n].map((step) => 2n ** bits + step));

/** Where arithmetic breaks first, with both signs: zero, tens and hundreds, the limits of integers and of doubles. */
export const NOTORIOUS: readonly bigint[] = [
  0n,
  1n,
  10n,
  99n,
  100n,
  101n,
  999_999_999_999_999_999_999n,
  ...LIMITS,
].flatMap((units) => [units, -units]);

/** An amount of up to 30 digits, of which up to `mostDecimals` behind the point. */
export function amountFrom(random: (below: number) => number, mostDecimals: number): Exact {
  const digits = Array.from({ length: 1 + random(30) }, () => random(10)).join('');
  const units = BigInt(digits) * (random(8) === 0 ? -1n : 1n);
  return { units, scale: random(mostDecimals + 1) };
}

function plain(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${units < 0n ? '-' : ''}${digits.slice(0, at)}${scale === 0 ? '' : `.${digits.slice(at)}`}`;
}

/** The amount as a JSON number, in one of the ways in which programs write it. */
export function spell({ units, scale }: Exact, random: (below: number) => number): string {
  const shift = 1 + random(6);
  const sign = units === 0n && random(2) === 0 ? '-' : '';
  switch (random(8)) {
    case 0:
      return sign + plain(units * 10n ** BigInt(shift), scale + shift); // trailing zeros
    case 1:
      return `${sign}${plain(units, scale + shift)}e${shift}`;
    case 2:
      return `${sign}${plain(units, scale + shift)}E+${shift}`;
    case 3:
      return `${sign}${plain(units * 10n ** BigInt(shift), scale)}e-${shift}`;
    default:
      return sign + plain(units, scale);
  }
}

/** With `least` decimals, and more only where the amount has more. */
export function printed({ units, scale }: Exact, least = 0): string {
  let shown = { units, scale };
  while (shown.scale > least && shown.units % 10n === 0n) {
    shown = { units: shown.units / 10n, scale: shown.scale - 1 };
  }
  const missing = Math.max(0, least - shown.scale);
  return plain(shown.units * 10n ** BigInt(missing), shown.scale + missing);
}

/** A twelfth with `scale` decimals, rounded half to even. */
export function twelfth({ units, scale }: Exact, decimals: number): Exact {
  const numerator = units * 10n ** BigInt(decimals);
  const denominator = 12n * 10n ** BigInt(scale);
  const size = numerator < 0n ? -numerator : numerator;
  const down = size / denominator;
  const twice = (size % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && down % 2n === 1n);
  const rounded = isUp ? down + 1n : down;
  return { units: numerator < 0n ? -rounded : rounded, scale: decimals };
}
