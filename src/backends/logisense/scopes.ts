/** In whose name LogiSense is called. */
import type { OrganizationSlug } from '../../domain/organization.js';
import type { CredentialName, OrganizationScope, ServiceScope } from '../../domain/scope.js';

const CREDENTIAL = 'logisense#token' as CredentialName;

/** The scope of the scan and of logins: calls that no organization owns. */
export const SERVICE_SCOPE: ServiceScope = { kind: 'service', credential: CREDENTIAL };

export function scopeOf(organization: OrganizationSlug): OrganizationScope {
  return { kind: 'organization', organization, credential: CREDENTIAL };
}
