/** The signed paper of an organization, as the billing system quotes it. The members are agreed, not documented. */
import { addDays } from '../calendar.js';
import { chanceOf } from '../random.js';
import type { CommitmentRow, OrganizationState } from './state.js';

/** `rows` are the commitments of the agreement in force, in order of start; at least one. */
export function contractTerms(
  organization: OrganizationState,
  rows: readonly [CommitmentRow, ...CommitmentRow[]],
) {
  const chance = chanceOf(`terms ${organization.organizationId}`);
  const noticeDays = chance.pick([30, 60, 90]);
  const penaltyPercent = chance.pick([50, 75, 100]);
  const autoRenew = chance.fraction() < 0.6;
  const renewalMonths = 12;
  const [first] = rows;
  const last = rows.at(-1) ?? first;
  const endsBefore = addDays(last.endsOn, 1);
  return {
    organization_id: organization.organizationId,
    currency: organization.currency,
    terms_and_conditions: [
      `Monthly minimum commitment from ${first.startsOn} until ${endsBefore}, that day not included.`,
      'Usage of a calendar month counts towards the minimum of that month and is not carried over.',
      'Where usage stays below the minimum, the difference is invoiced with the month.',
      'Invoices are due 30 days after their date.',
    ],
    early_termination: {
      description: `${penaltyPercent} % of the minimum of the months left, due on termination.`,
      penalty_percent: penaltyPercent,
      notice_days: noticeDays,
    },
    escalation_schedule: rows.slice(1).map((row, index) => {
      const before = rows[index]?.amountCents ?? row.amountCents;
      return {
        effective_date: row.startsOn,
        increase_percent: ((row.amountCents - before) * 100n) / before,
        monthly_amount: row.amountCents,
      };
    }),
    renewal_terms: {
      auto_renew: autoRenew,
      renewal_term_months: renewalMonths,
      notice_days: noticeDays,
      description: autoRenew
        ? `Renews for ${renewalMonths} months unless either side gives ${noticeDays} days' notice.`
        : 'Ends with its term; a renewal needs a new order.',
    },
    special_provisions:
      chance.fraction() < 0.5
        ? ['Numbers ported in during the first 90 days are free of porting charges.']
        : [],
  };
}
