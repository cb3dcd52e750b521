/**
 * What the gateway's store knows of the use of documents, and what follows from it for those that are registered. Reads,
 * while the gateway runs or not, and makes no store.
 */
import { readUsage, type Use, type UsageReport } from '../accounting/usage-store.js';
import type { Manifest } from '../admission/documents/manifest.js';
import { addToDay, dayOf, instantOfMillis } from '../domain/calendar.js';
import type { Config } from '../config.js';
import { openExisting } from '../journal/decide.js';
import { StoreError } from '../journal/store-error.js';
import { timeText } from './operations-print.js';

export const DAY_MS = 86_400_000;

/** A document of a client, in all versions that have it. */
export interface Registered {
  readonly client: string;
  readonly id: string;
  readonly name: string | null;
  /** The oldest first. */
  readonly versions: readonly string[];
  /** Epoch milliseconds of the first push. */
  readonly registeredAt: number;
}

export type Known =
  | { readonly kind: 'known'; readonly report: UsageReport }
  /** `why` is a sentence. `isForGood`: there is no store. */
  | { readonly kind: 'unknown'; readonly why: string; readonly isForGood: boolean };

/** Of so many days up to now; `null`: of all that are kept. */
export async function usageIn(
  { store }: Pick<Config, 'store'>,
  days: number | null,
  client: string | null,
  now: number,
): Promise<Known> {
  if (store === null) {
    return {
      kind: 'unknown',
      why: 'Use is counted in memory only, for the metrics: the configuration has no store (store: none).',
      isForGood: true,
    };
  }
  try {
    const db = await openExisting(store);
    try {
      const from = days === null ? '' : addToDay(dayOf(instantOfMillis(now)), { days: -days });
      return { kind: 'known', report: await readUsage(db, from, client) };
    } finally {
      await db.destroy();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return {
      kind: 'unknown',
      why: `The store cannot be read (${error.trouble}): ${error.message}`,
      isForGood: false,
    };
  }
}

export function placeOf(client: string, id: string): string {
  return `${client}\n${id}`;
}

/** By `placeOf`. Of registered documents only. */
export function usesIn({ rows }: UsageReport): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  for (const { client, document, version, requests, lastAt } of rows) {
    if (version === '') continue;
    const place = placeOf(client, document);
    const known = uses.get(place);
    uses.set(place, {
      requests: requests + (known?.requests ?? 0),
      lastAt: Math.max(lastAt, known?.lastAt ?? 0),
    });
  }
  return uses;
}

/** In the order of clients, the oldest of each first. */
export function registeredIn(manifests: readonly Manifest[]): readonly Registered[] {
  const found = new Map<string, Registered>();
  for (const { client, version, pushedAt, operations } of manifests) {
    for (const { id, name } of operations) {
      const place = placeOf(client, id);
      const known = found.get(place);
      found.set(place, {
        client,
        id,
        name: name ?? known?.name ?? null,
        versions: [...(known?.versions ?? []), version],
        registeredAt: known?.registeredAt ?? Date.parse(pushedAt),
      });
    }
  }
  return [...found.values()];
}

export interface Unused extends Registered {
  /** `null`: never since it was registered, or since use is counted. */
  readonly lastUsedAt: number | null;
}

export interface UnusedReport {
  readonly unused: readonly Unused[];
  /** Not asked for either, and registered within the time: their client may not have been released yet. */
  readonly young: readonly Registered[];
}

/** Documents that nobody asked for since a moment. */
export function unusedSince(
  registered: readonly Registered[],
  uses: ReadonlyMap<string, Use>,
  since: number,
): UnusedReport {
  const idle = registered.flatMap((document): Unused[] => {
    const lastUsedAt = uses.get(placeOf(document.client, document.id))?.lastAt ?? null;
    return lastUsedAt !== null && lastUsedAt >= since ? [] : [{ ...document, lastUsedAt }];
  });
  return {
    unused: idle.filter(({ registeredAt }) => registeredAt < since),
    young: idle.filter(({ registeredAt }) => registeredAt >= since),
  };
}

/**
 * Versions of one client that can be forgotten without a document going that was asked for since a moment. Never the
 * newest, nor one that was pushed since. `own`: the oldest first.
 */
export function idleVersions(
  own: readonly Manifest[],
  uses: ReadonlyMap<string, Use>,
  since: number,
): readonly string[] {
  const kept = new Set<string>();
  const idle: string[] = [];
  [...own].reverse().forEach(({ client, version, pushedAt, operations }, age) => {
    const isNeeded = operations.some(
      ({ id }) => !kept.has(id) && (uses.get(placeOf(client, id))?.lastAt ?? 0) >= since,
    );
    if (age > 0 && Date.parse(pushedAt) < since && !isNeeded) idle.push(version);
    else for (const { id } of operations) kept.add(id);
  });
  return idle;
}

/** Since when use is known, if that is not as long as was asked for; `null`: it is. */
export function caveat({ since }: UsageReport, from: number): string | null {
  if (since === null) return 'Nothing was ever counted: no gateway of this version has answered yet.';
  return since <= from ? null : `Use is counted since ${timeText(since)}, which is not as long ago.`;
}
