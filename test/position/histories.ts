/**
 * Usage histories to measure forecasts on, day by day, from a seed: the same ones each time. They are made of what usage is
 * made of (level, weekends, noise, slow drift) and of the one trait that gives a kind its name. Amounts are in cents, made of
 * floats: they are the world, not money of anybody.
 */
import type { Instant, Month } from '../../src/domain/calendar.js';
import { monthsOf, type MonthSpend } from '../../src/domain/position/months.js';
import { figuresOf } from '../../src/domain/position/figures.js';
import { forecastOf, type Forecast, type ForecastChoice } from '../../src/domain/position/forecast.js';
import { momentOf } from '../../src/domain/position/moment.js';
import { ratesOf, type Rates } from '../../src/domain/position/rates.js';
import type { CurrencyCode } from '../../src/domain/money.js';
import { day, moneyIn, usage } from './make.js';

export const HISTORY_KINDS = ['steady', 'growing', 'seasonal', 'spiky', 'with gaps'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** Numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function bell(random: () => number): number {
  let sum = -6;
  for (let each = 0; each < 12; each += 1) sum += random();
  return sum;
}

export interface History {
  /** Months of cents a day, without holes. */
  readonly months: readonly {
    readonly month: Month;
    readonly days: readonly number[];
    readonly isKnown: boolean;
  }[];
}

export function historyOf(kind: HistoryKind, count: number, random: () => number): History {
  const firstMonth = Math.floor(random() * 12);
  const weekend = 0.4 + 0.6 * random();
  const growth = kind === 'growing' ? -0.02 + 0.08 * random() : 0;
  const swing = kind === 'seasonal' ? 0.15 + 0.3 * random() : 0;
  const phase = random() * 12;
  const noise = 0.05 + 0.1 * random();
  const spikes = kind === 'spiky' ? 0.15 + 0.15 * random() : 0;
  const size = 10 ** (2 + 4 * random());
  let level = size * 100;
  const months = Array.from({ length: count }, (_, index) => {
    const start = Date.UTC(2022, firstMonth + index, 1);
    const length = (Date.UTC(2022, firstMonth + index + 1, 1) - start) / 86_400_000;
    const season = 1 + swing * Math.sin((2 * Math.PI * (((firstMonth + index) % 12) + phase)) / 12);
    const mean = level * (1 + growth) ** index * season * (1 + 0.03 * bell(random));
    const spike =
      random() < spikes
        ? { at: Math.floor(random() * length), by: 3 + 12 * random(), days: 1 + random() * 3 }
        : null;
    const days = Array.from({ length }, (_, number) => {
      const weekday = new Date(start + number * 86_400_000).getUTCDay();
      const isSpike = spike !== null && number >= spike.at && number < spike.at + spike.days;
      const shape = (weekday % 6 === 0 ? weekend : 1) * (isSpike ? spike.by : 1);
      return Math.round(mean * shape * Math.max(0, 1 + noise * bell(random)));
    });
    level *= 1 + 0.01 * bell(random);
    const isKnown = !(kind === 'with gaps' && random() < 0.15);
    return { month: new Date(start).toISOString().slice(0, 7) as Month, days, isKnown };
  });
  return { months };
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
const CURRENCY = 'USD' as CurrencyCode;

export interface Outlook {
  readonly months: readonly MonthSpend[];
  readonly rates: Rates;
  /** Cents, at the end of the period. */
  readonly truth: number;
}

/** What is known `passed` days into the last `length` months of the history, and what will have become of them. */
export function outlookOf({ months }: History, length: number, passed: number): Outlook {
  const period = months.slice(-length);
  const start = Date.parse(`${period[0]?.month}-01`);
  const now = new Date(start + passed * 86_400_000);
  const clock = { on: day(now.toISOString().slice(0, 10)), now: now.toISOString() as Instant };
  const figures = figuresOf({
    billing: null,
    unread: [],
    usage: months.flatMap(({ month, days, isKnown }) => {
      const seen = (now.getTime() - Date.parse(`${month}-01`)) / 86_400_000;
      // What is missing has been missed by its end: the month in progress is there.
      if (seen <= 0 || (!isKnown && seen >= days.length)) return [];
      const cents = String(sum(days.slice(0, seen))).padStart(3, '0');
      return [usage(month, moneyIn(`${cents.slice(0, -2)}.${cents.slice(-2)}`, 'USD'), clock.now)];
    }),
  });
  const last = period.at(-1);
  const end = new Date(Date.parse(`${last?.month}-01`) + (last?.days.length ?? 0) * 86_400_000);
  const span = { startsOn: day(`${period[0]?.month}-01`), endsBefore: day(end.toISOString().slice(0, 10)) };
  const moment = momentOf(clock);
  return {
    months: monthsOf([{ span, monthly: moneyIn('1000', 'USD') }], CURRENCY, span, figures, moment),
    rates: ratesOf(figures, CURRENCY, moment.millis),
    truth: sum(period.map(({ days }) => sum(days))),
  };
}

export interface Score {
  cases: number;
  /** Sum of |forecast − truth| ÷ truth. */
  error: number;
  bands: number;
  hits: number;
}

export interface Measured {
  readonly choice: ForecastChoice;
  readonly kind: HistoryKind;
  readonly share: number;
  readonly score: Score;
}

export const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

function isWithin({ low, high }: Forecast, cents: number): boolean | null {
  return low === null || high === null ? null : low.amount.lte(cents / 100) && high.amount.gte(cents / 100);
}

/** How far off each choice is, over periods of `length` months, after up to two years of history. */
export function measure(
  length: 1 | 12,
  choices: readonly ForecastChoice[],
  histories: number,
  seed: number,
): Measured[] {
  const measured: Measured[] = [];
  for (const kind of HISTORY_KINDS) {
    const random = randomFrom(seed);
    const scores = new Map<string, Measured>();
    for (let number = 0; number < histories; number += 1) {
      const history = historyOf(kind, length + 3 + Math.floor(random() * 22), random);
      const days = history.months.slice(-length).reduce((total, each) => total + each.days.length, 0);
      for (const share of SHARES) {
        const { months, rates, truth } = outlookOf(history, length, Math.max(1, Math.round(share * days)));
        for (const choice of choices) {
          const made = forecastOf(months, rates, choice);
          if (made === null || truth === 0) continue;
          const { forecast } = made;
          const key = `${choice} ${share}`;
          const entry = scores.get(key) ?? {
            choice,
            kind,
            share,
            score: { cases: 0, error: 0, bands: 0, hits: 0 },
          };
          scores.set(key, entry);
          entry.score.cases += 1;
          entry.score.error += Math.abs(forecast.expected.amount.toNumber() * 100 - truth) / truth;
          const hit = isWithin(forecast, truth);
          if (hit !== null) entry.score.bands += 1;
          if (hit === true) entry.score.hits += 1;
        }
      }
    }
    measured.push(...scores.values());
  }
  return measured;
}

const percent = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1));

/** For each choice and kind of history a line: error in percent, and how often the truth was in the band, by elapsed share. */
export function tableOf(measured: readonly Measured[], choices: readonly ForecastChoice[]): string[] {
  const head = ['method', 'history', ...SHARES.map((share) => `${100 * share} %`)];
  const cell = (rows: readonly Measured[]) => {
    const mean =
      rows.reduce((total, { score }) => total + score.error / Math.max(1, score.cases), 0) /
      Math.max(1, rows.length);
    const bands = sum(rows.map(({ score }) => score.bands));
    const hits = sum(rows.map(({ score }) => score.hits));
    return `${(100 * mean).toFixed(1)} (${bands === 0 ? '-' : Math.round((100 * hits) / bands)})`;
  };
  const lines = choices.flatMap((choice) =>
    [...HISTORY_KINDS, 'all'].map((kind) => {
      const rows = measured.filter(
        (each) => each.choice === choice && (kind === 'all' || each.kind === kind),
      );
      return [choice, kind, ...SHARES.map((share) => cell(rows.filter((each) => each.share === share)))];
    }),
  );
  return [head, ...lines].map((cells) =>
    cells.map((text, index) => (index < 2 ? text.padEnd(index === 0 ? 16 : 10) : text.padStart(11))).join(''),
  );
}

/** How often there was a band at all, whole percent. */
export function bandShareOf(measured: readonly Measured[], choice: ForecastChoice): string {
  const rows = measured.filter((each) => each.choice === choice);
  return percent(sum(rows.map(({ score }) => score.bands)), sum(rows.map(({ score }) => score.cases)));
}
