/**
 * Periods of one commitment as they will stand after a patch: consecutive by their order, one remainder of the term at
 * most, and that the last (`backends.md` §3.2).
 *
 * Refuses to blame a change for what was wrong before it: only periods that it makes or touches are reported.
 */
import type { PeriodFields, PeriodPatch } from '../../domain/change.js';
import type { Problem } from '../../domain/operation.js';
import type { SeenCommitment, SeenPeriod } from './evidence.js';
import {
  hasMembers,
  isSame,
  LENGTH,
  lengthNeeded,
  problem,
  problemsOfPeriod,
  type Path,
} from './field-rules.js';

/** An item of the patch and where it stands in the input. */
export interface Placed<Item> {
  readonly item: Item;
  readonly path: Path;
}

interface Standing {
  readonly order: number | undefined;
  readonly isRemainder: boolean;
  /** `null`: the change does not touch it. */
  readonly path: Path | null;
}

/** Of items that all name this commitment. */
export function problemsOfPeriods(
  items: readonly Placed<PeriodPatch>[],
  commitment: SeenCommitment,
): readonly Problem[] {
  const problems: Problem[] = [];
  const standing = new Map<string, Standing>(
    Object.entries(commitment.periods).map(([id, period]) => [
      id,
      { order: period.order, isRemainder: period.isRemainderOfTerm, path: null },
    ]),
  );
  const named = new Set<string>();
  items.forEach(({ item, path }, index) => {
    if (item.action === 'CREATE') {
      const isRemainder = item.fields.isRemainderOfTerm ?? false;
      problems.push(...problemsOfPeriod(item.fields, path, true, isRemainder));
      standing.set(`new ${index}`, { order: item.fields.order, isRemainder, path });
      return;
    }
    const idPath = [...path, 'periodId'];
    if (named.has(item.periodId)) {
      problems.push(problem(idPath, 'DUPLICATE', 'The period is named in another item already.'));
      return;
    }
    named.add(item.periodId);
    const was = Object.hasOwn(commitment.periods, item.periodId)
      ? commitment.periods[item.periodId]
      : undefined;
    if (was === undefined) {
      problems.push(problem(idPath, 'NOT_FOUND', 'The commitment has no such period.'));
    } else if (item.action === 'DELETE') {
      standing.delete(item.periodId);
    } else {
      problems.push(...problemsOfUpdate(item.fields, path, was));
      standing.set(item.periodId, {
        order: item.fields.order ?? was.order,
        isRemainder: item.fields.isRemainderOfTerm ?? was.isRemainderOfTerm,
        path,
      });
    }
  });
  return [...problems, ...problemsOfOrder([...standing.values()])];
}

function problemsOfUpdate(fields: PeriodFields, path: Path, was: SeenPeriod): readonly Problem[] {
  if (!hasMembers(fields)) return [problem(path, 'REQUIRED', 'Say what is to change about the period.')];
  const problems = [...problemsOfPeriod(fields, path, false, false)];
  if (was.isRemainderOfTerm && fields.isRemainderOfTerm === false) {
    for (const name of LENGTH) {
      if ((fields[name] ?? was[name]) === null) problems.push(lengthNeeded([...path, name]));
    }
  }
  if (isSame(fields, was)) problems.push(problem(path, 'NOT_CHANGED', 'The period is like that already.'));
  return problems;
}

function problemsOfOrder(periods: readonly Standing[]): readonly Problem[] {
  const problems: Problem[] = [];
  const remainders = periods.filter(({ isRemainder }) => isRemainder);
  periods.forEach((period) => {
    const { order, path, isRemainder } = period;
    if (path === null) return;
    const others = periods.filter((other) => other !== period);
    if (isRemainder && remainders.length > 1)
      problems.push(
        problem(
          [...path, 'isRemainderOfTerm'],
          'OVERLAP',
          'Only one period of a commitment can run to the end of the term.',
        ),
      );
    if (order === undefined) return;
    if (others.some((other) => other.order === order)) {
      problems.push(
        problem([...path, 'order'], 'DUPLICATE', 'Another period of the commitment has that place.'),
      );
    } else if (
      isRemainder
        ? others.some((other) => !other.isRemainder && other.order !== undefined && other.order > order)
        : remainders.some((other) => other.order !== undefined && other.order < order)
    ) {
      problems.push(
        problem(
          [...path, 'order'],
          'NOT_ALLOWED',
          'The period that runs to the end of the term has to be the last.',
        ),
      );
    }
  });
  return problems;
}
