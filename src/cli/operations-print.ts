/**
 * Operations as text for people.
 *
 * Guarantees: nothing that a client or a backend wrote reaches the terminal as anything but visible characters of one
 * line. What is evidence is never shortened.
 */
import { instantOfMillis } from '../domain/calendar.js';
import type { Json } from '../domain/json.js';
import type { Case } from '../journal/decide.js';
import { operationOf, planOf } from '../journal/rows.js';
import type { Row } from '../journal/store.js';

/** Controls would move the cursor, and marks of direction would turn the text round. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function timeText(at: number): string {
  return instantOfMillis(at).replace(/\.\d+Z$/, 'Z');
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** In the largest unit that there is one of. */
export function ageText(ms: number): string {
  const [name, length] = UNITS.find(([, size]) => ms >= size) ?? UNITS[3];
  return `${Math.max(0, Math.floor(ms / length))}${name}`;
}

/** Columns as wide as they have to be; the last one is not filled up. */
export function columns(lines: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return lines.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function tableText(rows: readonly Row[], now: number): string {
  const heads = ['ID', 'STATE', 'KIND', 'ORGANIZATION', 'TARGET', 'ASKED AT', 'BY', 'AGE'];
  const lines = rows.map((row) => [
    row.id,
    row.needs_operator === 0 ? row.state : `${row.state} *`,
    row.kind,
    row.organization,
    row.target,
    timeText(row.requested_at),
    row.client,
    ageText(now - row.requested_at),
  ]);
  const table = columns([heads, ...lines.map((line) => line.map(plain))]);
  const note = rows.some((row) => row.needs_operator !== 0)
    ? ['', '* The gateway has given up finding out: see `operations show`, then `operations settle`.']
    : [];
  return [...table, ...note].join('\n');
}

/** Paths of a value's ends, with each as JSON. */
function leavesOf(value: Json, path: string, into: Map<string, string>): Map<string, string> {
  const members: readonly (readonly [string, Json])[] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (members.length === 0) into.set(path === '' ? '(all)' : path, JSON.stringify(value));
  for (const [name, member] of members) leavesOf(member, path === '' ? name : `${path}.${name}`, into);
  return into;
}

const ABSENT = '-';

function evidenceText(before: Json, after: Json): string[] {
  if (before === null && after === null) return ['  (nothing was read)'];
  const was = before === null ? new Map<string, string>() : leavesOf(before, '', new Map());
  const is = after === null ? new Map<string, string>() : leavesOf(after, '', new Map());
  const isBoth = before !== null && after !== null;
  const lines = [...new Set([...was.keys(), ...is.keys()])].map((path) => {
    const first = was.get(path) ?? ABSENT;
    const second = is.get(path) ?? ABSENT;
    return [isBoth && first !== second ? '*' : ' ', path, first, second];
  });
  const note =
    before === null
      ? ['  (before: there was nothing to read)']
      : after === null
        ? ['  (after: it was not read since, or nothing of it can be read)']
        : [];
  return [
    ...columns([['', 'MEMBER', 'BEFORE', 'AFTER'], ...lines.map((line) => line.map(plain))]),
    ...(isBoth ? ['* differs'] : note),
  ];
}

/** Everything about one operation, for whoever has to decide. */
export function caseText({ row, history }: Case, now: number): string {
  const operation = operationOf(row);
  const { implications } = planOf(row);
  const { request, references, failure } = operation;
  const facts: readonly (readonly [string, string | null])[] = [
    ['operation', row.id],
    ['state', row.needs_operator === 0 ? row.state : `${row.state}, and only an operator can tell`],
    ['kind', row.kind],
    ['organization', row.organization],
    ['source', row.source],
    ['target', row.target],
    ['external id', row.external_id],
    ['asked by', `${row.client}, key ${row.idempotency_key}, request ${row.request_id}`],
    ['asked at', `${timeText(row.requested_at)}, ${ageText(now - row.requested_at)} ago`],
    ['reason', row.reason],
    ['sent at', timeText(row.sent_at)],
    ['settled at', row.settled_at === null ? null : timeText(row.settled_at)],
    ['looked at', `${row.looks} times${row.look_at === null ? '' : `, next at ${timeText(row.look_at)}`}`],
    ['held by', row.held_until > now ? `${row.holder ?? '?'} until ${timeText(row.held_until)}` : null],
    ['failure', failure === null ? null : `${failure.code}: ${failure.message}`],
    ...Object.entries(references).map(([name, id]) => [name, id] as const),
  ];
  const stated = facts.flatMap(([name, text]) => (text === null ? [] : [[name, plain(text)]]));
  return [
    ...columns(stated),
    '',
    'REQUEST AS SENT',
    `  ${plain(`${request.method} ${request.path}`)}`,
    `  ${request.body === null ? '(no body)' : plain(request.body)}`,
    ...implications.map(({ message }) => `  implies: ${plain(message)}`),
    '',
    'EVIDENCE',
    ...evidenceText(operation.before, operation.after),
    '',
    'AUDIT TRAIL',
    ...history.flatMap(({ seq, at, event, by, said }) => [
      `  ${seq}  ${timeText(at)}  ${plain(event)}  ${plain(by)}`,
      `      ${plain(JSON.stringify(said))}`,
    ]),
  ].join('\n');
}
