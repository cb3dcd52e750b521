/** The customer that examples speak of. */
import type { Config } from '../config.js';

/** Examples are served to everybody: where callers present a key, they must not name a customer. */
export function exampleSlug({ clients, organizations }: Pick<Config, 'clients' | 'organizations'>): string {
  return (clients === null ? organizations[0]?.slug : undefined) ?? 'your-customer';
}
