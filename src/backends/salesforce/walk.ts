/**
 * Everybody's service orders in one walk over the pages of one query, split by owner.
 *
 * Guarantees: as many calls as there are pages, however many organizations are asked for; an owner is given the rows
 * that name it, and those that do not even tell whose they are, which are reported and never shown. Bounded: a walk that
 * ends early says so to everybody, because the rows that are missing may be anybody's.
 */
import type { CredentialName, ServiceScope } from '../../domain/scope.js';
import type { Answer, Endpoint } from '../../upstream/endpoint.js';
import { walk, walkPage } from './client.js';
import { everyOrderQuery, ownerKeysOf, type OrderOwner, type OrderShape } from './orders-query.js';
import { createPageReader, EVERYBODY, type PageReader, type QueryRows } from './pages.js';

/** In whose name it is made: no single organization's. */
export const SERVICE_SCOPE: ServiceScope = {
  kind: 'service',
  credential: `salesforce#${walk.credential}` as CredentialName,
};

export interface Walked {
  /** For what did not fit the rows. */
  readonly pages: PageReader;
  rowsOf(owner: OrderOwner): QueryRows;
}

type Ask = <Params, Body>(endpoint: Endpoint<Params, Body>, params: Params) => Promise<Answer<Body>>;

/** Rejects with `SourceError` if not even the first page can be had. */
export async function walkOrders(ask: Ask, apiVersion: string, shape: OrderShape): Promise<Walked> {
  const first = await ask(walk, { apiVersion, soql: everyOrderQuery(shape) });
  const pages = createPageReader(first, (page) => ask(walkPage, page), EVERYBODY);
  const found = await pages.follow(first.body);
  const byKey = new Map<string, unknown[]>();
  const unclaimed: unknown[] = [];
  for (const row of found.rows) {
    const keys = ownerKeysOf(row, shape.accountColumn);
    if (keys === null) unclaimed.push(row);
    for (const key of keys ?? []) {
      const known = byKey.get(key);
      if (known) known.push(row);
      else byKey.set(key, [row]);
    }
  }
  return {
    pages,
    rowsOf: ({ key }) => ({ ...found, rows: [...(byKey.get(key) ?? []), ...unclaimed] }),
  };
}
