/**
 * LogiSense's commitments in the words of the domain. Total and pure.
 *
 * Refuses to invent what v6 does not give: there is no amount, no currency and no date on a commitment
 * (`backends.md` C8). Its term is the account contract's, where the account directory states it.
 */
import type { Day } from '../../domain/calendar.js';
import {
  statusOfTerm,
  type ContractCommitment,
  type NamedReference,
  type Penalty,
} from '../../domain/commitment.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import { layOutPeriods, type Frequency, type FrequencyUnit, type PeriodTerms } from '../../domain/period.js';
import type { Drift } from '../../observability/drift.js';
import { enumOf } from '../records.js';
import type { WireCommitment, WirePeriod } from './wire.js';

export interface MapperContext {
  readonly organization: Organization;
  readonly today: Day;
  readonly observation: Observation;
  readonly drift: Drift;
}

/** Units by the names that billing systems commonly give them; the tenant chooses the names (`backends.md` §3.2). */
const UNITS: Readonly<Record<string, FrequencyUnit>> = {
  day: 'DAY',
  days: 'DAY',
  daily: 'DAY',
  week: 'WEEK',
  weeks: 'WEEK',
  weekly: 'WEEK',
  month: 'MONTH',
  months: 'MONTH',
  monthly: 'MONTH',
  quarter: 'QUARTER',
  quarters: 'QUARTER',
  quarterly: 'QUARTER',
  year: 'YEAR',
  years: 'YEAR',
  yearly: 'YEAR',
  annual: 'YEAR',
  annually: 'YEAR',
};

/** Whether the commitment is of one of the organization's account contracts. */
export function isOwn(row: WireCommitment, organization: Organization): boolean {
  return organization.logisense?.accountContractIds.includes(row.accountContractId) ?? false;
}

/** A commitment of the organization. */
export function toCommitment(row: WireCommitment, context: MapperContext): ContractCommitment {
  const { organization, today, observation, drift } = context;
  const term = organization.logisense?.accountContractTerms.get(row.accountContractId) ?? {
    startsOn: null,
    endsBefore: null,
  };
  const { details } = row;
  return {
    kind: 'contract',
    source: 'LOGISENSE',
    externalId: row.identity,
    organization: organization.slug,
    name: null,
    status: statusOfTerm(term, today),
    statusText: null,
    term,
    committed: null,
    committedPer: null,
    products: [],
    periods: layOutPeriods(
      (details?.periods ?? []).map((period) => toPeriodTerms(period, drift)),
      term,
    ),
    createdAt: null,
    updatedAt: null,
    observation,
    accountContract: { externalId: row.accountContractId, name: row.accountContractName },
    commitmentType: reference(row.contractCommitmentTypeId, row.contractCommitmentTypeName),
    penalty: penaltyOf(row),
    includesChildAccounts: row.includeChildAccounts,
    services: (details?.services ?? []).map((link) => ({
      linkExternalId: link.identity,
      commitmentExternalId: link.contractCommitmentId,
      externalId: link.serviceId,
      name: link.serviceName,
    })),
    packageFrequencies: (details?.packageFrequencies ?? []).map((link) => ({
      linkExternalId: link.identity,
      commitmentExternalId: link.contractCommitmentId,
      externalId: link.packageFrequencyId,
      name: link.packageFrequencyName,
      package: reference(link.packageId, link.packageName),
    })),
    usageClasses: (details?.usageClasses ?? []).map((link) => ({
      linkExternalId: link.identity,
      commitmentExternalId: link.contractCommitmentId,
      externalId: link.usageClassId,
      name: link.usageClassName,
    })),
  };
}

function toPeriodTerms(period: WirePeriod, drift: Drift): PeriodTerms {
  return {
    externalId: period.identity,
    commitmentExternalId: period.contractCommitmentId,
    order: period.sortOrder,
    occurrences: period.periodOccurrences,
    frequency: frequencyOf(period, drift),
    isRemainderOfTerm: period.isRemainderOfTerm,
  };
}

function frequencyOf(period: WirePeriod, drift: Drift): Frequency | null {
  const { periodFrequency: length, frequencyTypeId: externalId, frequencyTypeName: name } = period;
  if (length === null && externalId === null && name === null) return null;
  const unit =
    name === null
      ? 'UNRECOGNIZED'
      : enumOf(UNITS, name.trim().toLowerCase(), () =>
          drift.unrecognized('LOGISENSE', 'period.frequency', name),
        );
  return { length, unit, name, externalId };
}

function penaltyOf(row: WireCommitment): Penalty | null {
  const service = reference(row.penaltyServiceId, row.penaltyServiceName);
  const chargeType = reference(
    row.contractCommitmentPenaltyChargeTypeId,
    row.contractCommitmentPenaltyChargeTypeName,
  );
  const description = row.penaltyDescription;
  return service === null && chargeType === null && description === null
    ? null
    : { service, description, chargeType };
}

function reference(externalId: string | null, name: string | null): NamedReference | null {
  return externalId === null ? null : { externalId, name };
}
