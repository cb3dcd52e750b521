/**
 * The `Pagination` and `OutputFormat` request headers (`backends.md` §3.4). Guarantees page 1 of 20 when the first is
 * missing and plain instances when the second is; refuses rubbish with a list of everything that is wrong with it.
 * That the header holds a JSON object, and that nothing caps the page size, is our reading: the vendor names the
 * members but not the encoding, and no maximum. `dataFlow` is a format of the vendor's whose shape we do not know.
 */

export interface Pagination {
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly excludeTotalCount: boolean;
}

export interface Problem {
  readonly code: number;
  readonly message: string;
}

export type OutputFormat = 'instance' | 'result';

/** Ours; the vendor's list of codes is not public. */
const NOT_READABLE = 10100000;
/** The vendor's: "value must be greater than 0". */
const MUST_BE_POSITIVE = 11900000;

export function readPagination(header: string | undefined): Pagination | { problems: Problem[] } {
  if (header === undefined) return { pageNumber: 1, pageSize: 20, excludeTotalCount: false };
  let parsed: unknown;
  try {
    parsed = JSON.parse(header);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { problems: [{ code: NOT_READABLE, message: 'The Pagination header must be a JSON object.' }] };
  }
  const { pageNumber = 1, pageSize = 20, excludeTotalCount = false } = parsed as Record<string, unknown>;
  const problems: Problem[] = [];
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
  if (!isCount(pageNumber)) {
    problems.push({ code: MUST_BE_POSITIVE, message: "'PageNumber' must be greater than 0." });
  }
  if (!isCount(pageSize)) {
    problems.push({ code: MUST_BE_POSITIVE, message: "'PageSize' must be greater than 0." });
  }
  if (typeof excludeTotalCount !== 'boolean') {
    problems.push({ code: NOT_READABLE, message: "'ExcludeTotalCount' must be true or false." });
  }
  if (!isCount(pageNumber) || !isCount(pageSize) || typeof excludeTotalCount !== 'boolean')
    return { problems };
  return { pageNumber, pageSize, excludeTotalCount };
}

export function readOutputFormat(header: string | undefined): OutputFormat | { problems: Problem[] } {
  const format = (header ?? 'instance').toLowerCase();
  if (format === 'instance' || format === 'result') return format;
  return { problems: [{ code: NOT_READABLE, message: `The OutputFormat '${header}' is not supported.` }] };
}
