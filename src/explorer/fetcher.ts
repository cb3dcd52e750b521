/**
 * How the explorer asks the gateway.
 *
 * Guarantees: one POST to `/graphql` on the page's own origin, named `explorer`, with the credential that the visitor
 * entered; a header written in the headers pane wins over it. An answer that is not JSON becomes a sentence with the
 * status in it; why there is no schema is told in words. Refuses other addresses and other transports.
 */
import type { Fetcher } from '@graphiql/toolkit';

/** How the visitor is known to the gateway; null where the gateway asks for nothing. */
export interface Credential {
  readonly kind: 'token' | 'key';
  readonly value: string;
}

/** `null`: there is one. */
type TellSchema = (why: string | null) => void;

/** Why the gateway does not show its schema; the page would otherwise only lack completion and docs. */
function whyNoSchema(status: number): string | null {
  if (status === 401) return 'Enter a token or an API key: the gateway shows its schema to clients only.';
  if (status === 403) {
    return 'This client may not look at the schema (it lacks the scope explorer), so there are no docs and no completion. Queries run all the same.';
  }
  return null;
}

/**
 * No schema, and nothing to show for it: the page has said why. As an error GraphiQL would ask a second time, and then
 * write the refusal over the answer of whatever was run meanwhile.
 */
const TOLD = { data: null, toJSON: () => undefined };

export function gatewayFetcher(credential: Credential | null, tellSchema: TellSchema): Fetcher {
  return async (params, options) => {
    const headers = new Headers({
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      'graphql-client-name': 'explorer',
    });
    if (credential?.kind === 'token') headers.set('authorization', `Bearer ${credential.value}`);
    if (credential?.kind === 'key') headers.set('x-api-key', credential.value);
    for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));

    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(params) }).catch(
      () => Promise.reject(new Error('The gateway could not be reached.')),
    );
    if (params.operationName === 'IntrospectionQuery') {
      const why = whyNoSchema(response.status);
      tellSchema(why);
      if (why !== null) return TOLD;
    }
    const text = await response.text();
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      throw new Error(`The gateway answered ${response.status} without JSON: ${text.slice(0, 300)}`);
    }
  };
}
