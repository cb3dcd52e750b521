/** What a measurement gives back, and how it is shown. Refuses to call anything kept that has no limit beside it. */

export interface Options {
  /** How long a phase of load lasts; `null`: as long as the figure asks for. */
  readonly seconds: number | null;
  /** How many calls; `null`: as many as the figure asks for. */
  readonly count: number | null;
  readonly breakScope: boolean;
}

export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly isKept: boolean;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** Said beside the figures, without a limit. */
  readonly notes: readonly string[];
  readonly data: object;
}

export interface Measurement {
  measure(options: Options): Promise<Outcome>;
  /** Milliseconds after which it is cut off. */
  limitMs(options: Options): number;
}

/** Nearest rank; 0 of nothing. `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    count: values.length,
    p50: rounded(percentile(values, 0.5)),
    p99: rounded(percentile(values, 0.99)),
    max: rounded(percentile(values, 1)),
  };
}

export function shown({ count, p50, p99, max }: Spread): string {
  return `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms (${count})`;
}

export function countBy<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string | number,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

export function printed(
  name: string,
  { figures, notes, data }: Outcome,
  [before, after]: readonly [number, number],
): string[] {
  const isKept = figures.every((figure) => figure.isKept);
  const load = { before: Math.round(before * 100) / 100, after: Math.round(after * 100) / 100 };
  return [
    ...figures.map(
      ({ what, measured, limit, isKept: kept }) =>
        `${kept ? 'pass' : 'FAIL'}  ${what}: ${measured} (limit: ${limit})`,
    ),
    ...notes.map((note) => `      ${note}`),
    `      load average of the last minute: ${load.before} before, ${load.after} after`,
    JSON.stringify({ name, passed: isKept, load, figures, ...data }),
    `${name}: ${isKept ? 'pass' : 'fail'}`,
  ];
}
