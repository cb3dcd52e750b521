/**
 * Salesforce, as far as service orders need it: login by client credentials, SOQL queries with pages, single records,
 * limits, updates of service orders and of their ramp steps with the webhook that these set off, batches. Creating and
 * deleting records is refused with 405.
 *
 * Guarantees errors as JSON arrays with Salesforce's codes and `Sforce-Limit-Info` on every data reply. Refuses
 * sessions that were idle for two hours, and calls beyond the day's quota with 403, which is not 429 there.
 *
 * To be decided by a test (`PUT /__control/behaviour`, more in `settings.ts`):
 *
 *     {"webhookMs": 120000, "webhook": "deliver"}
 */
import type { GivenRecords } from '../given.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile, Report } from '../types.js';
import { runBatch } from './batch.js';
import { Cursors } from './cursors.js';
import * as errors from './errors.js';
import { objectNamed } from './objects.js';
import { isRecordId } from './record-id.js';
import { seedRecords } from './seed.js';
import { Sessions } from './sessions.js';
import { SalesforceBehaviour } from './settings.js';
import { execute, wireValue } from './soql/execute.js';
import { parseSoql } from './soql/parser.js';
import { type Webhook, WebhookFlow } from './webhook.js';
import { updateRecord } from './writes.js';

const DAY_MS = 86_400_000;
const MAX_PAGE = 2_000;
const MIN_PAGE = 200;
const BATCH_PATH = /^\/services\/data\/v\d{2}\.\d\/composite\/batch\/?$/;

export interface SalesforceOptions {
  readonly clock: Clock;
  /** Told of every change; nobody when left out. */
  readonly report?: Report;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A token that always works, for gateways that are given one instead of a client. */
  readonly accessToken?: string;
  /** Records a page; 2000 as the vendor's page says. Smaller, so that a test sees pages without thousands of orders. */
  readonly pageSize?: number;
  /** API calls a day; 15,000. */
  readonly dailyLimit?: number;
  /** Where the webhook's messages go; nowhere, and they fail, when left out. */
  readonly webhook?: Webhook;
  /** Beside those of the profiles. */
  readonly given?: GivenRecords['salesforce'];
}

export interface SalesforceApi extends BackendApi {
  /** Delivers what is due. Every call does so itself; for the other end of the webhook, whose calls must see it too. */
  settle(): void;
}

export function createSalesforceApi(profiles: readonly Profile[], options: SalesforceOptions): SalesforceApi {
  const { clock, clientId, clientSecret, pageSize = MAX_PAGE, dailyLimit = 15_000 } = options;
  const { report = () => undefined, webhook = () => null, given = [] } = options;
  const sessions = new Sessions({ clientId, clientSecret }, clock);
  const cursors = new Cursors();
  const behaviour = new SalesforceBehaviour();
  const flow = new WebhookFlow(webhook, report);
  let store = seedRecords(profiles, clock(), given);
  let used = 0;
  let countingSince = clock();

  function data(request: EmulatedRequest): EmulatedReply {
    const authorization = request.headers['authorization'];
    const standing = options.accessToken !== undefined && authorization === `Bearer ${options.accessToken}`;
    if (!standing && !sessions.touch(authorization)) throw errors.sessionExpired;
    countOne();
    if (BATCH_PATH.test(request.path)) {
      if (request.method !== 'POST') throw errors.methodNotAllowed(request.method, 'POST');
      return runBatch(request, (one) =>
        refusing(() => {
          countOne();
          return route(one);
        }),
      );
    }
    return route(request);
  }

  function countOne(): void {
    if (clock() - countingSince >= DAY_MS) {
      used = 0;
      countingSince = clock();
    }
    if (used >= dailyLimit) throw errors.dailyLimitReached;
    used++;
  }

  function route(request: EmulatedRequest): EmulatedReply {
    const { method, path, query, headers } = request;
    const [, versionPath = '', rest = ''] = /^(\/services\/data\/v\d{2}\.\d)\/(.+?)\/?$/.exec(path) ?? [];
    if (versionPath === '') throw errors.noSuchResource;
    const [resource = '', name = '', id = '', ...more] = rest.split('/').map(decoded);
    if (more.length > 0) throw errors.noSuchResource;

    if (resource === 'query' && id === '') {
      if (method !== 'GET') throw errors.methodNotAllowed(method, 'GET');
      if (name !== '') return ok(cursors.nextPage(name));
      const soql = query.get('q');
      if (soql === null) throw errors.malformedQuery('The query parameter q is required.');
      const execution = execute(parseSoql(soql), store, versionPath);
      return ok(
        cursors.firstPage(execution, batchSize(headers['sforce-query-options'], pageSize), versionPath),
      );
    }
    if (resource === 'sobjects' && id !== '') {
      if (method === 'PATCH') {
        updateRecord(name, id, request, { store, flow, settings: behaviour.current, report, now: clock() });
        return { status: 204 };
      }
      if (method !== 'GET') throw errors.methodNotAllowed(method, 'GET,PATCH');
      return ok(singleRecord(name, id, query.get('fields'), versionPath));
    }
    if (rest === 'limits') {
      if (method !== 'GET') throw errors.methodNotAllowed(method, 'GET');
      return ok({ DailyApiRequests: { Max: dailyLimit, Remaining: dailyLimit - used } });
    }
    throw errors.noSuchResource;
  }

  function singleRecord(objectName: string, id: string, fields: string | null, versionPath: string): unknown {
    const object = objectNamed(objectName);
    if (object === undefined) throw errors.noSuchResource;
    const record = isRecordId(id) ? store.byId(id, object.name) : undefined;
    if (record === undefined) throw errors.noSuchResource;
    const names =
      fields === null ? [...object.fields.keys()] : fields.split(',').map((field) => field.trim());
    const row: Record<string, unknown> = {
      attributes: {
        type: object.name,
        url: `${versionPath}/sobjects/${object.name}/${String(record['Id'])}`,
      },
    };
    for (const name of names) {
      const field = object.fields.get(name.toLowerCase());
      if (field === undefined) throw errors.noSuchColumn(name, object.name);
      row[field.name] = wireValue(record[field.name] ?? null, field.type);
    }
    return row;
  }

  const settle = (): void => flow.settle(store, clock());

  return {
    name: 'salesforce',
    behaviour,
    settle,
    handle(request) {
      settle();
      if (request.path === '/services/oauth2/token') {
        return request.method === 'POST'
          ? sessions.login(request)
          : errors.oauthError(400, 'invalid_request', 'must use HTTP POST');
      }
      const reply = refusing(() => data(request));
      const info = { 'sforce-limit-info': `api-usage=${used}/${dailyLimit}` };
      return { ...reply, headers: { ...info, ...reply.headers } };
    },
    reset() {
      flow.clear();
      behaviour.reset();
      sessions.clear();
      cursors.clear();
      used = 0;
      countingSince = clock();
      store = seedRecords(profiles, clock(), given);
    },
  };
}

function refusing(work: () => EmulatedReply): EmulatedReply {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof errors.SalesforceRefusal)) throw error;
    return errors.errorReply(error);
  }
}

function ok(json: unknown): EmulatedReply {
  return { status: 200, json };
}

/** The caller may ask for 200 to 2000 records a page; the server may always give fewer. */
function batchSize(header: string | undefined, most: number): number {
  const asked = /batchSize\s*=\s*(\d{1,6})/i.exec(header ?? '')?.[1];
  if (asked === undefined) return most;
  return Math.min(most, Math.max(MIN_PAGE, Math.min(MAX_PAGE, Number(asked))));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw errors.noSuchResource;
  }
}
