/**
 * How Salesforce complains: a JSON array of `{message, errorCode}` for data calls, one flat object for logins.
 * Refusals are thrown as values of one class, so that the parser can refuse from any depth.
 */
import { stringify } from 'lossless-json';
import type { EmulatedReply } from '../types.js';

export class SalesforceRefusal extends Error {
  override readonly name = 'SalesforceRefusal';
  readonly status: number;
  readonly errorCode: string;
  /** The fields that it is about; absent where Salesforce names none. */
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

export function errorReply({ status, errorCode, message, fields }: SalesforceRefusal): EmulatedReply {
  return { status, json: [{ message, errorCode, ...(fields && { fields }) }] };
}

export const malformedQuery = (message: string): SalesforceRefusal =>
  new SalesforceRefusal(400, 'MALFORMED_QUERY', message);

export const invalidField = (message: string): SalesforceRefusal =>
  new SalesforceRefusal(400, 'INVALID_FIELD', message);

export const noSuchColumn = (field: string, entity: string): SalesforceRefusal =>
  invalidField(
    `No such column '${field}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append ` +
      "the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
  );

export const invalidType = (name: string): SalesforceRefusal =>
  new SalesforceRefusal(
    400,
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      "'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
  );

export const sessionExpired = new SalesforceRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

export const noSuchResource = new SalesforceRefusal(
  404,
  'NOT_FOUND',
  'The requested resource does not exist',
);

export const dailyLimitReached = new SalesforceRefusal(
  403,
  'REQUEST_LIMIT_EXCEEDED',
  'TotalRequests Limit exceeded.',
);

export const invalidLocator = new SalesforceRefusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');

export const methodNotAllowed = (method: string, allowed: string): SalesforceRefusal =>
  new SalesforceRefusal(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${method}' not allowed. Allowed are ${allowed}`,
  );

export const unsupportedMediaType = new SalesforceRefusal(
  415,
  'UNSUPPORTED_MEDIA_TYPE',
  'Content-Type header specified in HTTP request is not supported: use application/json',
);

export const insufficientAccess = new SalesforceRefusal(
  403,
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'insufficient access rights on object id',
);

export const jsonParserError = (message: string): SalesforceRefusal =>
  new SalesforceRefusal(400, 'JSON_PARSER_ERROR', message);

export const wrongType = (field: string, type: string, value: unknown): SalesforceRefusal =>
  jsonParserError(`Cannot deserialize instance of ${type} from ${stringify(value) ?? ''} in field ${field}`);

export const batchTooLarge = (most: number): SalesforceRefusal =>
  new SalesforceRefusal(400, 'LIMIT_EXCEEDED', `A batch holds 1 to ${most} requests`);

const badRequest = (errorCode: string, message: string, field: string): SalesforceRefusal =>
  new SalesforceRefusal(400, errorCode, message, [field]);

export const noSuchFieldToWrite = (field: string, entity: string): SalesforceRefusal =>
  badRequest('INVALID_FIELD', `No such column '${field}' on sobject of type ${entity}`, field);

/** Salesforce's words for it; the code is the one that the operators' pages name. */
export const readOnlyField = (field: string): SalesforceRefusal =>
  badRequest(
    'INVALID_FIELD',
    `Unable to create/update fields: ${field}. Please check the security settings of this field and verify that it ` +
      'is read/write for your profile or permission set.',
    field,
  );

export const requiredFieldMissing = (field: string): SalesforceRefusal =>
  badRequest('REQUIRED_FIELD_MISSING', `Required fields are missing: [${field}]`, field);

export const badPicklistValue = (field: string, value: string): SalesforceRefusal =>
  badRequest(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field}: bad value for restricted picklist field: ${value}`,
    field,
  );

export const textTooLong = (field: string, most: number): SalesforceRefusal =>
  badRequest('STRING_TOO_LONG', `${field}: data value too large (max length=${most})`, field);

export const numberOutOfRange = (field: string): SalesforceRefusal =>
  badRequest('NUMBER_OUTSIDE_VALID_RANGE', `${field}: value outside of valid range on numeric field`, field);

export const malformedId = (field: string, value: string): SalesforceRefusal =>
  badRequest('MALFORMED_ID', `${field}: id value of incorrect type: ${value}`, field);

export const invalidCrossReference = (field: string): SalesforceRefusal =>
  badRequest('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', field);

export const validationFailed = (message: string, field: string): SalesforceRefusal =>
  badRequest('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, field);

export const fieldIntegrity = (message: string, field: string): SalesforceRefusal =>
  badRequest('FIELD_INTEGRITY_EXCEPTION', message, field);

/** The token endpoint's own form. */
export function oauthError(status: number, error: string, description: string): EmulatedReply {
  return { status, json: { error, error_description: description } };
}
