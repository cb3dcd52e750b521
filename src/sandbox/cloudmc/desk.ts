/**
 * What every write has around it, and the ids that it gives out. Guarantees ids that are different for each thing made,
 * after a reset too, and the same for the same calls at the same time.
 */
import { chanceOf } from '../random.js';
import type { EmulatedRequest, Report } from '../types.js';
import type { Settings } from './behaviour.js';
import { presentCommitment } from './present.js';
import type { CloudmcState, Commitment } from './state.js';

export interface Desk {
  readonly state: CloudmcState;
  readonly settings: Settings;
  readonly now: number;
  readonly report: Report;
  readonly request: EmulatedRequest;
}

export const instant = (epochMs: number): string => new Date(epochMs).toISOString();
export const midnight = (day: string): string => `${day}T00:00:00Z`;
export const requestIdOf = ({ request }: Desk): string | null => request.headers['x-request-id'] ?? null;

export function newId({ state, now }: Desk, kind: string): string {
  state.made++;
  return chanceOf(`cloudmc made ${kind} ${state.made} ${now}`).uuid();
}

/** With all its members, as the ledger and a task's result show it. */
export function whole(state: CloudmcState, commitment: Commitment, now: number): Record<string, unknown> {
  return presentCommitment(state, { ...commitment, hides: new Set() }, now);
}
