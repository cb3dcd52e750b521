/** What people do to an order in the CRM, on the emulator's own address. */
import type { Sandbox } from '../../src/sandbox/sandbox.js';

export interface Crm {
  /** Saves the fields of an order. Throws what the CRM says where it does not. */
  update(orderId: string, fields: object): Promise<void>;
  /** What stands under an order, the first line of each, oldest first. */
  feed(orderId: string): Promise<readonly string[]>;
}

export function crmOf({ backends, emulator }: Sandbox): Crm {
  const { clientId, clientSecret } = backends.salesforce ?? { clientId: '', clientSecret: '' };
  const { url } = emulator('salesforce');
  const authorized = async (path: string, init: RequestInit = {}) => {
    const login = await fetch(`${url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    const { access_token: token } = (await login.json()) as { readonly access_token: string };
    const response = await fetch(`${url}/services/data/v59.0/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response;
  };
  return {
    async update(orderId, fields) {
      await authorized(`sobjects/Service_Order__c/${orderId}`, {
        method: 'PATCH',
        body: JSON.stringify(fields),
      });
    },
    async feed(orderId) {
      const soql = `SELECT Body, CreatedDate FROM FeedItem WHERE ParentId = '${orderId}' ORDER BY CreatedDate`;
      const response = await authorized(`query?q=${encodeURIComponent(soql)}`);
      const { records } = (await response.json()) as {
        readonly records: readonly { readonly Body: string }[];
      };
      return records.map(({ Body }) => Body.split('\n')[0] ?? '');
    },
  };
}
