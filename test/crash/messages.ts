/** What the crash harness and its gateway processes tell each other. */
import type { FailpointName } from '../../src/journal/failpoint.js';

/** Bugs that the harness plants in a gateway, to prove that the checker would see them. None of them is in `src`. */
export const PLANTS = [
  'intents-in-memory',
  'sent-again-on-restart',
  'key-not-scoped',
  'settled-before-reply',
  'input-not-compared',
] as const;
export type Plant = (typeof PLANTS)[number];

export interface ClientSettings {
  readonly name: string;
  readonly key: string;
  readonly organizations: readonly string[];
}

export interface StartSettings {
  /** The `backends:` section of gateway.yaml. */
  readonly backends: object;
  /** The entries of accounts.yaml. */
  readonly accounts: object;
  readonly clients: readonly ClientSettings[];
  /** The journal's file. */
  readonly journal: string;
  /** By how much its clock is ahead of the system's. */
  readonly aheadMs: number;
  /** Where to die; `null`: nowhere. */
  readonly dieAt: FailpointName | null;
  readonly plant: Plant | null;
}

export type ToGateway =
  | { readonly kind: 'start'; readonly settings: StartSettings }
  | { readonly kind: 'die-at'; readonly point: FailpointName }
  /** Lets so much time pass at once. */
  | { readonly kind: 'pass'; readonly ms: number };

export type FromGateway =
  /** Its modules are there; it can be started. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'started'; readonly url: string }
  /** The last message was taken. */
  | { readonly kind: 'taken' };
