/**
 * MMC_webhook: the flow that tells Commitment Manager what was signed (`backends.md` §2.6).
 *
 * Guarantees that each approval and each termination sends one message, `webhookMs` after the update, with what the
 * order said when it was approved; that messages arrive in order of their time; and that the outcome stands under the
 * order as a FeedItem, with request and reply. On 201 the handler id is filled in. Settled at the next call to either
 * vendor, dated as if it had happened in time. A message that fails leaves its FeedItem and nothing else, and is never
 * repeated: whoever wants that takes the approval back and gives it again. One that is to be a duplicate is sent twice,
 * and the second reply stands in the feed and changes nothing.
 */
import { LosslessNumber, parse, stringify } from 'lossless-json';
import { chanceOf } from '../random.js';
import type { Report } from '../types.js';
import type { SRecord } from './objects.js';
import { withChecksum } from './record-id.js';
import { isApproval, stepsOf } from './rules.js';
import type { Settings } from './settings.js';
import type { RecordStore } from './state.js';

/** A call to Commitment Manager; `path` follows its base path. */
export interface WebhookMessage {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body: string;
  /** When it arrives, milliseconds since the epoch. */
  readonly at: number;
}

export interface WebhookReply {
  readonly status: number;
  readonly body: string;
}

/** Takes the message to Commitment Manager; `null` when there is none. */
export type Webhook = (message: WebhookMessage) => WebhookReply | null;

interface Run {
  readonly orderId: string;
  readonly dueAt: number;
  /** How often the message arrives. */
  readonly deliveries: Deliveries;
  /** Of the update that began it. */
  readonly requestId: string | null;
  /** Of a creation; a termination looks up its handler id when it runs, which a creation before it may have filled. */
  readonly body: string | null;
}

type Deliveries = 0 | 1 | 2;

const DELIVERIES: Readonly<Record<Settings['webhook'], Deliveries>> = { fail: 0, deliver: 1, duplicate: 2 };

/** What an update sets off, for its entry in the ledger. */
export interface Begun {
  readonly action: 'create' | 'terminate';
  readonly dueAt: number;
  readonly deliveries: Deliveries;
  readonly body: string | null;
}

export function begins(
  before: SRecord,
  after: SRecord,
  store: RecordStore,
  { webhookMs, webhook }: Settings,
  now: number,
): Begun | null {
  const timing = { dueAt: now + webhookMs, deliveries: DELIVERIES[webhook] };
  if (before['Stage__c'] !== 'Terminated' && after['Stage__c'] === 'Terminated') {
    return { action: 'terminate', ...timing, body: null };
  }
  // An approval is only saved with stage Signed and an account: the flow's other two conditions hold.
  if (!isApproval(before, after)) return null;
  return { action: 'create', ...timing, body: createBody(after, store) };
}

export class WebhookFlow {
  #runs: Run[] = [];
  #posted = 0;
  readonly #webhook: Webhook;
  readonly #report: Report;

  constructor(webhook: Webhook, report: Report) {
    this.#webhook = webhook;
    this.#report = report;
  }

  begin(orderId: string, { dueAt, deliveries, body }: Begun, requestId: string | null): void {
    this.#runs.push({ orderId, dueAt, deliveries, requestId, body });
    this.#runs.sort((a, b) => a.dueAt - b.dueAt);
  }

  /** Runs what is due. */
  settle(store: RecordStore, now: number): void {
    for (let run = this.#runs[0]; run !== undefined && run.dueAt <= now; run = this.#runs[0]) {
      this.#runs.shift();
      this.#run(run, store);
      if (run.deliveries === 2) this.#run(run, store);
    }
  }

  clear(): void {
    this.#runs = [];
    this.#posted = 0;
  }

  #run({ orderId, dueAt, deliveries, requestId, body }: Run, store: RecordStore): void {
    const order = store.byId(orderId, 'Service_Order__c');
    if (order === undefined) return;
    const handlerId = order['commitment_handler_id__c'];
    if (body === null && typeof handlerId !== 'string') {
      this.#post(order, 'MMC_webhook: not sent, the order has no commitment_handler_id__c', dueAt, store);
      return;
    }
    const message: WebhookMessage =
      body === null
        ? {
            method: 'DELETE',
            path: `/commitments/${encodeURIComponent(String(handlerId))}`,
            body: '',
            at: dueAt,
          }
        : { method: 'POST', path: '/commitments', body, at: dueAt };
    const reply = deliveries > 0 ? this.#webhook(message) : null;
    const sent = `${message.method} ${message.path}${body === null ? '' : `\n${body}`}`;
    if (reply === null) {
      this.#post(order, `MMC_webhook: failed, Commitment Manager cannot be reached\n${sent}`, dueAt, store);
      return;
    }
    const title = `MMC_webhook: ${reply.status} ${REASONS[reply.status] ?? 'Failed'}`;
    const isDone = reply.status === 201 || reply.status === 204;
    const filled = reply.status === 201 ? handlerIdIn(reply.body) : (handlerId ?? null);
    if (isDone) {
      this.#report({
        action: 'service-order.webhook',
        target: orderId,
        customer: String(order['Mission_Control_Account__c'] ?? ''),
        requestId,
        details: {
          sent: message,
          status: reply.status,
          before: { commitment_handler_id__c: handlerId ?? null },
          after: { commitment_handler_id__c: filled },
        },
      });
    }
    this.#post(order, `${title}\n${sent}${reply.body === '' ? '' : `\n${reply.body}`}`, dueAt, store);
    if (filled !== handlerId) {
      // A flow's write moves SystemModstamp; LastModifiedDate is what somebody did, here the approval.
      store.replace('Service_Order__c', {
        ...order,
        commitment_handler_id__c: filled,
        SystemModstamp: Math.max(dueAt, Number(order['SystemModstamp'])),
      });
    }
  }

  #post(order: SRecord, text: string, at: number, store: RecordStore): void {
    const orderId = String(order['Id']);
    const chance = chanceOf(`feed ${orderId} ${(this.#posted += 1)}`);
    store.add('FeedItem', {
      Id: withChecksum(`0D5${chance.base62(12)}`),
      ParentId: orderId,
      Body: text,
      Type: 'TextPost',
      CreatedDate: at,
      LastModifiedDate: at,
      SystemModstamp: at,
    });
  }
}

const REASONS: Readonly<Record<number, string>> = {
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Server Error',
};

function handlerIdIn(body: string): string | null {
  const { data } = parse(body) as { data?: { commitment_handler_id?: unknown } };
  return typeof data?.commitment_handler_id === 'string' ? data.commitment_handler_id : null;
}

/** Static orders are read from themselves, ramped ones from their detail rows. What is empty is sent as null. */
function createBody(order: SRecord, store: RecordStore): string {
  const account = store.byId(String(order['Mission_Control_Account__c']), 'Mission_Control_Account__c');
  const organizationId = account?.['Organization_ID__c'] ?? null;
  const steps = stepsOf(String(order['Id']), store);
  const body =
    steps.length === 0
      ? {
          organization_id: organizationId,
          monthly_commitment_amount: monthlyOf(order),
          period_start: order['Contract_Start_Date__c'] ?? null,
          period_end: order['Contract_End_Date__c'] ?? null,
        }
      : {
          organization_id: organizationId,
          commitments: steps.map((step) => ({
            monthly_commitment_amount: exact(centsOf(step['Commit_Amount__c'])),
            period_start: step['Commit_Start_Date_Normalized__c'] ?? null,
            period_end: step['Commit_End_Date_Normalized__c'] ?? null,
          })),
        };
  return stringify(body) ?? '';
}

/** An annual order states the amount of a year; its twelfth is rounded to the cent. */
function monthlyOf(order: SRecord): LosslessNumber | null {
  const cents = centsOf(order['Min_Monthly_Commit__c']);
  if (cents === null || order['Commit_Cycle__c'] !== 'Annual') return exact(cents);
  return exact((cents + (cents < 0n ? -6n : 6n)) / 12n);
}

function centsOf(value: SRecord[string] | undefined): bigint | null {
  return typeof value === 'number' ? BigInt(value.toFixed(2).replace('.', '')) : null;
}

function exact(cents: bigint | null): LosslessNumber | null {
  if (cents === null) return null;
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return new LosslessNumber(`${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}
