/**
 * How Salesforce complains: a JSON array of `{message, errorCode}` for data calls, one flat object for logins.
 * Refusals are thrown as values of one class, so that the parser can refuse from any depth.
 */
import type { EmulatedReply } from '../types.js';

export class SalesforceRefusal extends Error {
  override readonly name = 'SalesforceRefusal';
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

export function errorReply({ status, errorCode, message }: SalesforceRefusal): EmulatedReply {
  return { status, json: [{ message, errorCode }] };
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

/** The token endpoint's own form. */
export function oauthError(status: number, error: string, description: string): EmulatedReply {
  return { status, json: { error, error_description: description } };
}
