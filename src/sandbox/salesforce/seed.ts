/**
 * The CRM's first day: who the customers are, what they signed, and what the webhook said about it. Here the same
 * agreements as in Commitment Manager are told the way sales entered them, disagreements included.
 */
import { type Agreement, agreementsOf } from '../agreements.js';
import { addDays, addMonths, dayAt, firstOfMonth, instantOf } from '../calendar.js';
import type { GivenRecord } from '../given.js';
import { type Chance, chanceOf } from '../random.js';
import type { Profile } from '../types.js';
import { withChecksum } from './record-id.js';
import { lastDay } from './rules.js';
import { RecordStore } from './state.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

export function seedRecords(
  profiles: readonly Profile[],
  now: number,
  given: readonly GivenRecord[],
): RecordStore {
  const store = new RecordStore();
  let number = 0;
  for (const profile of profiles) {
    if (profile.salesforce === undefined) continue;
    const { missionControlAccountId, organizationId } = profile.salesforce;
    const today = dayAt(now);
    const agreements = agreementsOf(profile, today);
    const chance = chanceOf(`salesforce ${profile.slug}`);
    store.add('Mission_Control_Account__c', {
      Id: missionControlAccountId,
      Name: profile.name,
      Organization_ID__c: organizationId,
      Account__c: recordId('001', chance),
      ...stamps(instantOf(addDays(agreements[0]?.signedOn ?? today, -30), '09:12:44'), now),
    });
    for (const order of agreements.flatMap((agreement) => ordersOf(agreement, profile, now))) {
      addOrder(store, profile, order, (number += 1));
    }
  }
  for (const { object, fields } of given) store.add(object, fields);
  return store;
}

interface Order {
  readonly key: string;
  readonly agreement: Agreement;
  readonly stage: 'Signed' | 'Terminated' | 'Negotiation';
  readonly approved: boolean;
  readonly handlerId: string | null;
  /** Percent of what Commitment Manager has. */
  readonly amountPercent: bigint;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** The webhook's last word, as the flow posts it under the order. */
  readonly note: string | null;
}

function ordersOf(agreement: Agreement, { traits }: Profile, now: number): Order[] {
  const createdAt = instantOf(agreement.signedOn, '10:12:07');
  const sentAt = instantOf(addDays(agreement.signedOn, 15), '10:15:19');
  const usual: Order = {
    key: agreement.key,
    agreement,
    stage: agreement.cancelledOn === undefined ? 'Signed' : 'Terminated',
    approved: true,
    handlerId: agreement.handlerId,
    amountPercent: 100n,
    createdAt,
    modifiedAt: agreement.cancelledOn === undefined ? sentAt : instantOf(agreement.cancelledOn, '16:45:06'),
    note: `MMC_webhook: ${agreement.cancelledOn === undefined ? '201 Created' : '204 No Content'}`,
  };
  if (agreement.kind !== 'main') return [usual];

  const orders: Order[] = [usual];
  if (traits.has('never-sent')) {
    orders[0] = { ...usual, handlerId: null, note: 'MMC_webhook: 401 Unauthorized' };
  }
  if (traits.has('amount-disagrees')) {
    orders[0] = {
      ...usual,
      amountPercent: 120n,
      modifiedAt: now - 5 * DAY,
      note: 'MMC_webhook: 500 Server Error',
    };
  }
  if (traits.has('sync-pending')) {
    orders[0] = { ...usual, amountPercent: 110n, modifiedAt: now - 2 * MINUTE };
  }
  if (traits.has('several-active-orders')) {
    orders.push({
      ...usual,
      key: `${usual.key} twin`,
      handlerId: null,
      amountPercent: 115n,
      createdAt: createdAt + 2 * DAY,
      modifiedAt: sentAt + DAY,
      note: 'MMC_webhook: 409 Conflict (overlapping commitment)',
    });
  }
  if (addMonths(agreement.startsOn, agreement.months) <= dayAt(now)) {
    orders.push(renewalOf(usual, now));
  }
  return orders;
}

/** A customer whose agreement ran out: sales is talking about the next one, in a stage that no flow acts on. */
function renewalOf(order: Order, now: number): Order {
  const createdAt = instantOf(addDays(firstOfMonth(dayAt(now)), -6), '14:20:31');
  return {
    ...order,
    key: `${order.key} renewal`,
    agreement: { ...order.agreement, startsOn: addMonths(firstOfMonth(dayAt(now)), 1), months: 12 },
    stage: 'Negotiation',
    approved: false,
    handlerId: null,
    createdAt,
    modifiedAt: createdAt + DAY,
    note: null,
  };
}

function addOrder(store: RecordStore, profile: Profile, order: Order, number: number): void {
  const { agreement } = order;
  const chance = chanceOf(`order ${order.key}`);
  const id = recordId('a0U', chance);
  const annual = profile.traits.has('annual-cycle') && agreement.kind === 'main';
  const [firstStep] = agreement.steps;
  const isRamped = agreement.steps.length > 1;
  const monthly = (firstStep.monthly * order.amountPercent) / 100n;
  const cycle = annual ? 'Annual' : 'Monthly';
  store.add('Service_Order__c', {
    Id: id,
    Name: `${profile.name} SO-${String(number).padStart(5, '0')}`,
    Stage__c: order.stage,
    Contract_Start_Date__c: agreement.startsOn,
    // A formula.
    Contract_End_Date__c: lastDay(agreement.startsOn, agreement.months),
    Contract_Duration__c: agreement.months,
    // A ramped order leaves it empty: its steps are the detail rows.
    Min_Monthly_Commit__c: isRamped ? null : Number(annual ? monthly * 12n : monthly),
    Commit_Cycle__c: cycle,
    Commit_Cycle_Text__c: cycle,
    Rev_Ops_Approved__c: order.approved,
    commitment_handler_id__c: order.handlerId,
    Opportunity__c: recordId('006', chance),
    Mission_Control_Account__c: profile.salesforce?.missionControlAccountId ?? null,
    ...stamps(order.createdAt, order.modifiedAt),
  });
  if (isRamped) {
    agreement.steps.forEach((step, index) => {
      const end = lastDay(step.startsOn, step.months);
      store.add('Service_Order_Details__c', {
        Id: recordId('a0V', chance),
        Name: `SOD-${String(number).padStart(5, '0')}-${index + 1}`,
        Service_Order__c: id,
        Cycle_Number__c: index + 1,
        Commit_Amount__c: Number(step.monthly),
        Commit_Duration__c: step.months,
        Commit_Start_Date__c: step.startsOn,
        Commit_End_Date__c: end,
        Commit_Start_Date_Normalized__c: step.startsOn,
        Commit_End_Date_Normalized__c: end,
        ...stamps(order.createdAt, order.modifiedAt),
      });
    });
  }
  if (order.note !== null) {
    store.add('FeedItem', {
      Id: recordId('0D5', chance),
      ParentId: id,
      Body: order.note,
      Type: 'TextPost',
      ...stamps(order.modifiedAt, order.modifiedAt),
    });
  }
}

/** The key prefix names the object; custom objects other than a0T have prefixes of our own choosing. */
function recordId(prefix: string, chance: Chance): string {
  return withChecksum(prefix + chance.base62(12));
}

function stamps(createdAt: number, modifiedAt: number) {
  return {
    CreatedDate: createdAt,
    LastModifiedDate: Math.max(createdAt, modifiedAt),
    SystemModstamp: modifiedAt,
  };
}
