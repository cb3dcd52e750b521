/**
 * What a run found, as a table, as JSON and as CSV.
 *
 * Guarantees: nothing that a backend or a client wrote reaches a terminal as anything but visible characters, or a
 * spreadsheet as a formula. Amounts are exact.
 */
import { decimalOfPrinted, printAmount, type CurrencyCode } from '../domain/money.js';
import type { PlainMoney, PlainValue } from '../domain/reconciliation/plain.js';
import { RECONCILIATION_STATES, type Action } from '../domain/reconciliation/types.js';
import type { FoundDifference, PlainSummary } from '../reconciliation/result.js';
import { columns, plain } from './operations-print.js';

export interface Report {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly isComplete: boolean;
  readonly organizations: {
    readonly total: number;
    readonly done: number;
    readonly resumed: number;
    readonly left: number;
  };
  readonly summary: PlainSummary;
  readonly findings: readonly FoundDifference[];
}

export type Format = 'table' | 'json' | 'csv';

function moneyText(money: PlainMoney | null): string {
  return money === null ? '' : `${amountText(money)} ${money.currency}`;
}

function amountText({ amount, currency }: PlainMoney): string {
  return printAmount({ amount: decimalOfPrinted(amount), currency: currency as CurrencyCode });
}

function valueText(value: PlainValue | null): string {
  switch (value?.kind) {
    case undefined:
      return '';
    case 'MONEY':
      return moneyText(value.amount);
    case 'TERM':
      return `${value.term.startsOn ?? '?'}..${value.term.endsBefore ?? ''}`;
    case 'STATUS':
      return value.text;
    case 'PERCENT':
      return `${value.percent} %`;
    case 'RECORD':
      return `${moneyText(value.amount)} ${value.term.startsOn ?? '?'}..${value.term.endsBefore ?? ''}`.trim();
  }
}

function argumentOf(action: Action): string {
  switch (action.kind) {
    case 'WAIT_UNTIL':
      return action.until;
    case 'LOOK_FOR_FAILED_WEBHOOK':
      return action.orderId ?? '';
    case 'TRIGGER_SYNC':
      return action.organization;
    case 'TERMINATE_OVERLAPPING':
      return action.commitmentId;
    case 'CORRECT_UNIT':
      return action.side ?? '';
    case 'ASK_A_PERSON':
    case 'NONE':
      return '';
  }
}

export function reportText(report: Report, format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
    case 'csv':
      return csvText(report.findings);
    case 'table':
      return `${[...tableLines(report.findings), ...summaryLines(report)].join('\n')}\n`;
  }
}

function tableLines(findings: readonly FoundDifference[]): readonly string[] {
  if (findings.length === 0) return [];
  const heads = ['CUSTOMER', 'STATE', 'SEVERITY', 'OVER TERM', 'CRM', 'BILLING', 'CAUSE', 'ACTION', 'SINCE'];
  const lines = findings.map((one) => [
    one.organization,
    one.state,
    one.severity,
    moneyText(one.impact.overTerm) || '-',
    valueText(one.crm?.value ?? null) || '-',
    valueText(one.billing?.value ?? null) || '-',
    one.cause,
    one.action.kind,
    (one.firstSeenAt ?? '-').slice(0, 10),
    one.acknowledgement === null ? '' : `acknowledged by ${one.acknowledgement.by}`,
  ]);
  return [...columns([[...heads, ''], ...lines.map((line) => line.map(plain))]), ''];
}

const n = (count: number) => count.toLocaleString('en');

export function summaryLines({ organizations, summary, isComplete }: Report): readonly string[] {
  const counted = RECONCILIATION_STATES.filter((state) => summary.counts[state] > 0).map((state) => [
    `  ${state}`,
    n(summary.counts[state]),
  ]);
  const impact = summary.impact.map((one) => {
    const money = (amount: string) => amountText({ amount, currency: one.currency });
    return [
      `  ${one.currency}`,
      `overcharge ${money(one.overchargePerMonth)} this month, ${money(one.overchargeOverTerm)} over the terms`,
      `leakage ${money(one.leakagePerMonth)} this month, ${money(one.leakageOverTerm)} over the terms`,
    ];
  });
  return [
    `${n(organizations.done)} of ${n(organizations.total)} customers compared` +
      (organizations.resumed === 0
        ? ''
        : `, ${n(organizations.resumed)} of them by the run that was interrupted`) +
      `; ${n(summary.complete)} with both sides read whole; ${n(summary.discrepancies)} differences.`,
    ...columns(counted),
    ...(impact.length === 0 ? [] : ['What they cost:', ...columns(impact)]),
    ...(summary.withoutAmount === 0
      ? []
      : [`${n(summary.withoutAmount)} more cost somebody something, and nobody knows how much.`]),
    ...(isComplete ? [] : ['Incomplete: not everything could be compared.']),
  ];
}

const COLUMNS: readonly (readonly [string, (one: FoundDifference) => string | null | undefined])[] = [
  ['organization', (one) => one.organization],
  ['state', (one) => one.state],
  ['severity', (one) => one.severity],
  ['cause', (one) => one.cause],
  ['fields', (one) => one.fields.join(' ')],
  ['orderId', (one) => one.orderId],
  ['stepId', (one) => one.stepId],
  ['commitmentId', (one) => one.commitmentId],
  ['crm', (one) => valueText(one.crm?.value ?? null)],
  ['billing', (one) => valueText(one.billing?.value ?? null)],
  ['impactPerMonth', (one) => one.impact.perMonth && amountText(one.impact.perMonth)],
  ['impactOverTerm', (one) => one.impact.overTerm && amountText(one.impact.overTerm)],
  ['currency', (one) => one.impact.overTerm?.currency ?? one.impact.perMonth?.currency],
  ['authority', (one) => one.authority?.side],
  ['rule', (one) => one.authority?.rule],
  ['action', (one) => one.action.kind],
  ['actionArgument', (one) => argumentOf(one.action)],
  ['firstSeenAt', (one) => one.firstSeenAt],
  ['acknowledgedBy', (one) => one.acknowledgement?.by],
  ['acknowledgedAt', (one) => one.acknowledgement?.at],
  ['acknowledgedReason', (one) => one.acknowledgement?.reason],
  ['id', (one) => one.id],
];

/** What spreadsheets take for the beginning of a formula, in full width too. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvText(findings: readonly FoundDifference[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...findings.map((one) => COLUMNS.map(([, valueOf]) => valueOf(one) ?? '')),
  ];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
