/**
 * The two commitments that seed 003 prints for SleepyCo, so that its curl lines and ids work against the sandbox.
 * Guarantees the printed values, the reused ids and the stale discount of 0.1 (`backends.md` C26) included; only the
 * dates move, all by the same number of months, so that both run today and were made before today.
 */
import { LosslessNumber } from 'lossless-json';
import { addMonths, firstOfMonth, monthsBetween } from '../calendar.js';
import type { Commitment, Organization } from './state.js';

export const SAMPLE_ORGANIZATION_ID = '42a54cde-0e5d-4168-9827-5967ded6095e';

interface SampleOptions {
  readonly today: string;
  readonly reseller: Organization;
  readonly prePaid: boolean;
}

export function sampleCommitments(options: SampleOptions): Commitment[] {
  const { today, reseller, prePaid } = options;
  // Eight months of twelve gone: the printed ones were made in the sixth.
  const shift = monthsBetween('2022-01-01', addMonths(firstOfMonth(today), -8));
  const moved = (instant: string): string => `${addMonths(instant.slice(0, 10), shift)}${instant.slice(10)}`;
  const number = (text: string): LosslessNumber => new LosslessNumber(text);
  const product = { id: 'bcd82514-d539-4d66-aaf4-b24a95ebe1cd', sku: 'CVM-1M02' };
  const common = {
    organizationId: SAMPLE_ORGANIZATION_ID,
    reseller,
    startDate: moved('2022-01-01T00:00:00Z'),
    endDate: moved('2023-01-01T00:00:00Z'),
    terminated: false,
    hides: new Set<never>(),
  };
  return [
    {
      ...common,
      id: '52a54cde-0e5d-4168-9827-5967ded6095e',
      name: 'fixed price commitment',
      pricing: {
        pricingMethod: 'FIXED_PRICE',
        fixedPrice: number('500.0'),
        fixedPriceTaxCode: { code: 'SI086690', description: 'IT Services' },
      },
      products: [
        {
          id: '52a54cde-0e5d-4168-9827-5967ded6095e',
          product,
          committedAmount: number('1000.0'),
          createdAt: moved('2022-06-17T18:48:25Z'),
          updatedAt: moved('2022-06-17T18:48:25Z'),
        },
      ],
      createdAt: moved('2022-06-17T18:48:07Z'),
      updatedAt: moved('2022-06-17T18:48:07Z'),
      prePaid,
    },
    {
      ...common,
      id: '62a54cde-0e5d-4168-9827-5967ded6095e',
      name: 'fixed rate commitment',
      pricing: { pricingMethod: 'UTILITY_DISCOUNT', rateType: 'FIXED_RATE' },
      products: [
        {
          id: '62a54cde-0e5d-4168-9827-5967ded6095e',
          product,
          fixedRateReferencePrice: number('10.0'),
          discountAmount: number('0.1'),
          committedAmount: number('1000.0'),
          createdAt: moved('2022-06-17T18:49:50Z'),
          updatedAt: moved('2022-06-17T18:49:50Z'),
        },
      ],
      createdAt: moved('2022-06-17T18:49:38Z'),
      updatedAt: moved('2022-06-17T18:49:38Z'),
      prePaid: false,
    },
  ];
}
