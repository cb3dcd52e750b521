/**
 * The objects of the CRM, their fields and how they hang together (`backends.md` §2.3). Guarantees that names are found
 * whatever their case, as SOQL does, and come out in the case that they were defined in. A field that is not listed does
 * not exist: queries for it are refused, here as there.
 */

export type FieldType =
  'id' | 'reference' | 'string' | 'textarea' | 'picklist' | 'boolean' | 'number' | 'date' | 'datetime';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Not to be written by a call: the system, a formula or the webhook flow fills it. */
  readonly readOnly?: true;
  /** Cannot be emptied. */
  readonly required?: true;
  /** Of a restricted picklist. */
  readonly values?: readonly string[];
  /** Of a number: digits after the point; none when left out. */
  readonly scale?: number;
  /** Of a reference that can be walked: the relationship's name and the object at its other end. */
  readonly parent?: { readonly relationship: string; readonly object: string };
}

export interface ChildRelationship {
  readonly name: string;
  readonly object: string;
  /** The child's reference back. */
  readonly field: string;
}

export interface SObject {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly parents: ReadonlyMap<string, Field>;
  readonly children: ReadonlyMap<string, ChildRelationship>;
}

/** `null` is empty. Numbers are doubles on both sides. Dates are `YYYY-MM-DD`, datetimes milliseconds. */
export type FieldValue = string | number | boolean | null;
export type SRecord = Readonly<Record<string, FieldValue>>;

const STANDARD: readonly Field[] = [
  { name: 'Id', type: 'id', readOnly: true },
  { name: 'CreatedDate', type: 'datetime', readOnly: true },
  { name: 'LastModifiedDate', type: 'datetime', readOnly: true },
  { name: 'SystemModstamp', type: 'datetime', readOnly: true },
];

/** Two are known; Negotiation stands for whatever comes before the signature. */
const STAGES = ['Negotiation', 'Signed', 'Terminated'];

const MISSION_CONTROL = {
  relationship: 'Mission_Control_Account__r',
  object: 'Mission_Control_Account__c',
} as const;

function define(name: string, own: readonly Field[], children: readonly ChildRelationship[] = []): SObject {
  const fields = [...STANDARD, ...own];
  return {
    name,
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    parents: new Map(
      fields.flatMap((field) =>
        field.parent ? [[field.parent.relationship.toLowerCase(), field] as const] : [],
      ),
    ),
    children: new Map(children.map((child) => [child.name.toLowerCase(), child])),
  };
}

const OBJECTS: readonly SObject[] = [
  define(
    'Service_Order__c',
    [
      { name: 'Name', type: 'string', required: true },
      { name: 'Stage__c', type: 'picklist', values: STAGES },
      { name: 'Contract_Start_Date__c', type: 'date' },
      { name: 'Contract_End_Date__c', type: 'date', readOnly: true },
      { name: 'Contract_Duration__c', type: 'number' },
      { name: 'Min_Monthly_Commit__c', type: 'number', scale: 2 },
      { name: 'Commit_Cycle__c', type: 'picklist', values: ['Annual', 'Monthly'] },
      { name: 'Commit_Cycle_Text__c', type: 'string' },
      { name: 'Rev_Ops_Approved__c', type: 'boolean' },
      { name: 'commitment_handler_id__c', type: 'string', readOnly: true },
      { name: 'Opportunity__c', type: 'reference' },
      { name: 'Mission_Control_Account__c', type: 'reference', parent: MISSION_CONTROL },
    ],
    [{ name: 'Service_Order_Details__r', object: 'Service_Order_Details__c', field: 'Service_Order__c' }],
  ),
  define('Service_Order_Details__c', [
    { name: 'Name', type: 'string', required: true },
    {
      name: 'Service_Order__c',
      type: 'reference',
      required: true,
      parent: { relationship: 'Service_Order__r', object: 'Service_Order__c' },
    },
    { name: 'Cycle_Number__c', type: 'number' },
    { name: 'Commit_Amount__c', type: 'number', scale: 2 },
    { name: 'Commit_Duration__c', type: 'number' },
    { name: 'Commit_Start_Date__c', type: 'date' },
    { name: 'Commit_End_Date__c', type: 'date' },
    { name: 'Commit_Start_Date_Normalized__c', type: 'date', readOnly: true },
    { name: 'Commit_End_Date_Normalized__c', type: 'date', readOnly: true },
  ]),
  define(
    'Mission_Control_Account__c',
    [
      { name: 'Name', type: 'string', required: true },
      { name: 'Organization_ID__c', type: 'string' },
      { name: 'Account__c', type: 'reference' },
    ],
    [{ name: 'Service_Orders__r', object: 'Service_Order__c', field: 'Mission_Control_Account__c' }],
  ),
  define('FeedItem', [
    { name: 'ParentId', type: 'reference' },
    { name: 'Body', type: 'textarea' },
    { name: 'Type', type: 'picklist' },
  ]),
];

const BY_NAME = new Map(OBJECTS.map((object) => [object.name.toLowerCase(), object]));

export function objectNamed(name: string): SObject | undefined {
  return BY_NAME.get(name.toLowerCase());
}
