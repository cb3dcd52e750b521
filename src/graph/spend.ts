/** State, usage, billing history and contract terms of a customer. Bad ranges are refused before anybody is asked. */
import type { GraphQLResolveInfo } from 'graphql';
import { addToDay, dayOf, instantOfMillis, type DayRange, type Month } from '../domain/calendar.js';
import type { Organization } from '../domain/organization.js';
import type { BillingHistoryEntry, ContractTerms, UsageSummary } from '../domain/spend.js';
import type { GraphContext } from './context.js';
import { reportPartial } from './coverage.js';
import { badInput } from './errors.js';
import type { Resolvers } from './generated.js';

export const LONGEST_HISTORY_MONTHS = 60;
const FIRST_MONTH = '1990-01';

/** Throws BAD_USER_INPUT for a month that has not begun, or that no billing system can know. */
export function checkMonth(month: Month | null, context: GraphContext): void {
  if (month === null) return;
  const current = dayOf(instantOfMillis(context.now())).slice(0, 7);
  if (month >= FIRST_MONTH && month <= current) return;
  throw badInput(
    `\`month\`: give one from ${FIRST_MONTH} to ${current}, the month in progress; it is ${month}.`,
  );
}

/** Throws BAD_USER_INPUT for a range that is empty, reversed or too long. */
export function checkRange(range: DayRange): void {
  if (range.startsOn >= range.endsBefore) {
    throw badInput(
      `\`range\`: it must start before it ends; ${range.startsOn} is not before ${range.endsBefore}.`,
    );
  }
  if (addToDay(range.startsOn, { months: LONGEST_HISTORY_MONTHS }) < range.endsBefore) {
    throw badInput(`\`range\`: at most ${LONGEST_HISTORY_MONTHS} months can be asked for at once.`);
  }
}

/** The month must have been checked. `null`: no usage, or no such source. */
export async function usageOf(
  organization: Organization,
  month: Month | null,
  context: GraphContext,
): Promise<UsageSummary | null> {
  return (await context.sources.spend?.usage(organization, month)) ?? null;
}

/** The range must have been checked. `null`: no such source. */
export async function billingHistoryOf(
  organization: Organization,
  range: DayRange,
  includeUsage: boolean,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<readonly BillingHistoryEntry[] | null> {
  const listing = await context.sources.spend?.billingHistory(organization, range, includeUsage);
  if (listing === undefined) return null;
  reportPartial(context, info, listing.dropped);
  return listing.items;
}

export async function termsOf(
  organization: Organization,
  context: GraphContext,
): Promise<ContractTerms | null> {
  return (await context.sources.spend?.terms(organization)) ?? null;
}

export const spendResolvers = {
  MinimumCommitmentState: { freshness: ({ observation }) => observation },
  UsageSummary: { freshness: ({ observation }) => observation },
  ContractTerms: { freshness: ({ observation }) => observation },
} satisfies Resolvers;
