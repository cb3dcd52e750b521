/** Commitment Manager's first day: the signed agreements as its webhook received them. */
import { agreementsOf } from '../agreements.js';
import { addDays, addMonths, dayAt, instantOf } from '../calendar.js';
import type { Profile } from '../types.js';
import type { CommitmentManagerState, CommitmentRow, OrganizationState } from './state.js';

export function seedState(profiles: readonly Profile[], now: number): CommitmentManagerState {
  const organizations = new Map<string, OrganizationState>();
  for (const profile of profiles) {
    const organization = seedOrganization(profile, dayAt(now));
    if (organization !== undefined) organizations.set(organization.organizationId, organization);
  }
  return { organizations, made: 0 };
}

function seedOrganization(profile: Profile, today: string): OrganizationState | undefined {
  if (profile.commitmentManager === undefined) return undefined;
  const { organizationId } = profile.commitmentManager;
  // `never-sent`: the order is signed, its webhook never arrived. The organization is known, that is all.
  const agreements = profile.traits.has('never-sent') ? [] : agreementsOf(profile, today);
  const commitments = agreements.flatMap((agreement) =>
    agreement.steps.map((step): CommitmentRow => ({
      commitmentId: step.commitmentId,
      organizationId,
      amountCents: step.monthly * 100n,
      currency: profile.currency,
      startsOn: step.startsOn,
      endsOn: addDays(addMonths(step.startsOn, step.months), -1),
      handlerId: agreement.handlerId,
      // The hours of the vendor's sample.
      createdAt: instantOf(agreement.signedOn, '10:30:00'),
      updatedAt:
        agreement.cancelledOn === undefined
          ? instantOf(addDays(agreement.signedOn, 15), '10:15:23')
          : instantOf(agreement.cancelledOn, '16:45:10'),
      cancelledAt: agreement.cancelledOn === undefined ? null : instantOf(agreement.cancelledOn, '16:45:10'),
    })),
  );
  return {
    organizationId,
    name: profile.name,
    currency: profile.currency,
    customerSince: commitments.map(({ startsOn }) => startsOn).sort()[0] ?? profile.startsOn,
    scaleCents: profile.monthlyMinimum * 100n,
    commitments,
    sync: { status: profile.traits.has('sync-pending') ? 'pending' : 'synchronized', queued: null },
  };
}
