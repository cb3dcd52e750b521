/**
 * Query results that did not fit one page. Guarantees that the pages of one query together are exactly its result at
 * the time it was run, without gap or overlap. Keeps the latest results only; an older locator is refused as invalid.
 */
import { invalidLocator } from './errors.js';
import type { SRecord } from './objects.js';
import type { Execution } from './soql/execute.js';

const MAX_OPEN = 100;

export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly unknown[];
}

interface OpenResult {
  readonly execution: Execution;
  readonly pageSize: number;
  readonly versionPath: string;
}

export class Cursors {
  readonly #open = new Map<string, OpenResult>();
  #issued = 0;

  firstPage(execution: Execution, pageSize: number, versionPath: string): QueryPage {
    const result: OpenResult = { execution, pageSize, versionPath };
    if (execution.matches.length <= pageSize) return this.#page('', result, 0);
    const locator = `01g${String((this.#issued += 1)).padStart(15, '0')}`;
    this.#open.set(locator, result);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return this.#page(locator, result, 0);
  }

  /** `reference` is the last part of a nextRecordsUrl: locator and offset. */
  nextPage(reference: string): QueryPage {
    const [, locator = '', offset = ''] = /^(01g\d{15})-(\d{1,9})$/.exec(reference) ?? [];
    const result = this.#open.get(locator);
    const at = Number(offset);
    if (result === undefined || at >= result.execution.matches.length) throw invalidLocator;
    return this.#page(locator, result, at);
  }

  clear(): void {
    this.#open.clear();
  }

  #page(locator: string, { execution, pageSize, versionPath }: OpenResult, offset: number): QueryPage {
    const rows: readonly SRecord[] = execution.matches.slice(offset, offset + pageSize);
    const end = offset + rows.length;
    const done = end >= execution.matches.length;
    return {
      totalSize: execution.totalSize,
      done,
      ...(!done && { nextRecordsUrl: `${versionPath}/query/${locator}-${end}` }),
      records: rows.map((row) => execution.render(row)),
    };
  }
}
