/**
 * What Salesforce sends, word for word (`backends.md` §2.2 to §2.5; the fields of seed 000 and its public companions).
 *
 * Guarantees: amounts keep every digit; days and date-times (`+0000`, no colon) are real ones; every column but the id
 * may be empty. Refuses digit strings as numbers.
 */
import { z } from 'zod';
import {
  changed,
  count,
  day,
  dayOrInstant,
  decimalNumber,
  flag,
  id,
  instant,
  maybe,
  rows,
  text,
  unread,
} from '../wire.js';

/** Every record says what it is and where. */
const attributes = unread('attributes');

/** A page of a query, and a child query inside a row. `totalSize` counts all pages. */
export const queryReply = z.object({
  totalSize: count,
  done: flag,
  nextRecordsUrl: maybe(text),
  records: rows,
});
export type QueryReply = z.output<typeof queryReply>;

const order = z.object({
  ...attributes,
  Id: id,
  Name: maybe(text),
  Stage__c: maybe(text),
  Contract_Start_Date__c: maybe(day),
  Contract_End_Date__c: maybe(day),
  Contract_Duration__c: maybe(count),
  /** Major units; for a year where the cycle is Annual. */
  Min_Monthly_Commit__c: maybe(decimalNumber),
  Commit_Cycle__c: maybe(text),
  Commit_Cycle_Text__c: maybe(text),
  Rev_Ops_Approved__c: maybe(flag),
  commitment_handler_id__c: maybe(text),
  Opportunity__c: maybe(id),
  Mission_Control_Account__c: maybe(id),
  /** A parent comes as an object, or as `null` where the lookup is empty. */
  Mission_Control_Account__r: maybe(z.object({ ...attributes, Organization_ID__c: maybe(text) })),
  LastModifiedDate: maybe(instant),
  CreatedDate: maybe(instant),
  /** The child query; `null` where there are no rows. */
  ramp: maybe(queryReply),
});
export type OrderRow = z.output<typeof order>;

/** By relationship: an operator names one. */
const orderRows = new Map<string, z.ZodType<OrderRow>>();

/** A row of Service_Order__c. `relationship` is the name under which its ramp rows come; here they are `ramp`. */
export function orderRow(relationship: string): z.ZodType<OrderRow> {
  const known = orderRows.get(relationship);
  if (known !== undefined) return known;
  const made: z.ZodType<OrderRow> = changed((row) => {
    if (!isObject(row) || !Object.hasOwn(row, relationship)) return row;
    const renamed: Record<string, unknown> = {};
    for (const name of Object.keys(row)) renamed[name === relationship ? 'ramp' : name] = row[name];
    return renamed;
  }, order);
  orderRows.set(relationship, made);
  return made;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A row of Service_Order_Details__c: a step of a ramped order. Major units. */
export const rampRow = z.object({
  ...attributes,
  Id: id,
  Name: maybe(text),
  Service_Order__c: maybe(id),
  Cycle_Number__c: maybe(count),
  Commit_Amount__c: maybe(decimalNumber),
  Commit_Duration__c: maybe(count),
  Commit_Start_Date__c: maybe(dayOrInstant),
  Commit_End_Date__c: maybe(dayOrInstant),
  Commit_Start_Date_Normalized__c: maybe(dayOrInstant),
  Commit_End_Date_Normalized__c: maybe(dayOrInstant),
  LastModifiedDate: maybe(instant),
});
export type RampRow = z.output<typeof rampRow>;

/** What the login gives. There is no lifetime in it: a token holds until it is refused. */
export const tokenReply = z.object({
  // It becomes a header: printable characters only.
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/, { error: 'expected a token' }),
  ...unread(
    'signature',
    'scope',
    'instance_url',
    'id',
    'token_type',
    'issued_at',
    'token_format',
    'api_instance_url',
  ),
});
export type TokenReply = z.output<typeof tokenReply>;

/** What an error body says, from either of its forms. */
export interface SentError {
  /** `login` for the form of the token endpoint, which differs from all others. */
  readonly kind: 'data' | 'login';
  readonly codes: readonly string[];
  /** For the log. */
  readonly text: string;
}

/** A list: `[{message, errorCode}]`. */
const dataErrors = z
  .array(z.object({ errorCode: z.string(), message: z.string().nullish().catch(null) }))
  .min(1)
  .transform((errors): SentError => ({
    kind: 'data',
    codes: errors.map(({ errorCode }) => errorCode),
    text: errors
      .map(({ errorCode, message }) => (message ? `${errorCode} ${message}` : errorCode))
      .join('; '),
  }));

/** `{error, error_description}`. */
const loginError = z.object({ error: z.string() }).transform(({ error }): SentError => {
  return { kind: 'login', codes: [error], text: error };
});

const anyError = z.union([dataErrors, loginError]);

/** The error that the body states, or `null` if it states none. */
export function readError(body: unknown): SentError | null {
  // A page of a query is neither, and to be told in detail what it is not costs more than to read it.
  if (!Array.isArray(body) && !(isObject(body) && 'error' in body)) return null;
  const read = anyError.safeParse(body);
  return read.success ? read.data : null;
}
