/**
 * What a customer used and was billed, month by month. Guarantees that the same month of the same organization always
 * tells the same story, that lines add up to their total to the cent, and that a running month only shows what has
 * happened so far. Amounts are integer cents; quantities are whole units.
 */
import { addMonths, dayAt, firstOfMonth, instantOf, monthOf, monthsBetween } from '../calendar.js';
import { chanceOf } from '../random.js';
import { committedIn, type OrganizationState } from './state.js';

/** How far back the billing system answers. */
export const MONTHS_KEPT = 24;

export interface UsageLine {
  readonly product: string;
  readonly quantity: bigint;
  readonly unit: string;
  readonly amount: bigint;
}

export interface MonthOfUsage {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly committed: bigint;
  readonly used: bigint;
  readonly lines: readonly UsageLine[];
}

interface Product {
  readonly name: string;
  readonly unit: string;
  /** Share of the bill in per mille. */
  readonly share: bigint;
  /** Price of a thousand units in cents of a dollar. */
  readonly perThousand: bigint;
}

const PRODUCTS: readonly [Product, ...Product[]] = [
  { name: 'Voice API outbound', unit: 'minute', share: 430n, perThousand: 700n },
  { name: 'Voice API inbound', unit: 'minute', share: 180n, perThousand: 350n },
  { name: 'SMS outbound', unit: 'message part', share: 260n, perThousand: 400n },
  { name: 'Phone numbers', unit: 'number', share: 90n, perThousand: 100_000n },
  { name: 'Wireless data', unit: 'megabyte', share: 40n, perThousand: 1_250n },
];

/** Roughly how many of its units make a dollar, so that minutes in Osaka do not cost a seven-hundredth of a yen. */
const UNITS_A_DOLLAR: Readonly<Record<string, bigint>> = { JPY: 150n, SEK: 10n, CZK: 22n, BRL: 5n };

/** Added pace per million: quiet in summer, busy before the end of the year. */
const SEASON: Readonly<Record<string, number>> = { '07': -70_000, '08': -90_000, '11': 60_000, '12': 90_000 };

/** `month` is a first of month, at most the current one. */
export function usageIn(organization: OrganizationState, month: string, now: number): MonthOfUsage {
  const chance = chanceOf(`usage ${organization.organizationId} ${month}`);
  const pace = chanceOf(`pace ${organization.organizationId}`);
  const committed = committedIn(organization, month);

  // Pace against the customer's size, per million: a habit of its own, a slow growth, the holidays, chance.
  const habit = pace.integer(820_000, 1_180_000);
  const growth = pace.integer(-4_000, 9_000) * monthsBetween(organization.customerSince, month);
  const season = SEASON[month.slice(5, 7)] ?? 0;
  const bounded = Math.max(-300_000, Math.min(300_000, growth));
  const perMillion = Math.max(150_000, habit + bounded + season + chance.integer(-110_000, 110_000));

  const whole = (organization.scaleCents * BigInt(perMillion)) / 1_000_000n;
  const sofar = (whole * elapsedPerMillion(month, now)) / 1_000_000n;
  const used = sofar - (sofar % smallest(organization.currency));
  return { period: monthOf(month), committed, used, lines: linesOf(used, organization.currency) };
}

/** How much of the month has passed. */
function elapsedPerMillion(month: string, now: number): bigint {
  const start = instantOf(month);
  const end = instantOf(addMonths(month, 1));
  return BigInt(Math.floor((Math.max(0, Math.min(now, end) - start) / (end - start)) * 1_000_000));
}

/** The yen has no smaller unit: hundredths of it never appear on a bill. */
function smallest(currency: string): bigint {
  return currency === 'JPY' ? 100n : 1n;
}

function linesOf(total: bigint, currency: string): UsageLine[] {
  const scale = UNITS_A_DOLLAR[currency] ?? 1n;
  const unitCents = smallest(currency);
  const [main, ...others] = PRODUCTS.map(({ name, unit, share, perThousand }) => ({
    product: name,
    unit,
    price: perThousand * scale,
    amount: ((total * share) / 1_000n / unitCents) * unitCents,
  }));
  if (main === undefined) return [];
  // What division left over belongs to the largest line.
  const rest = others.reduce((sum, { amount }) => sum + amount, 0n);
  return [{ ...main, amount: total - rest }, ...others].map(({ product, unit, price, amount }) => ({
    product,
    quantity: (amount * 1_000n) / price,
    unit,
    amount,
  }));
}

export interface BilledMonth extends MonthOfUsage {
  readonly invoiced: bigint;
  readonly shortfall: bigint;
  readonly status: 'open' | 'issued' | 'paid';
}

/** Oldest first; the months that touch the days `from` to `to`, both included. */
export function billingHistory(
  organization: OrganizationState,
  from: string,
  to: string,
  now: number,
): BilledMonth[] {
  const current = firstOfMonth(dayAt(now));
  const earliest =
    [addMonths(current, -MONTHS_KEPT), firstOfMonth(organization.customerSince)].sort()[1] ?? current;
  const months: BilledMonth[] = [];
  for (let month = earliest; month <= current && month <= to; month = addMonths(month, 1)) {
    if (addMonths(month, 1) <= from) continue;
    const usage = usageIn(organization, month, now);
    const isOpen = month === current;
    const shortfall = isOpen || usage.used >= usage.committed ? 0n : usage.committed - usage.used;
    months.push({
      ...usage,
      shortfall,
      invoiced: isOpen ? 0n : usage.used + shortfall,
      status: isOpen ? 'open' : month === addMonths(current, -1) ? 'issued' : 'paid',
    });
  }
  return months;
}
