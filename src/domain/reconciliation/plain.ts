/**
 * Values of findings as plain data: for digests, for the store and for programs. Guarantees: numbers are exact text, and
 * equal values are the same text, however they were written.
 */
import type { Term } from '../calendar.js';
import { printDecimal, type Money } from '../money.js';
import type { ComparedValue, Impact } from './types.js';

export interface PlainMoney {
  readonly amount: string;
  readonly currency: string;
}

export interface PlainTerm {
  readonly startsOn: string | null;
  readonly endsBefore: string | null;
}

export type PlainValue =
  | {
      readonly kind: 'MONEY';
      readonly unit: 'MAJOR_UNITS_PER_MONTH';
      readonly amount: PlainMoney | null;
      readonly entered: { readonly amount: string; readonly per: 'MONTH' | 'YEAR' } | null;
    }
  | { readonly kind: 'TERM'; readonly unit: 'DAYS_END_EXCLUDED'; readonly term: PlainTerm }
  | { readonly kind: 'STATUS'; readonly unit: 'WORD'; readonly text: string }
  | { readonly kind: 'PERCENT'; readonly unit: 'WHOLE_PERCENT'; readonly percent: string }
  | {
      readonly kind: 'RECORD';
      readonly unit: 'MAJOR_UNITS_PER_MONTH';
      readonly amount: PlainMoney | null;
      readonly term: PlainTerm;
    };

export interface PlainImpact {
  readonly direction: Impact['direction'];
  readonly perMonth: PlainMoney | null;
  readonly overTerm: PlainMoney | null;
  readonly affects: PlainTerm;
}

export function plainMoney(money: Money | null): PlainMoney | null {
  return money && { amount: printDecimal(money.amount), currency: money.currency };
}

function plainTerm({ startsOn, endsBefore }: Term): PlainTerm {
  return { startsOn, endsBefore };
}

export function plainValue(value: ComparedValue): PlainValue {
  switch (value.kind) {
    case 'MONEY': {
      const { kind, unit, amount, entered } = value;
      const said = entered && { amount: printDecimal(entered.amount), per: entered.per };
      return { kind, unit, amount: plainMoney(amount), entered: said };
    }
    case 'TERM':
      return { kind: value.kind, unit: value.unit, term: plainTerm(value.term) };
    case 'STATUS':
      return { kind: value.kind, unit: value.unit, text: value.text };
    case 'PERCENT':
      return { kind: value.kind, unit: value.unit, percent: printDecimal(value.percent) };
    case 'RECORD': {
      const { kind, unit, amount, term } = value;
      return { kind, unit, amount: plainMoney(amount), term: plainTerm(term) };
    }
  }
}

export function plainImpact({ direction, perMonth, overTerm, affects }: Impact): PlainImpact {
  return {
    direction,
    perMonth: plainMoney(perMonth),
    overTerm: plainMoney(overTerm),
    affects: plainTerm(affects),
  };
}
