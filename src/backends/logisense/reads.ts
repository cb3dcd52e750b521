/**
 * What a change rests on, read from LogiSense: the commitments that it names, and what is on the account contracts that
 * get new ones.
 *
 * Guarantees: nothing of another customer is handed out, not even that it is there in the shape of its content; "absent"
 * is said only by the vendor's 404 or by a list that was read whole. Rejects with `SourceError` otherwise: a change is
 * neither sent nor settled on a guess.
 */
import { dayOf, instantOfMillis } from '../../domain/calendar.js';
import type { ContractCommitment } from '../../domain/commitment.js';
import { SourceError, sourceError } from '../../domain/failure.js';
import type { Observation } from '../../domain/observation.js';
import type { Organization } from '../../domain/organization.js';
import type { Drift } from '../../observability/drift.js';
import type { Upstream } from '../../upstream/endpoint.js';
import { oldestOf } from '../pages.js';
import { readRecord } from '../records.js';
import { getCommitment, isCommitmentId } from './client.js';
import { isOwn, toCommitment } from './mapper.js';
import { scanAll, type Scan } from './scan.js';
import { scopeOf } from './scopes.js';
import { accountContractOf, commitmentItem, commitmentOf, identityOf, type WireCommitment } from './wire.js';

export interface ReadSettings {
  readonly upstream: Upstream;
  readonly drift: Drift;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly pageSize: number;
  readonly maxPages: number;
}

export interface Own {
  readonly kind: 'own';
  readonly row: WireCommitment;
  /** As it came. */
  readonly raw: unknown;
  readonly commitment: ContractCommitment;
}

export type Found = Own | { readonly kind: 'absent' } | { readonly kind: 'foreign' };

/** All that is on an account contract. */
export interface Register {
  /** By id; `null`: there, and cannot be read. */
  readonly rows: ReadonlyMap<string, Pick<Own, 'row' | 'raw'> | null>;
  /** Rows without an id that can be read. */
  readonly unreadable: number;
}

export interface Seen {
  readonly found: ReadonlyMap<string, Found>;
  /** By account contract. */
  readonly registers: ReadonlyMap<string, Register>;
  readonly observation: Observation;
}

export interface Wanted {
  readonly commitmentIds: readonly string[];
  readonly accountContractIds: readonly string[];
}

export interface Reads {
  read(organization: Organization, wanted: Wanted): Promise<Seen>;
}

const ABSENT: Found = { kind: 'absent' };
const FOREIGN: Found = { kind: 'foreign' };
// As where commitments are shown: three single reads cost as much as most scans.
const SINGLE_AT_MOST = 2;

export function createReads({ upstream, drift, clock, pageSize, maxPages }: ReadSettings): Reads {
  const now = (): Observation => ({ observedAt: instantOfMillis(clock()), stale: false });

  const foundIn = (raw: unknown, organization: Organization, observation: Observation): Found => {
    const owner = accountContractOf(raw);
    if (owner !== null && !(organization.logisense?.accountContractIds.includes(owner) ?? false)) {
      return FOREIGN;
    }
    const own = readRecord<WireCommitment, Own>(raw, 'commitment', {
      source: 'LOGISENSE',
      drift,
      schema: commitmentItem,
      isOwn: (row) => isOwn(row, organization),
      map: (row) => ({
        kind: 'own',
        row,
        raw,
        commitment: toCommitment(row, {
          organization,
          observation,
          today: dayOf(observation.observedAt),
          drift,
        }),
      }),
    });
    return own ?? FOREIGN;
  };

  /** `null`: the vendor does not say. */
  const single = async (
    organization: Organization,
    identity: string,
  ): Promise<{ readonly found: Found; readonly observation: Observation } | null> => {
    try {
      const { body, observation } = await upstream.call(
        getCommitment,
        { identity },
        scopeOf(organization.slug),
      );
      if (identityOf(body.instance) !== identity) {
        throw malformed('another commitment than the one asked for');
      }
      return { found: foundIn(body.instance, organization, observation), observation };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.failure.code === 'NOT_FOUND') return { found: ABSENT, observation: now() };
      // 400 is the only documented status of errors (`backends.md` §3.7): it may mean that there is none.
      if (error.failure.code === 'UPSTREAM_REJECTED') return null;
      throw error;
    }
  };

  const whole = async (): Promise<Scan> => {
    const scan = await scanAll({ upstream, pageSize, maxPages });
    const [failed] = scan.failures;
    if (failed !== undefined) throw new SourceError(failed);
    if (scan.truncated) throw malformed('the list of commitments could not be read to its end');
    return scan;
  };

  const readAll = async (organization: Organization, wanted: Wanted): Promise<Seen> => {
    const scan = await whole();
    const { observation } = scan;
    const byId = new Map<string, unknown>();
    for (const rows of scan.rowsByOwner.values()) {
      for (const row of rows) {
        const identity = identityOf(row);
        if (identity !== null) byId.set(identity, row);
      }
    }
    const contradicted = new Set(scan.contradictions.flat().map(identityOf));
    const found = wanted.commitmentIds.map((identity): readonly [string, Found] => {
      if (contradicted.has(identity)) {
        throw malformed('one commitment came twice, with different content');
      }
      return [identity, byId.has(identity) ? foundIn(byId.get(identity), organization, observation) : ABSENT];
    });
    const registers = wanted.accountContractIds.map((owner): readonly [string, Register] => [
      owner,
      registerOf(owner, scan),
    ]);
    return { found: new Map(found), registers: new Map(registers), observation };
  };

  return {
    async read(organization, wanted) {
      const commitmentIds = wanted.commitmentIds.filter(isCommitmentId);
      if (wanted.accountContractIds.length === 0 && commitmentIds.length <= SINGLE_AT_MOST) {
        const answers = await Promise.all(commitmentIds.map((identity) => single(organization, identity)));
        const known = answers.filter((answer) => answer !== null);
        if (known.length === commitmentIds.length) {
          return {
            found: new Map(known.map(({ found }, i) => [commitmentIds[i] ?? '', found])),
            registers: new Map(),
            observation: oldestOf([now(), ...known.map(({ observation }) => observation)]),
          };
        }
      }
      return readAll(organization, { ...wanted, commitmentIds });
    },
  };
}

/** Rows that do not tell their owner may be on this account contract as on any other: they count. */
function registerOf(owner: string, { rowsByOwner, contradictions }: Scan): Register {
  const mayBeOn = (row: unknown) => [owner, null].includes(accountContractOf(row));
  const rows = new Map<string, Pick<Own, 'row' | 'raw'> | null>();
  let unreadable = 0;
  for (const raw of [owner, null].flatMap((one) => rowsByOwner.get(one) ?? [])) {
    const identity = identityOf(raw);
    const row = commitmentOf(raw);
    if (identity === null) unreadable += 1;
    else rows.set(identity, row === null ? null : { row, raw });
  }
  for (const raw of contradictions.flat().filter(mayBeOn)) {
    const identity = identityOf(raw);
    if (identity !== null) rows.set(identity, null);
  }
  return { rows, unreadable };
}

function malformed(detail: string): SourceError {
  return sourceError('UPSTREAM_MALFORMED', 'LOGISENSE', { detail });
}
