/**
 * Updates of single records. Guarantees all or nothing: every field is checked and every rule asked before anything is
 * saved, and the ledger has its entry first. Refuses objects that the integration user may only read (`backends.md`
 * §2.3: accounts and feeds); there is no creating and no deleting.
 */
import type { EmulatedRequest, Report } from '../types.js';
import { changesIn, readBody } from './body.js';
import * as errors from './errors.js';
import { objectNamed, type SRecord } from './objects.js';
import { isRecordId } from './record-id.js';
import { checkRules, formulasOf } from './rules.js';
import type { Settings } from './settings.js';
import type { RecordStore } from './state.js';
import { begins, type WebhookFlow } from './webhook.js';

export interface Desk {
  readonly store: RecordStore;
  readonly flow: WebhookFlow;
  readonly settings: Settings;
  readonly report: Report;
  readonly now: number;
}

const ACTIONS: Readonly<Record<string, string>> = {
  Service_Order__c: 'service-order.update',
  Service_Order_Details__c: 'service-order-detail.update',
};

/** Throws a refusal. */
export function updateRecord(objectName: string, id: string, request: EmulatedRequest, desk: Desk): void {
  const { store, flow, settings, report, now } = desk;
  const object = objectNamed(objectName);
  const before = object !== undefined && isRecordId(id) ? store.byId(id, object.name) : undefined;
  if (object === undefined || before === undefined) throw errors.noSuchResource;
  const action = ACTIONS[object.name];
  if (action === undefined) throw errors.insufficientAccess;

  const asked = readBody(request);
  const changes = changesIn(asked, object, store);
  const written: SRecord = { ...before, ...changes, LastModifiedDate: now, SystemModstamp: now };
  const after: SRecord = { ...written, ...formulasOf(object.name, written) };
  checkRules(object.name, before, after, store);

  const begun = object.name === 'Service_Order__c' ? begins(before, after, store, settings, now) : null;
  const requestId = request.headers['x-request-id'] ?? null;
  const changed = Object.keys(after).filter(
    (name) => after[name] !== before[name] && !['LastModifiedDate', 'SystemModstamp'].includes(name),
  );
  const only = (record: SRecord) =>
    Object.fromEntries(changed.map((name): [string, unknown] => [name, record[name] ?? null]));
  report({
    action,
    target: String(before['Id']),
    customer: accountOf(after, store),
    requestId,
    details: {
      asked,
      before: only(before),
      after: only(after),
      webhook: begun && {
        action: begun.action,
        takesEffectAt: new Date(begun.dueAt).toISOString(),
        outcome: (['fail', 'deliver', 'duplicate'] as const)[begun.deliveries],
        body: begun.body,
      },
    },
  });
  store.replace(object.name, after);
  if (begun !== null) flow.begin(String(before['Id']), begun, requestId);
}

/** The Mission Control account; of a detail row that of its order. */
function accountOf(record: SRecord, store: RecordStore): string {
  const parent = record['Service_Order__c'];
  const order = typeof parent === 'string' ? store.byId(parent) : record;
  return String(order?.['Mission_Control_Account__c'] ?? '');
}
