/**
 * The `Pagination` and `OutputFormat` request headers (`backends.md` §3.4). Guarantees page 1 of 20 when the first is
 * missing and the tenant's format when the second is; refuses rubbish with a list of everything that is wrong with it.
 * That the header holds a JSON object, and that nothing caps the page size, is our reading: the vendor names the
 * members but not the encoding, and no maximum. `dataFlow` is a format of the vendor's whose shape we do not know.
 */
import { mustBePositive, notReadable, CODES, type Problem } from './problems.js';

export interface Pagination {
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly excludeTotalCount: boolean;
}

export type OutputFormat = 'instance' | 'result';

export function readPagination(header: string | undefined): Pagination | { problems: Problem[] } {
  if (header === undefined) return { pageNumber: 1, pageSize: 20, excludeTotalCount: false };
  let parsed: unknown;
  try {
    parsed = JSON.parse(header);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return {
      problems: [{ code: CODES.notReadable, message: 'The Pagination header must be a JSON object.' }],
    };
  }
  const { pageNumber = 1, pageSize = 20, excludeTotalCount = false } = parsed as Record<string, unknown>;
  const problems: Problem[] = [];
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
  if (!isCount(pageNumber)) problems.push(mustBePositive('pageNumber'));
  if (!isCount(pageSize)) problems.push(mustBePositive('pageSize'));
  if (typeof excludeTotalCount !== 'boolean') {
    problems.push(notReadable('excludeTotalCount', 'true or false'));
  }
  if (!isCount(pageNumber) || !isCount(pageSize) || typeof excludeTotalCount !== 'boolean')
    return { problems };
  return { pageNumber, pageSize, excludeTotalCount };
}

export function readOutputFormat(
  header: string | undefined,
  whenMissing: OutputFormat,
): OutputFormat | { problems: Problem[] } {
  const format = (header ?? whenMissing).toLowerCase();
  if (format === 'instance' || format === 'result') return format;
  return {
    problems: [{ code: CODES.notReadable, message: `The OutputFormat '${header}' is not supported.` }],
  };
}
