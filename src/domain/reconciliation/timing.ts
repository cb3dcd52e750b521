/**
 * Which side changed last, and whether the other can have heard of it (`backends.md` C6).
 *
 * Guarantees: a change in the CRM is on its way for less than the window, counted up to when billing was read, not up to
 * now: what was read too early shows nothing. A change of billing that came after the orders were read is none that
 * they could show. An instant further ahead than the window is no time at all, and waited for by nobody.
 */
import { instantOfMillis, millisOfInstant, type Instant } from '../calendar.js';

export type Timing =
  /** Nothing can be said before `until`. */
  | { readonly kind: 'ON_ITS_WAY'; readonly until: Instant }
  | { readonly kind: 'READ_TOO_EARLY'; readonly until: Instant }
  | { readonly kind: 'CRM_NEWER' }
  | { readonly kind: 'BILLING_NEWER' }
  | { readonly kind: 'UNKNOWN' };

export interface Clockwork {
  readonly now: Instant;
  readonly syncWindowSeconds: number;
  readonly ordersReadAt: Instant;
  readonly commitmentsReadAt: Instant;
}

/** `null`: that side has no record, or does not say. */
export function timingOf(crm: Instant | null, billing: Instant | null, clockwork: Clockwork): Timing {
  const now = millisOfInstant(clockwork.now);
  const windowMs = clockwork.syncWindowSeconds * 1_000;
  const usable = (instant: Instant | null): number | null => {
    const ms = instant === null ? null : millisOfInstant(instant);
    return ms === null || ms > now + windowMs ? null : ms;
  };
  const [crmMs, billingMs] = [usable(crm), usable(billing)];
  const later = (ms: number): Instant => instantOfMillis(Math.max(ms, now));
  if (crmMs !== null && millisOfInstant(clockwork.commitmentsReadAt) - crmMs < windowMs) {
    return { kind: 'ON_ITS_WAY', until: later(crmMs + windowMs) };
  }
  if (billingMs !== null && billingMs > millisOfInstant(clockwork.ordersReadAt)) {
    return { kind: 'READ_TOO_EARLY', until: later(billingMs) };
  }
  if (crmMs === null || billingMs === null) return { kind: 'UNKNOWN' };
  return { kind: crmMs > billingMs ? 'CRM_NEWER' : 'BILLING_NEWER' };
}
