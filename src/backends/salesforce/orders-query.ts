/**
 * The query that reads service orders with their ramp rows (`backends.md` §2.3), of one owner or of all, and whose
 * orders it may return.
 */
import type { Organization } from '../../domain/organization.js';
import { matches } from '../../upstream/path.js';
import { ORGANIZATION_ID, RECORD_ID, select, subselect, type Condition, type Soql } from './soql.js';
import type { OrderRow } from './wire.js';

/**
 * What `Mission_Control_Account__c` is: a lookup, whose record holds the organization's UUID, or that UUID itself.
 * The sources disagree (`backends.md` C7).
 */
export type AccountColumn = 'lookup' | 'organizationId';

export interface OrderShape {
  /** From an order to its ramp rows. */
  readonly relationship: string;
  readonly accountColumn: AccountColumn;
}

/** By what an organization's orders are found, and recognized when they come back. */
export interface OrderOwner {
  readonly condition: Condition;
  /** One of `ownerKeysOf` of every row that is the owner's. */
  readonly key: string;
  readonly isOwn: (row: OrderRow) => boolean;
}

const ACCOUNT = 'Mission_Control_Account__c';
const ACCOUNT_ORGANIZATION = 'Mission_Control_Account__r.Organization_ID__c';

const ORDER_COLUMNS = [
  'Id',
  'Name',
  'Stage__c',
  'Contract_Start_Date__c',
  'Contract_End_Date__c',
  'Contract_Duration__c',
  'Min_Monthly_Commit__c',
  'Commit_Cycle__c',
  'Commit_Cycle_Text__c',
  'Rev_Ops_Approved__c',
  'commitment_handler_id__c',
  'Opportunity__c',
  ACCOUNT,
  'LastModifiedDate',
  'CreatedDate',
];

const RAMP_COLUMNS = [
  'Id',
  'Name',
  'Service_Order__c',
  'Cycle_Number__c',
  'Commit_Amount__c',
  'Commit_Duration__c',
  'Commit_Start_Date__c',
  'Commit_End_Date__c',
  'Commit_Start_Date_Normalized__c',
  'Commit_End_Date_Normalized__c',
  'LastModifiedDate',
];

/**
 * How the directory joins the organization; the account's id goes before the organization's UUID. Text: what is wrong
 * with the directory's entry, for the log.
 */
export function ownerOf(organization: Organization, accountColumn: AccountColumn): OrderOwner | string {
  const accountId = organization.salesforce?.missionControlAccountId ?? null;
  if (accountId !== null && accountColumn === 'lookup') {
    if (!matches(RECORD_ID, accountId)) return 'salesforce.missionControlAccountId is no record id';
    return {
      condition: { column: ACCOUNT, form: RECORD_ID, value: accountId },
      key: accountKey(accountId),
      // The last three of 18 characters are a checksum over the first 15, which alone are the id.
      isOwn: (row) => row.Mission_Control_Account__c?.slice(0, 15) === accountId.slice(0, 15),
    };
  }
  const organizationId =
    organization.salesforce?.organizationId ?? organization.commitmentManager?.organizationId;
  if (organizationId === undefined)
    return 'neither salesforce.missionControlAccountId nor an organization id is given';
  if (!matches(ORGANIZATION_ID, organizationId)) return 'the organization id is no UUID';
  const key = organizationKey(organizationId);
  const isSame = (id: string | null | undefined) => id?.toLowerCase() === organizationId.toLowerCase();
  return accountColumn === 'lookup'
    ? {
        condition: { column: ACCOUNT_ORGANIZATION, form: ORGANIZATION_ID, value: organizationId },
        key,
        isOwn: (row) => isSame(row.Mission_Control_Account__r?.Organization_ID__c),
      }
    : {
        condition: { column: ACCOUNT, form: ORGANIZATION_ID, value: organizationId },
        key,
        isOwn: (row) => isSame(row.Mission_Control_Account__c),
      };
}

function accountKey(id: string): string {
  return `account ${id.slice(0, 15)}`;
}

function organizationKey(id: string): string {
  return `organization ${id.toLowerCase()}`;
}

/**
 * Whose a row may be, before anything else in it is read. Empty: nobody's; `null`: that cannot be told, and it may be
 * anybody's.
 */
export function ownerKeysOf(row: unknown, accountColumn: AccountColumn): readonly string[] | null {
  if (!isObject(row)) return null;
  const { [ACCOUNT]: account = null, Mission_Control_Account__r: parent = null } = row;
  const organizationId = isObject(parent) ? (parent['Organization_ID__c'] ?? null) : parent;
  for (const value of [account, organizationId]) {
    if (value !== null && typeof value !== 'string') return null;
  }
  const keys: string[] = [];
  if (typeof account === 'string') {
    keys.push(accountColumn === 'lookup' ? accountKey(account) : organizationKey(account));
  }
  if (typeof organizationId === 'string') keys.push(organizationKey(organizationId));
  return keys;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All orders of everybody; where a lookup leads to the organization's UUID, with it. */
export function everyOrderQuery(shape: OrderShape): Soql {
  return queryOf(shape.accountColumn === 'lookup' ? [ACCOUNT_ORGANIZATION] : [], shape, []);
}

/** All orders of the owner, or the one with that id if it is the owner's. */
export function ordersQuery(owner: OrderOwner, shape: OrderShape, externalId?: string): Soql {
  const byId: Condition[] =
    externalId === undefined ? [] : [{ column: 'Id', form: RECORD_ID, value: externalId }];
  const ownerColumn = owner.condition.column;
  return queryOf(ORDER_COLUMNS.includes(ownerColumn) ? [] : [ownerColumn], shape, [...byId, owner.condition]);
}

function queryOf(more: readonly string[], shape: OrderShape, where: readonly Condition[]): Soql {
  return select({
    columns: [
      ...ORDER_COLUMNS,
      ...more,
      subselect({ columns: RAMP_COLUMNS, from: shape.relationship, orderBy: ['Id'] }),
    ],
    from: 'Service_Order__c',
    where,
    orderBy: ['Id'],
  });
}
