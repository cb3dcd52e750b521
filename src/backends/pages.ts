/**
 * Reads a numbered list page by page until it ends.
 *
 * Guarantees: bounded, whatever the backend counts or repeats; rows that come twice because the list moved between two
 * pages are kept once; anything short of the whole list says so in `truncated` or `failures`. Refuses to hand out
 * either of two rows that share an identity and differ: which of them is right is not ours to decide.
 */
import { hash } from 'node:crypto';
import { SourceError, type Failure } from '../domain/failure.js';
import { millisOfInstant } from '../domain/calendar.js';
import type { Observation } from '../domain/observation.js';

export interface Page {
  readonly rows: readonly unknown[];
  /** Rows on a full page as the backend says; `null` where it does not, and the size asked for holds. */
  readonly pageSize: number | null;
  /** Rows of the whole list; `null` where the backend does not say. */
  readonly total: number | null;
  readonly observation: Observation;
  /** Of the text that it came as. */
  readonly digest?: string | undefined;
}

export interface PageRules {
  /** The number of the first page. */
  readonly firstPage: number;
  /** Rows asked for on one page. */
  readonly pageSize: number;
  /** Pages read at most. */
  readonly maxPages: number;
  /** Pages asked for at the same time once the total is known. */
  readonly parallel: number;
  readonly load: (pageNumber: number) => Promise<Page>;
  /** What makes a row the same row; `null` for one that cannot be read. */
  readonly identityOf: (row: unknown) => string | null;
}

export interface ReadPages {
  readonly rows: readonly unknown[];
  /** Rows that contradict another one of the same identity. None of them is in `rows`. */
  readonly contradictions: readonly (readonly unknown[])[];
  /** There may be more than was read. */
  readonly truncated: boolean;
  /** Why pages after the first are missing. */
  readonly failures: readonly Failure[];
  /** The oldest of the pages'. */
  readonly observation: Observation;
  /** The same for the same pages, if all have come and each has one. */
  readonly digest: string | undefined;
}

/** The whole list. Rejects only if the first page cannot be had. */
export async function readPages(rules: PageRules): Promise<ReadPages> {
  const { firstPage, maxPages, parallel, load } = rules;
  const rows = new Rows();
  const failures: Failure[] = [];
  const seen = new Signatures();
  const observations: Observation[] = [];
  const digests: (string | undefined)[] = [];
  let total: number | null = null;
  let truncated = false;

  /** Takes a page in and says whether the list ends with it. */
  const take = (page: Page): boolean => {
    observations.push(page.observation);
    digests.push(page.digest);
    if (page.total !== null && (page.total > 0 || page.rows.length === 0)) total = page.total;
    if (page.rows.length > 0) {
      const identities = page.rows.map(rules.identityOf);
      if (seen.hasOrTakes(page.rows, identities)) {
        truncated = true;
        return true;
      }
      rows.add(page.rows, identities);
    }
    if (total !== null && rows.count >= total) return true;
    if (page.rows.length === 0) {
      truncated ||= total !== null;
      return true;
    }
    // With a total that is not reached yet, a short page may be the server's own, smaller page size.
    return total === null && page.rows.length < (page.pageSize ?? rules.pageSize);
  };

  const first = await load(firstPage);
  let isAtEnd = take(first);
  let read = 1;
  while (!isAtEnd) {
    if (read >= maxPages) {
      truncated = true;
      break;
    }
    const missing: number = total === null ? 1 : Math.ceil((total - rows.count) / first.rows.length);
    const wave = Math.max(1, Math.min(missing, parallel, maxPages - read));
    const from = firstPage + read;
    const pages = await Promise.allSettled(Array.from({ length: wave }, (_, i) => load(from + i)));
    read += wave;
    for (const page of pages) {
      if (page.status === 'fulfilled') {
        if (isAtEnd && failures.length === 0) break;
        isAtEnd = take(page.value) || isAtEnd;
      } else {
        if (!(page.reason instanceof SourceError)) throw page.reason;
        failures.push(page.reason.failure);
        truncated = true;
        isAtEnd = true;
      }
    }
  }
  const settled = rows.settle();
  return {
    rows: settled.rows,
    contradictions: settled.contradictions,
    truncated,
    failures,
    observation: oldestOf(observations),
    digest: truncated ? undefined : digestOf(digests),
  };
}

function digestOf(digests: readonly (string | undefined)[]): string | undefined {
  if (digests.length === 1) return digests[0];
  if (digests.includes(undefined)) return undefined;
  return hash('sha256', digests.join(), 'base64url');
}

/** The observation that holds for all of them together. `observations` is not empty. */
export function oldestOf(observations: readonly Observation[]): Observation {
  const [first, ...rest] = observations;
  if (first !== undefined && rest.length === 0) return first;
  if (first === undefined) throw new RangeError('there is no oldest of nothing');
  return rest.reduce(
    (oldest, next) => ({
      observedAt:
        millisOfInstant(next.observedAt) < millisOfInstant(oldest.observedAt)
          ? next.observedAt
          : oldest.observedAt,
      stale: oldest.stale || next.stale,
    }),
    first,
  );
}

type Identities = readonly (string | null)[];

/** What pages were made of. Most lists have one page, which is compared with nothing. */
class Signatures {
  #first: (() => string) | null = null;
  #known: Set<string> | null = null;

  /** Whether there was such a page before. */
  hasOrTakes(rows: readonly unknown[], identities: Identities): boolean {
    const signature = () => JSON.stringify(identities.map((identity, i) => identity ?? [rows[i]]));
    if (this.#first === null) {
      this.#first = signature;
      return false;
    }
    this.#known ??= new Set([this.#first()]);
    const { size } = this.#known;
    return this.#known.add(signature()).size === size;
  }
}

/** Rows in the order in which they came, each identity once. */
class Rows {
  readonly #unreadable: unknown[] = [];
  readonly #known = new Map<string, unknown>();
  readonly #contradictions = new Map<string, unknown[]>();

  /** Different rows so far. Those without an identity count each for itself. */
  get count(): number {
    return this.#known.size + this.#unreadable.length;
  }

  add(rows: readonly unknown[], identities: Identities): void {
    for (const [i, row] of rows.entries()) {
      const identity = identities[i] ?? null;
      if (identity === null) {
        this.#unreadable.push(row);
      } else if (!this.#known.has(identity)) {
        this.#known.set(identity, row);
      } else {
        const known = this.#known.get(identity);
        if (JSON.stringify(known) === JSON.stringify(row)) continue;
        const copies = this.#contradictions.get(identity);
        if (copies === undefined) this.#contradictions.set(identity, [known, row]);
        else copies.push(row);
      }
    }
  }

  settle(): Pick<ReadPages, 'rows' | 'contradictions'> {
    const contradictions = [...this.#contradictions.values()];
    for (const identity of this.#contradictions.keys()) this.#known.delete(identity);
    return { rows: [...this.#known.values(), ...this.#unreadable], contradictions };
  }
}
