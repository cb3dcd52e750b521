/** Medians, spreads and ratios of samples, as a table for people and as JSON for programs. */
import type { Measured, Sample } from './rounds.js';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Of an even number, the mean of the two in the middle. NaN of none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { median: (low + high) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

export interface Line {
  readonly label: string;
  readonly perSecond: Spread;
  /** Throughput as a share of the limit's in the same round; `null` where the limit was not measured. */
  readonly ratio: Spread | null;
  /** The limit's processor time for an answer as a share of this one's, in the same round. */
  readonly cpuRatio: Spread | null;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly cpuMs: Spread | null;
  readonly rssMiB: Spread | null;
  readonly upstreamCalls: Spread;
  readonly turnedAwayShare: Spread;
  readonly incompleteShare: Spread;
  readonly othersShare: Spread | null;
}

const present = (values: readonly (number | null)[]): readonly number[] | null =>
  values.every((value) => value !== null) ? values : null;

export function linesOf(measured: readonly Measured[], limit: string): readonly Line[] {
  const base = measured.find(({ label }) => label === limit)?.samples ?? null;
  return measured.map(({ label, samples }) => {
    const all = (of: (sample: Sample) => number) => spreadOf(samples.map(of));
    const some = (of: (sample: Sample) => number | null) => {
      const values = present(samples.map(of));
      return values === null ? null : spreadOf(values);
    };
    const beside = (of: (sample: Sample, base: Sample) => number | null) =>
      base === null
        ? null
        : some((sample) => {
            const other = base[samples.indexOf(sample)];
            return other === undefined ? null : of(sample, other);
          });
    return {
      label,
      perSecond: all(({ perSecond }) => perSecond),
      ratio: beside((sample, other) => sample.perSecond / other.perSecond),
      cpuRatio: beside((sample, other) =>
        sample.cpuMs === null || other.cpuMs === null || sample.cpuMs === 0
          ? null
          : other.cpuMs / sample.cpuMs,
      ),
      p50: all(({ p50 }) => p50),
      p99: all(({ p99 }) => p99),
      cpuMs: some(({ cpuMs }) => cpuMs),
      rssMiB: some(({ rssBytes }) => (rssBytes === null ? null : rssBytes / 1_048_576)),
      upstreamCalls: all(({ upstreamCalls }) => upstreamCalls),
      incompleteShare: all(({ incompleteShare }) => incompleteShare),
      turnedAwayShare: all(({ turnedAwayShare }) => turnedAwayShare),
      othersShare: some(({ othersShare }) => othersShare),
    };
  });
}

const shown = (spread: Spread | null, digits: number) =>
  spread === null ? '-' : spread.median.toFixed(digits);
const shownWith = (spread: Spread | null, digits: number) =>
  spread === null
    ? '-'
    : `${spread.median.toFixed(digits)} (${spread.min.toFixed(digits)}–${spread.max.toFixed(digits)})`;

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

export function printedLines(lines: readonly Line[]): string[] {
  const head = [
    '',
    'of the limit (min–max)',
    'of its CPU (min–max)',
    'req/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/req',
    'RSS MiB',
    'upstream/req',
    'turned away',
    'others',
  ];
  return tableOf([
    head,
    ...lines.map((line) => [
      line.label,
      shownWith(line.ratio, 2),
      shownWith(line.cpuRatio, 2),
      shown(line.perSecond, 0),
      shown(line.p50, 1),
      shown(line.p99, 1),
      shown(line.cpuMs, 3),
      shown(line.rssMiB, 0),
      shown(line.upstreamCalls, 2),
      `${(100 * line.turnedAwayShare.median).toFixed(1)} %`,
      line.othersShare === null ? '-' : `${(100 * line.othersShare.median).toFixed(0)} %`,
    ]),
  ]);
}
