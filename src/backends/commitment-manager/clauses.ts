/**
 * The statements of a contract whose shape the vendor does not document: every member becomes clauses, in the
 * backend's own words. Nothing is interpreted and nothing that is there is left out, but for the organization's id.
 */
import type { ContractClause, ContractClauseKind } from '../../domain/spend.js';
import { isNumber } from '../wire.js';

/** The seed's list of what is in a contract, by words that a member's name may have. The first that fits decides. */
const KINDS: readonly (readonly [RegExp, ContractClauseKind])[] = [
  [/^terms_?and_?conditions$/i, 'TERMS'],
  [/termination|penalt/i, 'EARLY_TERMINATION'],
  [/escalat/i, 'ESCALATION'],
  [/renew/i, 'RENEWAL'],
  [/provision/i, 'SPECIAL_PROVISION'],
];

const NOT_STATEMENTS: ReadonlySet<string> = new Set(['organization_id', 'meta']);

/** One clause for a text or an object, one for each entry of a list. */
export function clausesOf(members: Readonly<Record<string, unknown>>): ContractClause[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (NOT_STATEMENTS.has(name)) return [];
    const kind = KINDS.find(([words]) => words.test(name))?.[1] ?? 'OTHER';
    return (Array.isArray(value) ? value : [value]).flatMap((statement: unknown) => {
      const text = linesOf(statement, '').join('\n');
      return text.trim() === '' ? [] : [{ kind, name, text }];
    });
  });
}

/** A text as it is; an object as `member: text` lines, members of members with a dot. */
function linesOf(value: unknown, name: string): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && !isNumber(value)) {
    return Object.entries(value).flatMap(([member, inner]) => {
      return linesOf(inner, name === '' ? member : `${name}.${member}`);
    });
  }
  const text = typeof value === 'string' ? value : String(value as boolean | { toString(): string });
  return [name === '' ? text : `${name}: ${text}`];
}
