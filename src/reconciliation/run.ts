/**
 * Reconciles a portfolio once.
 *
 * Guarantees: one walk over the orders of all customers that are left to do; billing is asked for each of them once, and
 * again where something is suspicious, as fast as its gate lets calls through; customers of an interrupted run that were
 * read are not read again, and those of whom a source failed are. It says before it begins how long it will take at
 * least, and then how long it will take. Whoever stops it loses at most what was under way.
 */
import type { Signal } from '../domain/signal.js';
import type { Organization } from '../domain/organization.js';
import type { Memories } from '../domain/reconciliation/memory.js';
import { addSummaries } from '../domain/reconciliation/summary.js';
import type { Reconciliation, ReconciliationSummary } from '../domain/reconciliation/types.js';
import { inTurns, type Reader } from './read.js';
import type { ProgressFile } from './progress-file.js';
import { resultOf, summaryOfPlain, type OrganizationResult } from './result.js';

export interface RunProgress {
  readonly phase: 'ORDERS' | 'COMPARING';
  readonly total: number;
  readonly done: number;
  /** Done by the run that goes on. */
  readonly resumed: number;
  readonly discrepancies: number;
  /** Milliseconds from now; `null`: nobody can tell. At first what it takes at least. */
  readonly leftMs: number | null;
}

export interface RunOptions {
  /** In the order in which they are reported. */
  readonly organizations: readonly Organization[];
  readonly reader: Reader;
  /** What billing allows in a second; `null`: as many as it answers. */
  readonly requestsPerSecond: number | null;
  readonly atOnce: number;
  readonly progress: ProgressFile;
  /** Read once, before it begins. */
  readonly memories: Memories;
  /** Milliseconds on a clock that never steps back. */
  readonly now: () => number;
  readonly signal: Signal;
  readonly onProgress: (progress: RunProgress) => void;
  readonly onReconciled: (reconciliation: Reconciliation) => void;
}

export interface RunReport {
  /** Of those that were done, in the order of the customers. */
  readonly results: readonly OrganizationResult[];
  /** Customers that nobody got to. */
  readonly left: number;
  readonly summary: ReconciliationSummary;
}

/** What it takes at least, before anything is known. */
export function leastMs(
  organizations: readonly Organization[],
  requestsPerSecond: number | null,
): number | null {
  const calls = organizations.filter(({ commitmentManager }) => commitmentManager !== null).length;
  return requestsPerSecond === null ? null : Math.ceil((calls / requestsPerSecond) * 1_000);
}

export async function runReconciliation(options: RunOptions): Promise<RunReport> {
  const { organizations, reader, requestsPerSecond, atOnce, progress, memories, now, signal } = options;
  const wanted = new Set<string>(organizations.map(({ slug }) => slug));
  const results = new Map<string, OrganizationResult>();
  for (const result of progress.done) {
    if (wanted.has(result.organization)) results.set(result.organization, result);
  }
  const resumed = results.size;
  const rest = organizations.filter(({ slug }) => !results.has(slug));
  let discrepancies = [...results.values()].reduce((sum, { summary }) => sum + summary.discrepancies, 0);
  let startedAt = now();

  const tell = (phase: RunProgress['phase'], done: number) => {
    const left = rest.length - done;
    const least = leastMs(rest.slice(done), requestsPerSecond);
    const measured = done === 0 ? null : ((now() - startedAt) / done) * left;
    options.onProgress({
      phase,
      total: organizations.length,
      done: resumed + done,
      resumed,
      discrepancies,
      // The first seconds tell little; the quota is never undercut.
      leftMs: measured === null ? least : Math.max(measured, least ?? 0),
    });
  };

  tell('ORDERS', 0);
  const orders = await reader.ordersOf(rest);
  startedAt = now();
  let done = 0;
  tell('COMPARING', 0);
  await inTurns(rest, atOnce, async (organization) => {
    if (signal.aborted) return;
    const { reconciliation } = await reader.compare(organization, orders(organization));
    // What was given up half-way is no failure of a source.
    if (signal.aborted) return;
    const result = resultOf(reconciliation, memories);
    options.onReconciled(reconciliation);
    progress.add(result);
    results.set(organization.slug, result);
    done += 1;
    discrepancies += reconciliation.discrepancies.length;
    tell('COMPARING', done);
  });
  const ordered = organizations.flatMap(({ slug }) => results.get(slug) ?? []);
  return {
    results: ordered,
    left: organizations.length - ordered.length,
    summary: addSummaries(ordered.map(({ summary }) => summaryOfPlain(summary))),
  };
}
