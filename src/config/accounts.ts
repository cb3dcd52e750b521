/**
 * The account directory file: which customer has which accounts in which backend (design §6).
 *
 * Guarantees: ids have the form of their backend before anything is ever asked with them, and no account belongs to
 * two customers: that would show one customer's commitments to another.
 */
import { z } from 'zod';
import { parseDay, type Day } from '../domain/calendar.js';
import { parseCurrency, type CurrencyCode } from '../domain/money.js';
import type { Organization, OrganizationSlug } from '../domain/organization.js';

const uuid = z.string().regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'expected a UUID');
const salesforceId = z
  .string()
  .regex(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/, 'expected a Salesforce id (15 or 18 letters and digits)');
const monetizenowId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected a MonetizeNow id');
const day = z
  .string()
  .refine((text) => parseDay(text) !== null, 'expected a day that exists, as YYYY-MM-DD')
  .transform((text) => text as Day);
const currency = z
  .string()
  .refine((text) => parseCurrency(text) !== null, 'expected an ISO 4217 code, such as USD')
  .transform((text) => text as CurrencyCode);
const term = z
  .strictObject({ startsOn: day, endsBefore: day.optional() })
  .refine(
    (range) => range.endsBefore === undefined || range.startsOn < range.endsBefore,
    'must start before it ends',
  );

const entry = z
  .strictObject({
    slug: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and hyphens')
      .transform((text) => text as OrganizationSlug),
    name: z.string().min(1).max(200),
    currency: currency.optional(),
    commitmentManager: z.strictObject({ organizationId: uuid }).optional(),
    salesforce: z.strictObject({ missionControlAccountId: salesforceId.optional() }).optional(),
    logisense: z
      .strictObject({
        accountContractIds: z.array(z.number().int().min(0)).min(1),
        accountContractTerms: z
          .record(z.string().regex(/^\d+$/, 'expected an account contract id'), term)
          .optional(),
      })
      .superRefine(({ accountContractIds, accountContractTerms = {} }, context) => {
        for (const id of Object.keys(accountContractTerms)) {
          if (accountContractIds.map(String).includes(id)) continue;
          context.addIssue({
            code: 'custom',
            path: ['accountContractTerms', id],
            message: 'is not among accountContractIds',
          });
        }
      })
      .optional(),
    monetizenow: z
      .strictObject({ accountId: monetizenowId.optional(), contractIds: z.array(monetizenowId).optional() })
      .refine(
        ({ accountId, contractIds }) => accountId !== undefined || (contractIds?.length ?? 0) > 0,
        'needs an accountId or contractIds',
      )
      .optional(),
    cloudmc: z.strictObject({ organizationId: uuid }).optional(),
  })
  .refine(
    (organization) =>
      organization.salesforce === undefined ||
      organization.salesforce.missionControlAccountId !== undefined ||
      organization.commitmentManager !== undefined,
    {
      path: ['salesforce'],
      message: 'needs a missionControlAccountId, or commitmentManager.organizationId beside it',
    },
  );

type Entry = z.infer<typeof entry>;

function accountsOf(organization: Entry): string[] {
  return [
    ...(organization.commitmentManager
      ? [`commitmentManager ${organization.commitmentManager.organizationId.toLowerCase()}`]
      : []),
    ...(organization.salesforce?.missionControlAccountId
      ? [`salesforce ${organization.salesforce.missionControlAccountId.slice(0, 15)}`]
      : []),
    ...(organization.logisense?.accountContractIds ?? []).map((id) => `logisense ${id}`),
    ...(organization.monetizenow?.accountId ? [`monetizenow ${organization.monetizenow.accountId}`] : []),
    ...(organization.monetizenow?.contractIds ?? []).map((id) => `monetizenow ${id}`),
    ...(organization.cloudmc ? [`cloudmc ${organization.cloudmc.organizationId.toLowerCase()}`] : []),
  ];
}

function toOrganization(organization: Entry): Organization {
  const { salesforce, logisense, monetizenow } = organization;
  return {
    slug: organization.slug,
    name: organization.name,
    currency: organization.currency ?? null,
    commitmentManager: organization.commitmentManager ?? null,
    salesforce: salesforce
      ? {
          missionControlAccountId: salesforce.missionControlAccountId ?? null,
          organizationId: organization.commitmentManager?.organizationId ?? null,
        }
      : null,
    logisense: logisense
      ? {
          accountContractIds: logisense.accountContractIds.map(String),
          accountContractTerms: new Map(
            Object.entries(logisense.accountContractTerms ?? {}).map(([id, { startsOn, endsBefore }]) => [
              id,
              { startsOn, endsBefore: endsBefore ?? null },
            ]),
          ),
        }
      : null,
    monetizenow: monetizenow
      ? { accountId: monetizenow.accountId ?? null, contractIds: monetizenow.contractIds ?? [] }
      : null,
    cloudmc: organization.cloudmc ?? null,
  };
}

export const accountsSchema = z
  .array(entry)
  .superRefine((organizations, context) => {
    const owners = new Map<string, string>();
    organizations.forEach((organization, index) => {
      for (const account of [`slug ${organization.slug}`, ...accountsOf(organization)]) {
        const owner = owners.get(account);
        if (owner === undefined) owners.set(account, organization.slug);
        else {
          context.addIssue({
            code: 'custom',
            path: [index, 'slug'],
            message: `the ${account} belongs to ${owner} already`,
          });
        }
      }
    });
  })
  .transform((organizations) => organizations.map(toOrganization));
