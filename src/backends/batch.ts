/**
 * The only place that builds loaders.
 *
 * Guarantees: results are joined by id, never by position; an id that the backend did not return is `null`; a failure
 * rejects the ids that it concerns and no others; ids asked for in one turn become as few calls as the backend allows.
 * Loaders live for one request and serve reads only.
 */
import DataLoader from 'dataloader';
import { SourceError } from '../domain/failure.js';
import type { Listing } from '../domain/observation.js';
import type { Organization } from '../domain/organization.js';
import type { RecordPort } from '../domain/ports.js';

/** Remembers one promise per key for the length of a request. */
export class Memo<Argument, Value> {
  // Every request has many of these, and asks few of them.
  #known: Map<string, Promise<Value>> | null = null;

  constructor(
    private readonly keyOf: (argument: Argument) => string,
    private readonly load: (argument: Argument) => Promise<Value>,
  ) {}

  get(argument: Argument): Promise<Value> {
    this.#known ??= new Map();
    const key = this.keyOf(argument);
    const found = this.#known.get(key);
    if (found) return found;
    const loading = this.load(argument);
    this.#known.set(key, loading);
    return loading;
  }

  has(argument: Argument): boolean {
    return this.#known?.has(this.keyOf(argument)) === true;
  }
}

/** The same, where nobody asks what is known. */
export function memo<Argument, Value>(
  keyOf: (argument: Argument) => string,
  load: (argument: Argument) => Promise<Value>,
): (argument: Argument) => Promise<Value> {
  const kept = new Memo(keyOf, load);
  return (argument) => kept.get(argument);
}

export interface RecordLoaderRules<T> {
  readonly isId: (externalId: string) => boolean;
  readonly idOf: (record: T) => string;
  readonly list: (organization: Organization) => Promise<Listing<T>>;
  /** Left out where the backend has no read of one record: the list then serves every id. */
  readonly single?: (organization: Organization, externalId: string) => Promise<T | null>;
  /** Up to this many ids of one organization are read one by one; more are read with one list. */
  readonly singleAtMost: number;
}

interface RecordKey {
  readonly organization: Organization;
  readonly externalId: string;
}

/** The port over a list call and, where there is one, a single read. The number of ids decides which is used. */
export function createRecordPort<T>(rules: RecordLoaderRules<T>): RecordPort<T> {
  const lists = new Memo((organization: Organization) => organization.slug, rules.list);

  const loadOrganization = async (
    organization: Organization,
    ids: readonly string[],
  ): Promise<Map<string, T | Error>> => {
    const { single } = rules;
    if (single && ids.length <= rules.singleAtMost && !lists.has(organization)) {
      const found = await Promise.all(
        ids.map((id) => single(organization, id).catch((error: unknown) => asSourceError(error))),
      );
      const byId = new Map<string, T | Error>();
      found.forEach((record, i) => {
        const id = ids[i];
        if (record !== null && id !== undefined) byId.set(id, record);
      });
      return byId;
    }
    try {
      const { items } = await lists.get(organization);
      return new Map(items.map((record) => [rules.idOf(record), record]));
    } catch (error) {
      return new Map(ids.map((id) => [id, asSourceError(error)]));
    }
  };

  const createLoader = () =>
    new DataLoader<RecordKey, T | null, string>(
      async (keys) => {
        const byOrganization = new Map<string, { organization: Organization; ids: string[] }>();
        for (const { organization, externalId } of keys) {
          const group = byOrganization.get(organization.slug);
          if (group) group.ids.push(externalId);
          else byOrganization.set(organization.slug, { organization, ids: [externalId] });
        }
        const found = new Map<string, Map<string, T | Error>>();
        await Promise.all(
          [...byOrganization].map(async ([slug, { organization, ids }]) => {
            found.set(slug, await loadOrganization(organization, ids));
          }),
        );
        return keys.map(
          ({ organization, externalId }) => found.get(organization.slug)?.get(externalId) ?? null,
        );
      },
      { cacheKeyFn: ({ organization, externalId }) => JSON.stringify([organization.slug, externalId]) },
    );

  let loader: ReturnType<typeof createLoader> | null = null;

  return {
    list: (organization) => lists.get(organization),
    isId: rules.isId,
    byId: (organization, externalId) =>
      rules.isId(externalId)
        ? (loader ??= createLoader()).load({ organization, externalId })
        : Promise.resolve(null),
  };
}

/** Only `SourceError`s are per-record answers; anything else is a fault of ours and fails the whole batch. */
function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  throw error;
}
