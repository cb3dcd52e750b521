/**
 * A portfolio with planted discrepancies, as Salesforce and Commitment Manager would hold it, and what has to be found.
 *
 * Guarantees: the same portfolio for the same seed; each expectation comes from its own arithmetic, in whole cents and
 * by plain UTC days. Shares no code with the finder, the adapters or the emulators: it imports nothing.
 */

export interface PlantOptions {
  readonly seed: number;
  readonly organizations: number;
  readonly planted: number;
}

export interface PlantedOrganization {
  readonly slug: string;
  readonly name: string;
  readonly currency: string;
  readonly organizationId: string;
  readonly accountId: string;
}

export interface Expected {
  readonly plant: string;
  readonly slug: string;
  readonly orderId: string | null;
  readonly stepId: string | null;
  readonly commitmentId: string | null;
  readonly state: string;
  readonly authority: string;
  readonly action: string;
  readonly direction: string;
  /** `1234.5 USD`, or `null`. */
  readonly perMonth: string | null;
  readonly overTerm: string | null;
}

export interface PlantedPortfolio {
  readonly now: number;
  readonly organizations: readonly PlantedOrganization[];
  readonly commitmentManager: ReadonlyMap<string, Billing>;
  readonly salesforce: readonly {
    object: string;
    fields: Record<string, string | number | boolean | null>;
  }[];
  readonly expected: readonly Expected[];
  /** How often each way of being healthy, and each of being wrong, occurs. */
  readonly tally: ReadonlyMap<string, number>;
  /** Organizations with a change that may still be on its way. */
  readonly inWindow: ReadonlySet<string>;
  /** Those whose current state, and whose contract, are worth a call. */
  readonly withState: ReadonlySet<string>;
  readonly withTerms: ReadonlySet<string>;
}

interface Billing {
  commitments: unknown[];
  current?: unknown;
  contract?: unknown;
}

const TODAY = '2026-11-21';
export const NOW = Date.parse(`${TODAY}T12:00:00Z`);
const DAY = 86_400_000;

// ---- Days, by hand --------------------------------------------------------------------------------------------------

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Months number `from` up to and without `to`, counted from `start`, that end after today. */
function left(start: string, from: number, to: number): bigint {
  let count = 0n;
  for (let k = from; k < to; k += 1) if (plusMonths(start, k + 1) > TODAY) count += 1n;
  return count;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

// ---- Money, in cents ------------------------------------------------------------------------------------------------

function text(cents: bigint, currency: string): string {
  const whole = cents / 100n;
  const rest = String(cents % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${whole}${rest === '' ? '' : `.${rest}`} ${currency}`;
}

function major(cents: bigint): number {
  return Number(cents) / 100;
}

// ---- Chance ---------------------------------------------------------------------------------------------------------

function chance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    pick: <T>(items: readonly T[]): T => items[whole(0, items.length - 1)] as T,
    isOnce: (of: number) => whole(1, of) === 1,
  };
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CAD', 'SEK', 'KWD'];

export function plant({ seed, organizations: count, planted }: PlantOptions): PlantedPortfolio {
  const luck = chance(seed);
  const organizations: PlantedOrganization[] = [];
  const commitmentManager = new Map<string, Billing>();
  const salesforce: PlantedPortfolio['salesforce'][number][] = [];
  const expected: Expected[] = [];
  const tally = new Map<string, number>();
  const inWindow = new Set<string>();
  const withState = new Set<string>();
  const withTerms = new Set<string>();
  let serial = 0;

  const digits = (width: number) => String((serial += 1)).padStart(width, '0');
  const recordId = (prefix: string) => `${prefix}${digits(12)}`;

  /** One customer: what both systems hold of it by the usual way, and tools to bend it. */
  const customer = (index: number) => {
    const currency = luck.pick(CURRENCIES);
    const hex = digits(12);
    const organization: PlantedOrganization = {
      slug: `planted-${String(index).padStart(5, '0')}`,
      name: `Planted ${index}`,
      currency,
      organizationId: `${String(seed % 1e8).padStart(8, '0')}-0000-4000-8000-${hex}`,
      accountId: recordId('a0T'),
    };
    organizations.push(organization);
    const billing: Billing = { commitments: [] };
    commitmentManager.set(organization.organizationId, billing);
    salesforce.push({
      object: 'Mission_Control_Account__c',
      fields: {
        Id: organization.accountId,
        Name: organization.name,
        Organization_ID__c: organization.organizationId,
        Account__c: null,
        CreatedDate: NOW - 900 * DAY,
        LastModifiedDate: NOW - 900 * DAY,
      },
    });
    const months = luck.pick([12, 24, 36]);
    const ago = luck.whole(1, months - 3);
    const day = luck.pick(['01', '01', '01', '15', '28', '31']);
    // A month that has a 31st, where that day was drawn.
    const base = plusMonths('2026-11-01', -ago);
    const start =
      day === '31'
        ? `${base.slice(0, 5)}${luck.pick(['01', '03', '05', '07', '08', '10', '12'])}-31`
        : `${base.slice(0, 8)}${day}`;
    const begun = start < plusMonths(TODAY, -months + 2) || start > plusMonths(TODAY, -1) ? base : start;
    // Of JPY there are no hundredths; billing counts in them all the same.
    const cents =
      BigInt(luck.whole(500, 90_000)) * (currency === 'JPY' ? 10_000n : BigInt(luck.pick([100, 100, 37])));
    const signed = Math.min(Date.parse(begun) - 17 * DAY, NOW - 20 * DAY);
    const settled = signed + 15 * DAY;

    const order = (
      over: {
        start?: string;
        months?: number;
        cents?: bigint | null;
        cycle?: string | null;
        stage?: string;
        approved?: boolean;
        handler?: string | null;
        changed?: number;
        noDuration?: 'last' | 'after';
      } = {},
    ): string => {
      const id = recordId('a0U');
      const first = over.start ?? begun;
      const length = over.months ?? months;
      const after = plusMonths(first, length);
      const amount = over.cents === undefined ? cents : over.cents;
      salesforce.push({
        object: 'Service_Order__c',
        fields: {
          Id: id,
          Name: `${organization.name} SO`,
          Stage__c: over.stage ?? 'Signed',
          Contract_Start_Date__c: first,
          Contract_End_Date__c: over.noDuration === 'after' ? after : plusDays(after, -1),
          Contract_Duration__c: over.noDuration === undefined ? length : null,
          Min_Monthly_Commit__c: amount === null ? null : major(amount),
          Commit_Cycle__c: over.cycle === undefined ? 'Monthly' : over.cycle,
          Commit_Cycle_Text__c: null,
          Rev_Ops_Approved__c: over.approved ?? true,
          commitment_handler_id__c: over.handler ?? null,
          Opportunity__c: null,
          Mission_Control_Account__c: organization.accountId,
          CreatedDate: signed,
          LastModifiedDate: over.changed ?? settled,
        },
      });
      return id;
    };
    const step = (
      orderId: string,
      number: number,
      first: string,
      length: number,
      amount: bigint,
      changed?: number,
    ) => {
      const id = recordId('a0V');
      const last = plusDays(plusMonths(first, length), -1);
      salesforce.push({
        object: 'Service_Order_Details__c',
        fields: {
          Id: id,
          Name: `SOD-${number}`,
          Service_Order__c: orderId,
          Cycle_Number__c: number,
          Commit_Amount__c: major(amount),
          Commit_Duration__c: length,
          Commit_Start_Date__c: first,
          Commit_End_Date__c: last,
          Commit_Start_Date_Normalized__c: first,
          Commit_End_Date_Normalized__c: last,
          CreatedDate: signed,
          LastModifiedDate: changed ?? settled,
        },
      });
      return id;
    };
    const held = (
      over: {
        start?: string;
        months?: number;
        cents?: bigint;
        currency?: string;
        status?: string;
        changed?: number;
        cancelled?: number;
        form?: 'seed' | 'older' | 'exclusive' | 'millis' | 'hours';
        startText?: string;
        endText?: string;
        amount?: unknown;
      } = {},
    ): string => {
      const id = `cm_${digits(10)}`;
      const first = over.start ?? begun;
      const after = plusMonths(first, over.months ?? months);
      const amount = over.cents ?? cents;
      const common = {
        organization_id: organization.organizationId,
        currency: over.currency ?? currency,
        status:
          over.status ??
          (over.cancelled !== undefined
            ? 'cancelled'
            : first > TODAY
              ? 'pending'
              : after <= TODAY
                ? 'expired'
                : 'active'),
        created_at: iso(signed + 2_000),
        updated_at: iso(over.changed ?? settled + 4_000),
        cancelled_at: over.cancelled === undefined ? null : iso(over.cancelled),
      };
      const last = plusDays(after, -1);
      billing.commitments.push(
        over.form === 'older'
          ? { ...common, id, monthly_commitment_amount: major(amount), period_start: first, period_end: last }
          : {
              ...common,
              commitment_id: id,
              amount: over.amount ?? amount,
              start_date:
                over.startText ?? (over.form === 'hours' ? `${first}T05:00:00Z` : `${first}T00:00:00Z`),
              end_date:
                over.endText ??
                (over.form === 'exclusive'
                  ? `${after}T00:00:00Z`
                  : over.form === 'millis'
                    ? `${last}T23:59:59.999Z`
                    : `${last}T23:59:59Z`),
            },
      );
      return id;
    };
    const current = (handler: string, first = begun, length = months) => {
      withState.add(organization.slug);
      billing.current = {
        commitment: {
          status: 'active',
          mmc_amount: major(cents),
          contract_start_date: first,
          contract_end_date: plusDays(plusMonths(first, length), -1),
          sync_status: 'synchronized',
          last_updated: iso(settled + 4_000),
          commitment_handler_id: handler,
        },
      };
    };
    /** The id in the order is billing's own, so billing's comes first. */
    const matched = (over: Parameters<typeof order>[0] = {}, theirs: Parameters<typeof held>[0] = {}) => {
      const commitmentId = held(theirs);
      return { commitmentId, orderId: order({ handler: commitmentId, ...over }) };
    };
    const ramp = (changed?: number) => {
      const each = months / 3;
      const handler = `ch_${digits(12)}`;
      const orderId = order({ cents: null, handler, ...(changed === undefined ? {} : { changed }) });
      return { each, handler, orderId, start: (n: number) => plusMonths(begun, n * each) };
    };
    const expect = (
      plantName: string,
      what: Omit<Expected, 'plant' | 'slug' | 'stepId' | 'perMonth' | 'overTerm'> & {
        stepId?: string;
        perMonth?: bigint;
        overTerm?: bigint;
      },
    ) => {
      expected.push({
        plant: plantName,
        slug: organization.slug,
        orderId: what.orderId,
        stepId: what.stepId ?? null,
        commitmentId: what.commitmentId,
        state: what.state,
        authority: what.authority,
        action: what.action,
        direction: what.direction,
        perMonth: what.perMonth === undefined ? null : text(what.perMonth, currency),
        overTerm: what.overTerm === undefined ? null : text(what.overTerm, currency),
      });
    };
    return {
      organization,
      billing,
      currency,
      months,
      begun,
      cents,
      settled,
      order,
      step,
      held,
      current,
      matched,
      ramp,
      expect,
      /** Later than everything else, and too long ago to be on its way; exactly so now and then. */
      late: () => NOW - (luck.isOnce(3) ? 300_000 : luck.whole(301, 345_000) * 1_000),
      fresh: () => {
        inWindow.add(organization.slug);
        return NOW - luck.whole(0, 299) * 1_000;
      },
    };
  };
  type Customer = ReturnType<typeof customer>;

  const CRM = 'SALESFORCE by RECENT_CHANGE';
  const BILLING = 'COMMITMENT_MANAGER by BILLING_DISPUTE';
  const CONTRACT = 'SIGNED_CONTRACT by CONTRACT_TERMS';
  const TODO = {
    sync: 'TRIGGER_SYNC',
    webhook: 'LOOK_FOR_FAILED_WEBHOOK',
    ask: 'ASK_A_PERSON',
    unit: 'CORRECT_UNIT',
  };

  const healthy: Record<string, (c: Customer) => void> = {
    monthly: (c) => void c.matched(),
    'no cycle stated': (c) => void c.matched({ cycle: null }),
    annual: (c) => void c.matched({ cents: c.cents * 12n, cycle: 'Annual' }),
    'annual, rounded down': (c) => {
      const year = c.currency === 'JPY' ? c.cents * 12n + 500n : c.cents * 12n + 7n;
      void c.matched({ cents: year, cycle: 'Annual' }, { cents: year / 12n });
    },
    'annual, rounded up': (c) => {
      const year = c.currency === 'JPY' ? c.cents * 12n + 700n : c.cents * 12n + 5n;
      void c.matched({ cents: year, cycle: 'Annual' }, { cents: year / 12n + 1n });
    },
    'older names': (c) => void c.matched({}, { form: 'older' }),
    'exclusive end': (c) => void c.matched({}, { form: 'exclusive' }),
    'end by the millisecond': (c) => void c.matched({}, { form: 'millis' }),
    'starts at five': (c) => void c.matched({}, { form: 'hours' }),
    'formula ends on the last day': (c) => void c.matched({ noDuration: 'last' }),
    'formula ends on the day after': (c) => void c.matched({ noDuration: 'after' }),
    'from the 31st': (c) =>
      void c.matched({ start: '2026-03-31', months: 12 }, { start: '2026-03-31', months: 12 }),
    'from a leap day': (c) =>
      void c.matched({ start: '2024-02-29', months: 36 }, { start: '2024-02-29', months: 36 }),
    'handler id not written back': (c) => {
      c.held();
      c.order();
    },
    'handler of another form': (c) => {
      c.held();
      c.order({ handler: `ch_${c.organization.slug}` });
      c.current(`ch_${c.organization.slug}`);
    },
    ramped: (c) => {
      const { each, orderId, handler, start } = c.ramp();
      [100n, 125n, 150n].forEach((percent, n) => {
        c.step(orderId, n + 1, start(n), each, c.cents * percent);
        c.held({ start: start(n), months: each, cents: c.cents * percent });
      });
      if (luck.isOnce(4)) c.current(handler, start(0), each);
    },
    'ramped, with its contract': (c) => {
      const { each, orderId, start } = c.ramp();
      [100n, 125n, 150n].forEach((percent, n) => {
        c.step(orderId, n + 1, start(n), each, c.cents * percent);
        c.held({ start: start(n), months: each, cents: c.cents * percent });
      });
      withTerms.add(c.organization.slug);
      c.billing.contract = {
        contract: {
          escalation_schedule: [
            { effective_date: start(1), increase_percent: 25, monthly_amount: c.cents * 125n },
            { effective_date: start(2), increase_percent: 20, monthly_amount: c.cents * 150n },
          ],
        },
      };
    },
    'ramp held as one': (c) => {
      const { each, orderId, start } = c.ramp();
      [0, 1, 2].forEach((n) => c.step(orderId, n + 1, start(n), each, c.cents));
      c.held();
    },
    'not begun': (c) => {
      const start = plusMonths('2026-11-01', luck.whole(1, 6));
      void c.matched({ start, months: 12 }, { start, months: 12 });
    },
    'over, and followed by another': (c) => {
      const before = plusMonths(c.begun, -12);
      void c.matched({ start: before, months: 12 }, { start: before, months: 12 });
      void c.matched();
    },
    'over long ago, and different': (c) => {
      const before = plusMonths(c.begun, -36);
      void c.matched({ start: before, months: 12, cents: c.cents * 2n }, { start: before, months: 12 });
      void c.matched();
    },
    'cancelled and terminated': (c) => {
      const before = plusMonths(c.begun, -6);
      void c.matched({ start: before, stage: 'Terminated' }, { start: before, cancelled: c.settled - DAY });
      void c.matched();
    },
    negotiating: (c) => {
      c.order({ start: plusMonths('2026-12-01', 1), stage: 'Negotiation', approved: false });
      void c.matched();
    },
    'signed, not approved': (c) => void c.order({ approved: false }),
    'never a customer': () => undefined,
    'changed just now: amount': (c) => void c.matched({ cents: c.cents + 100n, changed: c.fresh() }),
    'changed just now: unit': (c) => void c.matched({ changed: c.fresh() }, { cents: c.cents * 100n }),
    'changed just now: end': (c) => void c.matched({ months: c.months + 12, changed: c.fresh() }),
    'changed just now: one day': (c) =>
      void c.matched({ changed: c.fresh() }, { endText: `${plusMonths(c.begun, c.months)}T23:59:59Z` }),
    'signed just now': (c) => void c.order({ start: '2026-12-01', changed: c.fresh() }),
    'terminated just now': (c) => void c.matched({ stage: 'Terminated', changed: c.fresh() }),
    'approved again just now': (c) =>
      void c.matched({ changed: c.fresh() }, { cancelled: NOW - 400_000, changed: NOW - 400_000 }),
    'step changed just now': (c) => {
      const { each, orderId, start } = c.ramp();
      [0, 1, 2].forEach((n) => {
        c.step(orderId, n + 1, start(n), each, c.cents * BigInt(n + 1), n === 2 ? c.fresh() : undefined);
        c.held({ start: start(n), months: each, cents: c.cents * BigInt(n === 2 ? 5 : n + 1) });
      });
    },
    'replaced just now': (c) => {
      // The new order's dates have nothing to do with what billing still holds.
      c.held();
      c.order({ start: plusMonths(c.begun, 60), months: 12, changed: c.fresh() });
    },
  };

  const wrong: Record<string, (c: Customer, name: string) => void> = {
    'raised in the CRM': (c, name) => {
      const more = BigInt(luck.whole(1, 400)) * 100n;
      const ids = c.matched({ cents: c.cents + more, changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'CRM_AHEAD',
        authority: CRM,
        action: TODO.sync,
        direction: 'LEAKAGE',
        perMonth: more,
        overTerm: more * left(c.begun, 0, c.months),
      });
    },
    'lowered in the CRM, annual': (c, name) => {
      const less = BigInt(luck.whole(1, 400)) * 100n;
      const ids = c.matched({ cents: (c.cents - less) * 12n, cycle: 'Annual', changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'CRM_AHEAD',
        authority: CRM,
        action: TODO.sync,
        direction: 'OVERCHARGE',
        perMonth: less,
        overTerm: less * left(c.begun, 0, c.months),
      });
    },
    'raised in billing': (c, name) => {
      const more = BigInt(luck.whole(1, 400)) * 100n;
      const ids = c.matched({}, { cents: c.cents + more, changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'BILLING_AHEAD',
        authority: BILLING,
        action: TODO.webhook,
        direction: 'OVERCHARGE',
        perMonth: more,
        overTerm: more * left(c.begun, 0, c.months),
      });
    },
    'a hundred times in billing': (c, name) => {
      const ids = c.matched({ changed: c.late() }, { cents: c.cents * 100n });
      c.expect(name, {
        ...ids,
        state: 'UNIT_SUSPECT',
        authority: CONTRACT,
        action: TODO.unit,
        direction: 'OVERCHARGE',
        perMonth: c.cents * 99n,
        overTerm: c.cents * 99n * left(c.begun, 0, c.months),
      });
    },
    'a hundredth in billing': (c, name) => {
      const ids = c.matched({ cents: c.cents * 100n }, { changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'UNIT_SUSPECT',
        authority: CONTRACT,
        action: TODO.unit,
        direction: 'LEAKAGE',
        perMonth: c.cents * 99n,
        overTerm: c.cents * 99n * left(c.begun, 0, c.months),
      });
    },
    'a year for a month': (c, name) => {
      const ids = c.matched({ cents: c.cents * 12n, cycle: 'Annual' }, { cents: c.cents * 12n });
      c.expect(name, {
        ...ids,
        state: 'BILLING_AHEAD',
        authority: BILLING,
        action: TODO.webhook,
        direction: 'OVERCHARGE',
        perMonth: c.cents * 11n,
        overTerm: c.cents * 11n * left(c.begun, 0, c.months),
      });
    },
    'never sent': (c, name) => {
      const orderId = c.order({ changed: c.late() });
      c.expect(name, {
        orderId,
        commitmentId: null,
        state: 'ONLY_IN_CRM',
        authority: CRM,
        action: TODO.webhook,
        direction: 'LEAKAGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'never sent, ramped': (c, name) => {
      const each = c.months / 3;
      const orderId = c.order({ cents: null, changed: c.late() });
      let total = 0n;
      let now = 0n;
      [1n, 2n, 3n].forEach((times, n) => {
        c.step(orderId, n + 1, plusMonths(c.begun, n * each), each, c.cents * times);
        total += c.cents * times * left(plusMonths(c.begun, n * each), 0, each);
        if (now === 0n && plusMonths(c.begun, (n + 1) * each) > TODAY) now = c.cents * times;
      });
      c.expect(name, {
        orderId,
        commitmentId: null,
        state: 'ONLY_IN_CRM',
        authority: CRM,
        action: TODO.webhook,
        direction: 'LEAKAGE',
        perMonth: now,
        overTerm: total,
      });
    },
    'handler leads nowhere': (c, name) => {
      const orderId = c.order({ handler: `cm_gone_${c.organization.slug}` });
      c.expect(name, {
        orderId,
        commitmentId: null,
        state: 'ONLY_IN_CRM',
        authority: CRM,
        action: TODO.sync,
        direction: 'LEAKAGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'two orders for one time': (c, name) => {
      c.matched();
      const orderId = c.order({ cents: c.cents + 5_000n, changed: c.late() });
      c.expect(name, {
        orderId,
        commitmentId: null,
        state: 'ONLY_IN_CRM',
        authority: CONTRACT,
        action: TODO.ask,
        direction: 'LEAKAGE',
      });
    },
    'no order': (c, name) => {
      const commitmentId = c.held();
      c.expect(name, {
        orderId: null,
        commitmentId,
        state: 'ONLY_IN_BILLING',
        authority: BILLING,
        action: TODO.ask,
        direction: 'OVERCHARGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'a second commitment': (c, name) => {
      c.matched();
      const commitmentId = c.held({ cents: c.cents * 2n });
      c.expect(name, {
        orderId: null,
        commitmentId,
        state: 'ONLY_IN_BILLING',
        authority: CONTRACT,
        action: 'TERMINATE_OVERLAPPING',
        direction: 'OVERCHARGE',
        perMonth: c.cents * 2n,
        overTerm: c.cents * 2n * left(c.begun, 0, c.months),
      });
    },
    'ends a day late': (c, name) => {
      const ids = c.matched({}, { endText: `${plusMonths(c.begun, c.months)}T23:59:59Z` });
      c.expect(name, {
        ...ids,
        state: 'PERIOD_SHIFT',
        authority: CONTRACT,
        action: TODO.ask,
        direction: 'NONE',
      });
    },
    'a time zone ahead': (c, name) => {
      const ids = c.matched(
        { changed: c.late() },
        {
          startText: `${plusDays(c.begun, -1)}T23:00:00Z`,
          endText: `${plusDays(plusMonths(c.begun, c.months), -2)}T22:59:59Z`,
        },
      );
      c.expect(name, {
        ...ids,
        state: 'PERIOD_SHIFT',
        authority: CONTRACT,
        action: TODO.ask,
        direction: 'NONE',
      });
    },
    'extended in the CRM': (c, name) => {
      const ids = c.matched({ months: c.months + 12, changed: c.late() }, {});
      c.expect(name, {
        ...ids,
        state: 'CRM_AHEAD',
        authority: CRM,
        action: TODO.sync,
        direction: 'LEAKAGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, c.months, c.months + 12),
      });
    },
    'extended in billing': (c, name) => {
      const ids = c.matched({}, { months: c.months + 6, changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'BILLING_AHEAD',
        authority: BILLING,
        action: TODO.webhook,
        direction: 'OVERCHARGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, c.months, c.months + 6),
      });
    },
    'begins earlier in billing': (c, name) => {
      const [theirs, ours] = ['2026-12-01', '2027-03-01'];
      const ids = c.matched({ start: ours, months: 12, changed: c.late() }, { start: theirs, months: 15 });
      c.expect(name, {
        ...ids,
        state: 'CRM_AHEAD',
        authority: CRM,
        action: TODO.sync,
        direction: 'OVERCHARGE',
        perMonth: c.cents,
        overTerm: c.cents * 3n,
      });
    },
    'terminated, still billed': (c, name) => {
      const ids = c.matched({ stage: 'Terminated', changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'STATUS_CONFLICT',
        authority: CRM,
        action: TODO.sync,
        direction: 'OVERCHARGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'signed, cancelled in billing': (c, name) => {
      const at = c.late();
      const ids = c.matched({}, { cancelled: at, changed: at });
      c.expect(name, {
        ...ids,
        state: 'STATUS_CONFLICT',
        authority: BILLING,
        action: TODO.webhook,
        direction: 'LEAKAGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'approval withdrawn': (c, name) => {
      const ids = c.matched({ approved: false, changed: c.late() });
      c.expect(name, {
        ...ids,
        state: 'STATUS_CONFLICT',
        authority: CRM,
        action: TODO.sync,
        direction: 'OVERCHARGE',
        perMonth: c.cents,
        overTerm: c.cents * left(c.begun, 0, c.months),
      });
    },
    'a step differs': (c, name) => {
      const { each, orderId, start } = c.ramp(c.late());
      [0, 1, 2].forEach((n) => {
        const stepId = c.step(orderId, n + 1, start(n), each, c.cents * BigInt(n + 1));
        const off = n === 2 ? 700n : 0n;
        const commitmentId = c.held({ start: start(n), months: each, cents: c.cents * BigInt(n + 1) - off });
        if (n === 2) {
          c.expect(name, {
            orderId,
            stepId,
            commitmentId,
            state: 'CRM_AHEAD',
            authority: CRM,
            action: TODO.sync,
            direction: 'LEAKAGE',
            perMonth: 700n,
            overTerm: 700n * left(start(2), 0, each),
          });
        }
      });
    },
    'a step is missing': (c, name) => {
      const { each, orderId, start } = c.ramp(c.late());
      [0, 1, 2].forEach((n) => {
        const stepId = c.step(orderId, n + 1, start(n), each, c.cents * BigInt(n + 1));
        if (n < 2) c.held({ start: start(n), months: each, cents: c.cents * BigInt(n + 1) });
        else {
          c.expect(name, {
            orderId,
            stepId,
            commitmentId: null,
            state: 'ONLY_IN_CRM',
            authority: CRM,
            action: TODO.sync,
            direction: 'LEAKAGE',
            perMonth: c.cents * 3n,
            overTerm: c.cents * 3n * left(start(2), 0, each),
          });
        }
      });
    },
    'a fraction for a percent': (c, name) => {
      const { each, orderId, start } = c.ramp();
      const steps = [0, 1, 2].map((n) => {
        const amount = c.cents * (100n + 25n * BigInt(n));
        c.held({ start: start(n), months: each, cents: amount });
        return c.step(orderId, n + 1, start(n), each, amount);
      });
      withTerms.add(c.organization.slug);
      c.billing.contract = {
        contract: {
          escalation_schedule: [
            { effective_date: start(1), increase_percent: 0.25, monthly_amount: c.cents * 125n },
            { effective_date: start(2), increase_percent: 20, monthly_amount: c.cents * 150n },
          ],
        },
      };
      c.expect(name, {
        orderId,
        stepId: steps[1] ?? '',
        commitmentId: null,
        state: 'PERCENT_SUSPECT',
        authority: CONTRACT,
        action: TODO.unit,
        direction: 'NONE',
      });
    },
    'another currency': (c, name) => {
      const ids = c.matched({ changed: c.late() }, { currency: c.currency === 'CHF' ? 'USD' : 'CHF' });
      c.expect(name, {
        ...ids,
        state: 'CANNOT_COMPARE',
        authority: 'nobody',
        action: TODO.ask,
        direction: 'NONE',
      });
    },
    'a row that cannot be read': (c, name) => {
      c.held({ amount: 'a lot' });
      const orderId = c.order();
      const common = { state: 'CANNOT_COMPARE', authority: 'nobody', action: 'NONE', direction: 'NONE' };
      c.expect(name, { orderId: null, commitmentId: null, ...common });
      c.expect(name, { orderId, commitmentId: null, ...common });
    },
  };

  const [well, ill] = [Object.entries(healthy), Object.entries(wrong)];
  const count1 = (name: string) => tally.set(name, (tally.get(name) ?? 0) + 1);
  // Spread evenly, so that any part of the portfolio holds some of each.
  let done = 0;
  for (let index = 0; index < count; index += 1) {
    const c = customer(index);
    if (Math.floor(((index + 1) * planted) / count) > Math.floor((index * planted) / count)) {
      const [name, bend] = ill[done % ill.length] as (typeof ill)[number];
      bend(c, name);
      count1(name);
      done += 1;
    } else {
      const [name, make] = well[(index - done) % well.length] as (typeof well)[number];
      make(c);
      count1(name);
    }
  }
  return {
    now: NOW,
    organizations,
    commitmentManager,
    salesforce,
    expected,
    tally,
    inWindow,
    withState,
    withTerms,
  };
}
