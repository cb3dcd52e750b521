/**
 * What the journal keeps of a synchronization: what Commitment Manager showed before, and when it was asked for.
 *
 * JSON throughout. Refuses nothing that it wrote itself; anything else out of a journal is no evidence.
 */
import type { Instant } from '../../domain/calendar.js';
import type { Json } from '../../domain/json.js';
import type { MinimumCommitmentState, SyncStatus } from '../../domain/spend.js';

// Type aliases, not interfaces: only those are known to be JSON.

/** The current commitment, as far as a synchronization shows in it. */
export type Evidence = {
  /** In the backend's words. */
  readonly status: string | null;
  readonly syncStatus: SyncStatus | null;
  readonly syncStatusText: string | null;
  readonly lastUpdated: Instant | null;
  readonly handlerId: string | null;
};

/** The request that stands for an operation: its own, or the one that it joined. */
export type Asked = {
  readonly askedAt: Instant;
  /** When the backend said that it took it, or was first seen synchronizing; `null`: it may have got lost. */
  readonly takenAt: Instant | null;
  /** From before it; `null`: there was no current commitment. */
  readonly before: Evidence | null;
};

export function evidenceOf(state: MinimumCommitmentState | null): Evidence | null {
  if (state === null) return null;
  const { statusText, syncStatus, syncStatusText, lastUpdatedAt, commitmentHandlerId } = state;
  return {
    status: statusText,
    syncStatus,
    syncStatusText,
    lastUpdated: lastUpdatedAt,
    handlerId: commitmentHandlerId,
  };
}

/** `null` also where there was no commitment. */
export function readEvidence(json: Json): Evidence | null {
  return isObject(json) && 'lastUpdated' in json && 'syncStatus' in json ? (json as Evidence) : null;
}

export function readAsked(json: Json): Asked | null {
  if (!isObject(json) || !('takenAt' in json)) return null;
  const { askedAt, takenAt, before = null } = json as Partial<Asked>;
  return typeof askedAt === 'string'
    ? { askedAt, takenAt: takenAt ?? null, before: readEvidence(before) }
    : null;
}

function isObject(json: Json): json is { readonly [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
