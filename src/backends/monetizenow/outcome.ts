/**
 * What came back for a change, as the journal keeps it, and what it says.
 *
 * Guarantees: records are kept as the vendor wrote them, to the last digit, and read again by the mapper that reads all
 * others: the same outcome gives the same result, now and after a restart. Refuses to keep a record of somebody else;
 * a record that cannot be read is kept, and is missing from the result.
 */
import type { Instant } from '../../domain/calendar.js';
import type { Json } from '../../domain/json.js';
import type { Observation } from '../../domain/observation.js';
import { NO_RESULT, type OperationResult } from '../../domain/operation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import { parseJson } from '../../upstream/json.js';
import { exactJson } from './exact-json.js';
import { toContract, toInvoice, toQuoteDetail } from './mapper.js';
import { dataAs } from '../quick.js';
import { contractDetail, invoice, quoteDetail } from './wire.js';

/** Records as they came; `null`: there was none, or it is not ours. */
export interface Records {
  readonly contract: unknown;
  readonly quote: unknown;
  readonly invoice: unknown;
}

export const NO_RECORDS: Records = { contract: null, quote: null, invoice: null };

type Kept = {
  readonly observedAt: Instant;
  /** JSON text. */
  readonly contract: string | null;
  readonly quote: string | null;
  readonly invoice: string | null;
};

export function keep(records: Records, { observedAt }: Observation): Json {
  const text = (record: unknown) => (record == null ? null : exactJson(record));
  const kept: Kept = {
    observedAt,
    contract: text(records.contract),
    quote: text(records.quote),
    invoice: text(records.invoice),
  };
  return kept;
}

/** Counted when it came; reading it again is no news. */
const UNCOUNTED: Drift = {
  unrecognized: () => undefined,
  unknownField: () => undefined,
  foreign: () => undefined,
  dropped: () => undefined,
};

export function resultOf(organization: Organization, outcome: Json): OperationResult {
  const kept = readKept(outcome);
  if (kept === null) return NO_RESULT;
  const observation: Observation = { observedAt: kept.observedAt, stale: false };
  const drift = UNCOUNTED;
  const contractRow = dataAs(contractDetail, reread(kept.contract));
  const quoteRow = dataAs(quoteDetail, reread(kept.quote));
  const invoiceRow = dataAs(invoice, reread(kept.invoice));
  return {
    ...NO_RESULT,
    contract: contractRow ? toContract(contractRow, { organization, observation, drift }) : null,
    quote: quoteRow ? toQuoteDetail(quoteRow, drift) : null,
    invoice: invoiceRow ? toInvoice(invoiceRow, { observation, drift }) : null,
  };
}

function reread(text: string | null): unknown {
  if (typeof text !== 'string') return null;
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function readKept(outcome: Json): Kept | null {
  if (typeof outcome !== 'object' || outcome === null || Array.isArray(outcome)) return null;
  return typeof (outcome as Partial<Kept>).observedAt === 'string' ? (outcome as Kept) : null;
}
