/**
 * Who the sandbox's customers are. Guarantees the same customers for the same day of any month: everything is fixed but
 * the dates, and those hang off the first day of today's month, so that "running", "over" and "not yet" stay true.
 * Every trait of `types.ts` is carried by somebody; somebody is missing from a backend and somebody is in one only.
 * Names and ids are invented, except those that the vendors' own pages print (SleepyCo's).
 */
import { addMonths, firstOfMonth } from './calendar.js';
import { chanceOf, type Chance } from './random.js';
import { withChecksum } from './salesforce/record-id.js';
import type { BackendName, Profile, Trait } from './types.js';

interface Sketch {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly monthlyMinimum: bigint;
  /** Months from the first of today's month to the agreement's first day; negative: it has begun. */
  readonly startsIn: number;
  readonly months: number;
  readonly traits: readonly Trait[];
  readonly missing?: readonly BackendName[];
  readonly commitments?: number;
}

/** The ids that the vendors print in their samples, so that their curl lines work against the sandbox as they stand. */
const SLEEPYCO = {
  commitmentManagerOrganization: '619c56b5-596b-4cc4-8b04-38fe8e05c750',
  cloudmcOrganization: '42a54cde-0e5d-4168-9827-5967ded6095e',
  reseller: { name: 'SleepyParentCo', id: '55a89cde-0e5d-4168-9827-5967ded6095e' },
  accountContracts: [8, 24],
  contract: 'ctrct_xNE4v9dkjXjorYAM',
} as const;

const SKETCHES: readonly Sketch[] = [
  {
    slug: 'sleepyco',
    name: 'SleepyCo',
    currency: 'USD',
    monthlyMinimum: 15_000n,
    startsIn: -5,
    months: 12,
    traits: ['cancelled', 'expired', 'penalty', 'pre-paid'],
    commitments: 3,
  },
  {
    slug: 'harbourline-logistics',
    name: 'Harbourline Logistics',
    currency: 'GBP',
    monthlyMinimum: 8_000n,
    startsIn: -14,
    months: 36,
    traits: ['ramped', 'penalty'],
    commitments: 3,
  },
  {
    slug: 'aozora-denki',
    name: 'Aozora Denki',
    currency: 'JPY',
    monthlyMinimum: 4_500_000n,
    startsIn: -20,
    months: 24,
    traits: ['annual-cycle'],
    commitments: 2,
  },
  {
    slug: 'fjordkabel',
    name: 'Fjordkabel AB',
    currency: 'SEK',
    monthlyMinimum: 220_000n,
    startsIn: -26,
    months: 36,
    traits: ['open-ended', 'no-products'],
    commitments: 2,
  },
  {
    slug: 'maple-transit',
    name: 'Maple Transit',
    currency: 'CAD',
    monthlyMinimum: 12_500n,
    startsIn: -9,
    months: 24,
    traits: ['amount-disagrees'],
    commitments: 2,
  },
  {
    slug: 'lumiere-sante',
    name: 'Lumière Santé',
    currency: 'EUR',
    monthlyMinimum: 6_400n,
    startsIn: -3,
    months: 36,
    traits: ['sync-pending', 'pre-paid'],
    commitments: 2,
  },
  {
    slug: 'brightwell-energy',
    name: 'Brightwell Energy',
    currency: 'USD',
    monthlyMinimum: 9_000n,
    startsIn: -1,
    months: 12,
    traits: ['never-sent'],
    missing: ['cloudmc'],
    commitments: 1,
  },
  {
    slug: 'tessera-bank',
    name: 'Tessera Bank',
    currency: 'EUR',
    monthlyMinimum: 25_000_000n,
    startsIn: -17,
    months: 60,
    traits: ['large-amount', 'penalty'],
    commitments: 2,
  },
  {
    slug: 'kestrel-media',
    name: 'Kestrel & Wren Media',
    currency: 'GBP',
    monthlyMinimum: 3_200n,
    startsIn: -7,
    months: 12,
    traits: ['several-active-orders'],
    missing: ['logisense'],
    commitments: 2,
  },
  {
    slug: 'ostrava-castings',
    name: 'Ostrava Castings',
    currency: 'CZK',
    monthlyMinimum: 310_000n,
    startsIn: -11,
    months: 24,
    traits: ['terminated', 'cancelled'],
    commitments: 2,
  },
  {
    slug: 'solis-agro',
    name: 'Solis Agro',
    currency: 'BRL',
    monthlyMinimum: 42_000n,
    startsIn: -4,
    months: 12,
    traits: ['in-review', 'pending'],
    missing: ['salesforce'],
    commitments: 2,
  },
  {
    slug: 'polar-night-games',
    name: 'Polar Night Games',
    currency: 'EUR',
    monthlyMinimum: 5_500n,
    startsIn: 2,
    months: 24,
    traits: ['pending'],
    commitments: 1,
  },
  {
    slug: 'old-mill-press',
    name: 'Old Mill Press',
    currency: 'USD',
    monthlyMinimum: 1_800n,
    startsIn: -30,
    months: 24,
    traits: ['expired'],
    missing: ['monetizenow'],
    commitments: 1,
  },
  {
    slug: 'coral-bay-hotels',
    name: 'Coral Bay Hotels',
    currency: 'AUD',
    monthlyMinimum: 7_300n,
    startsIn: -13,
    months: 36,
    traits: ['open-ended'],
    missing: ['commitment-manager', 'salesforce', 'logisense', 'monetizenow'],
    commitments: 2,
  },
];

const RESELLERS = ['SleepyParentCo', 'Meridian Cloud Partners', 'Aurora Telecom'] as const;

function resellerOf(chance: Chance): { resellerName: string; resellerId: string } {
  const resellerName = chance.pick(RESELLERS);
  const resellerId =
    resellerName === SLEEPYCO.reseller.name
      ? SLEEPYCO.reseller.id
      : chanceOf(`reseller ${resellerName}`).uuid();
  return { resellerName, resellerId };
}

/** The demonstration's customers; SleepyCo comes first. `today` only moves the dates. */
export function createPortfolio(options: { readonly today: string }): Profile[] {
  const month = firstOfMonth(options.today);
  return SKETCHES.map((sketch, index) => {
    const chance = chanceOf(`portfolio ${sketch.slug}`);
    const isSleepyCo = sketch.slug === 'sleepyco';
    const startsOn = addMonths(month, sketch.startsIn);
    const organizationId = isSleepyCo ? SLEEPYCO.commitmentManagerOrganization : chance.uuid();
    const cloudmcOrganization = isSleepyCo ? SLEEPYCO.cloudmcOrganization : chance.uuid();
    const missionControlAccountId = withChecksum(`a0T${chance.base62(12)}`);
    const accountId = `acct_${chance.base62(16)}`;
    const firstContract = isSleepyCo ? SLEEPYCO.contract : `ctrct_${chance.base62(16)}`;
    const secondContract = `ctrct_${chance.base62(16)}`;
    const reseller = isSleepyCo
      ? { resellerName: SLEEPYCO.reseller.name, resellerId: SLEEPYCO.reseller.id }
      : resellerOf(chance);
    // LogiSense counts its identities from one server-wide sequence; 30 up keeps clear of the seeds' 8 and 24.
    const [voice, messaging] = isSleepyCo ? SLEEPYCO.accountContracts : [30 + index * 4, 31 + index * 4];
    const has = (backend: BackendName): boolean => !(sketch.missing ?? []).includes(backend);
    return {
      slug: sketch.slug,
      name: sketch.name,
      currency: sketch.currency,
      monthlyMinimum: sketch.monthlyMinimum,
      startsOn,
      months: sketch.months,
      traits: new Set(sketch.traits),
      commitmentsPerBackend: sketch.commitments ?? 1,
      ...(has('commitment-manager') && { commitmentManager: { organizationId } }),
      ...(has('salesforce') && { salesforce: { missionControlAccountId, organizationId } }),
      ...(has('logisense') && {
        logisense: {
          accountContracts: [
            { id: voice, name: `${sketch.name} Voice`, startsOn, months: sketch.months },
            ...(index % 2 === 0
              ? [
                  {
                    id: messaging,
                    name: `${sketch.name} Messaging`,
                    startsOn: addMonths(startsOn, 3),
                    months: 12,
                  },
                ]
              : []),
          ],
        },
      }),
      ...(has('monetizenow') && {
        monetizenow: {
          accountId,
          contractIds: index % 3 === 0 ? [firstContract, secondContract] : [firstContract],
        },
      }),
      ...(has('cloudmc') && { cloudmc: { organizationId: cloudmcOrganization, ...reseller } }),
    };
  });
}

const FIRST = [
  'Amber',
  'Birch',
  'Cobalt',
  'Delta',
  'Elm',
  'Falcon',
  'Granite',
  'Hazel',
  'Iris',
  'Juniper',
] as const;
const SECOND = [
  'Foods',
  'Health',
  'Labs',
  'Mobility',
  'Networks',
  'Retail',
  'Studios',
  'Systems',
  'Works',
] as const;
const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CAD', 'SEK'] as const;

export interface GeneratedPortfolio {
  readonly organizations: number;
  readonly commitmentsPerBackend: number;
  readonly seed: number;
  readonly today: string;
}

/**
 * N customers with M commitments in every backend, for load and paging. All of them run today and none has a trait:
 * what is awkward belongs to `createPortfolio`, where each case can be named.
 */
export function generatePortfolio(options: GeneratedPortfolio): Profile[] {
  const { organizations, commitmentsPerBackend, seed, today } = options;
  for (const [name, value] of Object.entries({ organizations, commitmentsPerBackend })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${name} must be a whole number above 0`);
  }
  const month = firstOfMonth(today);
  return Array.from({ length: organizations }, (_, index) => {
    const chance = chanceOf(`generated ${seed} ${index}`);
    const number = String(index + 1).padStart(String(organizations).length, '0');
    const months = chance.pick([12, 24, 36]);
    const startsOn = addMonths(month, -chance.integer(1, months - 1));
    const organizationId = chance.uuid();
    const name = `${chance.pick(FIRST)} ${chance.pick(SECOND)} ${number}`;
    return {
      slug: `org-${number}`,
      name,
      currency: chance.pick(CURRENCIES),
      monthlyMinimum: BigInt(chance.integer(10, 2_000)) * 100n,
      startsOn,
      months,
      traits: new Set<Trait>(),
      commitmentsPerBackend,
      commitmentManager: { organizationId },
      salesforce: { missionControlAccountId: withChecksum(`a0T${chance.base62(12)}`), organizationId },
      logisense: { accountContracts: [{ id: 1_000 + index, name: `${name} Voice`, startsOn, months }] },
      monetizenow: {
        accountId: `acct_${chance.base62(16)}`,
        contractIds: Array.from({ length: commitmentsPerBackend }, () => `ctrct_${chance.base62(16)}`),
      },
      cloudmc: { organizationId: chance.uuid(), ...resellerOf(chance) },
    };
  });
}

/** One customer in the account directory: the join that no backend keeps. */
export interface DirectoryEntry {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly commitmentManager?: { readonly organizationId: string };
  readonly salesforce?: { readonly missionControlAccountId: string };
  readonly logisense?: {
    readonly accountContractIds: readonly number[];
    readonly accountContractTerms: Readonly<
      Record<string, { readonly startsOn: string; readonly endsBefore: string }>
    >;
  };
  readonly monetizenow?: { readonly accountId: string; readonly contractIds: readonly string[] };
  readonly cloudmc?: { readonly organizationId: string };
}

/** The account directory that belongs to these customers, as `accounts.yaml` would hold it. */
export function accountDirectory(profiles: readonly Profile[]): DirectoryEntry[] {
  return profiles.map(
    ({ slug, name, currency, commitmentManager, salesforce, logisense, monetizenow, cloudmc }) => ({
      slug,
      name,
      currency,
      ...(commitmentManager && { commitmentManager: { organizationId: commitmentManager.organizationId } }),
      ...(salesforce && { salesforce: { missionControlAccountId: salesforce.missionControlAccountId } }),
      ...(logisense && {
        logisense: {
          accountContractIds: logisense.accountContracts.map(({ id }) => id),
          accountContractTerms: Object.fromEntries(
            logisense.accountContracts.map(({ id, startsOn, months }) => [
              String(id),
              { startsOn, endsBefore: addMonths(startsOn, months) },
            ]),
          ),
        },
      }),
      ...(monetizenow && {
        monetizenow: { accountId: monetizenow.accountId, contractIds: [...monetizenow.contractIds] },
      }),
      ...(cloudmc && { cloudmc: { organizationId: cloudmc.organizationId } }),
    }),
  );
}
