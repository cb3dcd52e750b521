/** Who asks, what they were granted, and how much they may ask for. */

/** What a client may read if nothing is said about it. */
export const READ_SCOPES = ['commitments:read', 'billing:read', 'sources:read', 'explorer'] as const;
/** What a client may change, if it is said. */
export const WRITE_SCOPES = ['contracts:write', 'commitments:write', 'commitments:delete'] as const;
export const SCOPES = [...READ_SCOPES, ...WRITE_SCOPES] as const;
export type Scope = (typeof SCOPES)[number];

/** What registered documents mean to a client; `admission/documents/decide.ts` says what each mode does. */
export const DOCUMENT_MODES = ['off', 'log', 'prefer', 'enforce'] as const;
export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** off: nothing is counted. measure: it is counted and told, and nothing refused. enforce: refused too. */
export const LIMIT_MODES = ['off', 'measure', 'enforce'] as const;
export type LimitMode = (typeof LIMIT_MODES)[number];

/** How much a client may ask for, in points of cost (`admission/cost.ts`). */
export interface Limits {
  readonly mode: LimitMode;
  /** Points of one operation. */
  readonly operationCost: number;
  /** Points that come back in a minute, evenly. */
  readonly costPerMinute: number;
  /** Points that may be spent at once, after a pause that was long enough. */
  readonly costAtOnce: number;
}

/** What differs from the limits of the gateway's configuration. */
export type OwnLimits = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

/** `organizations` is everything that the caller was granted. */
export interface Principal {
  /** Name of the client, for logs. */
  readonly client: string;
  readonly organizations: 'all' | ReadonlySet<string>;
  /** Whether the caller may see what its operations cost upstream. */
  readonly mayInspect: boolean;
  readonly scopes: ReadonlySet<Scope>;
  /** Left out: as the gateway's configuration says. */
  readonly documents?: DocumentMode | undefined;
  /** Left out: as the gateway's configuration says. */
  readonly limits?: OwnLimits | undefined;
}
