import { describe, expect, it } from 'vitest';
import { agreementsOf } from '../../src/sandbox/agreements.js';
import { addDays, addMonths, isDay, monthsBetween } from '../../src/sandbox/calendar.js';
import { accountDirectory, createPortfolio, generatePortfolio } from '../../src/sandbox/portfolio.js';
import { isRecordId, withChecksum } from '../../src/sandbox/salesforce/record-id.js';
import type { Profile, Trait } from '../../src/sandbox/types.js';

const TODAY = '2026-11-20';
// As a record, so that the compiler complains here when a trait is added to the contract and to nobody.
const TRAITS: Record<Trait, true> = {
  ramped: true,
  cancelled: true,
  expired: true,
  pending: true,
  'open-ended': true,
  'pre-paid': true,
  'no-products': true,
  penalty: true,
  terminated: true,
  'annual-cycle': true,
  'amount-disagrees': true,
  'sync-pending': true,
  'never-sent': true,
  'several-active-orders': true,
  'large-amount': true,
  'in-review': true,
};
const BACKENDS = ['commitmentManager', 'salesforce', 'logisense', 'monetizenow', 'cloudmc'] as const;

function idsOf(profiles: readonly Profile[]): string[] {
  return profiles.flatMap((profile) => [
    profile.slug,
    `cm ${profile.commitmentManager?.organizationId ?? profile.slug}`,
    `sf ${profile.salesforce?.missionControlAccountId ?? profile.slug}`,
    `mc ${profile.cloudmc?.organizationId ?? profile.slug}`,
    `mn ${profile.monetizenow?.accountId ?? profile.slug}`,
    ...(profile.monetizenow?.contractIds ?? []),
    ...(profile.logisense?.accountContracts ?? []).map(({ id }) => `ls ${id}`),
  ]);
}

describe('the portfolio', () => {
  const profiles = createPortfolio({ today: TODAY });

  it('is the same on any day of a month, and moves with the month', () => {
    expect(createPortfolio({ today: '2026-11-01' })).toEqual(profiles);
    expect(createPortfolio({ today: '2026-11-30' })).toEqual(profiles);
    const later = createPortfolio({ today: '2027-02-28' });
    expect(later.map(({ startsOn }) => startsOn)).toEqual(
      profiles.map(({ startsOn }) => addMonths(startsOn, 3)),
    );
    expect(idsOf(later)).toEqual(idsOf(profiles));
  });

  it('has every trait, several currencies, and no id twice', () => {
    const carried = new Set(profiles.flatMap(({ traits }) => [...traits]));
    expect([...carried].sort()).toEqual(Object.keys(TRAITS).sort());
    expect(profiles.length).toBeGreaterThanOrEqual(12);
    const currencies = new Set(profiles.map(({ currency }) => currency));
    for (const currency of ['USD', 'EUR', 'GBP', 'JPY', 'CAD', 'SEK']) expect(currencies).toContain(currency);
    expect(new Set(idsOf(profiles)).size).toBe(idsOf(profiles).length);
  });

  it('begins with SleepyCo under the ids of the vendors’ pages', () => {
    expect(profiles[0]).toMatchObject({
      slug: 'sleepyco',
      currency: 'USD',
      monthlyMinimum: 15_000n,
      commitmentManager: { organizationId: '619c56b5-596b-4cc4-8b04-38fe8e05c750' },
      salesforce: { organizationId: '619c56b5-596b-4cc4-8b04-38fe8e05c750' },
      logisense: { accountContracts: [{ id: 8 }, { id: 24 }] },
      cloudmc: {
        organizationId: '42a54cde-0e5d-4168-9827-5967ded6095e',
        resellerName: 'SleepyParentCo',
        resellerId: '55a89cde-0e5d-4168-9827-5967ded6095e',
      },
    });
    expect(profiles[0]?.monetizenow?.contractIds[0]).toBe('ctrct_xNE4v9dkjXjorYAM');
  });

  it('has somebody missing from a backend and somebody in one only', () => {
    const counts = profiles.map(
      (profile) => BACKENDS.filter((backend) => profile[backend] !== undefined).length,
    );
    expect(counts).toContain(1);
    expect(profiles.some((profile) => profile.cloudmc === undefined)).toBe(true);
    expect(profiles.some((profile) => profile.logisense === undefined && profile.cloudmc !== undefined)).toBe(
      true,
    );
    expect(counts.filter((count) => count === 5).length).toBeGreaterThan(5);
  });

  it('gives every mission control account a well-formed 18-character id', () => {
    for (const { salesforce } of profiles) {
      if (salesforce === undefined) continue;
      const id = salesforce.missionControlAccountId;
      expect(id).toHaveLength(18);
      expect(isRecordId(id) && id.startsWith('a0T')).toBe(true);
      expect(withChecksum(id.slice(0, 15))).toBe(id);
    }
    // The example of Salesforce's own page on ids.
    expect(withChecksum('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
  });

  it('never lets agreements that were not cancelled overlap', () => {
    for (const profile of profiles) {
      const steps = agreementsOf(profile, TODAY)
        .filter(({ cancelledOn }) => cancelledOn === undefined)
        .flatMap(({ steps }) => steps)
        .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
      steps.slice(1).forEach((step, index) => {
        const before = steps[index]!;
        expect(addMonths(before.startsOn, before.months) <= step.startsOn).toBe(true);
      });
      for (const { signedOn } of agreementsOf(profile, TODAY)) expect(signedOn < TODAY).toBe(true);
    }
  });

  it('refuses a day that does not exist', () => {
    expect(() => createPortfolio({ today: '2026-02-30' })).toThrow(/not a day/);
  });
});

describe('the generator', () => {
  it('makes N customers with M commitments, unique and repeatable', () => {
    const options = { organizations: 200, commitmentsPerBackend: 7, seed: 3, today: TODAY };
    const profiles = generatePortfolio(options);
    expect(profiles).toEqual(generatePortfolio(options));
    expect(profiles).not.toEqual(generatePortfolio({ ...options, seed: 4 }));
    expect(new Set(idsOf(profiles)).size).toBe(idsOf(profiles).length);
    for (const profile of profiles) {
      expect(BACKENDS.every((backend) => profile[backend] !== undefined)).toBe(true);
      expect(agreementsOf(profile, TODAY)).toHaveLength(7);
      expect(profile.startsOn <= TODAY && TODAY < addMonths(profile.startsOn, profile.months)).toBe(true);
    }
  });

  it('refuses nonsense', () => {
    expect(() =>
      generatePortfolio({ organizations: 0, commitmentsPerBackend: 1, seed: 1, today: TODAY }),
    ).toThrow(/organizations/);
  });
});

describe('the account directory', () => {
  it('joins the ids and gives account contracts their terms', () => {
    const [sleepyco] = accountDirectory(createPortfolio({ today: TODAY }));
    expect(sleepyco).toMatchObject({
      slug: 'sleepyco',
      name: 'SleepyCo',
      currency: 'USD',
      commitmentManager: { organizationId: '619c56b5-596b-4cc4-8b04-38fe8e05c750' },
      logisense: {
        accountContractIds: [8, 24],
        accountContractTerms: {
          '8': { startsOn: '2026-06-01', endsBefore: '2027-06-01' },
          '24': { startsOn: '2026-09-01', endsBefore: '2027-09-01' },
        },
      },
      cloudmc: { organizationId: '42a54cde-0e5d-4168-9827-5967ded6095e' },
    });
  });

  it('leaves out what a customer does not have', () => {
    const directory = accountDirectory(createPortfolio({ today: TODAY }));
    expect(Object.keys(directory.find(({ slug }) => slug === 'coral-bay-hotels')!)).toEqual([
      'slug',
      'name',
      'currency',
      'cloudmc',
    ]);
  });
});

describe('the calendar', () => {
  it('counts months and days over the ends of years and short months', () => {
    expect([addMonths('2024-01-31', 1), addMonths('2026-01-31', 1), addMonths('2026-01-15', -13)]).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2024-12-15',
    ]);
    expect([addDays('2026-12-31', 1), addDays('2024-03-01', -1)]).toEqual(['2027-01-01', '2024-02-29']);
    expect([monthsBetween('2025-11-01', '2026-02-01'), monthsBetween('2025-11-15', '2026-02-01')]).toEqual([
      3, 2,
    ]);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '2026-00-10', ''].filter(isDay)).toEqual([]);
  });
});
