/**
 * CloudMC's commitment API (seed 003, `backends.md` §5). Guarantees the vendor's envelopes, `{data}`, `{taskId,
 * taskStatus}` and `{errors: [{code, message, context}]}`, and its statuses: 400, 403, 404, 405, and no 401, 409 or 429,
 * which its list does not have. Refuses every path and verb that it does not know, as the vendor's list says it would.
 *
 *     GET, POST           /commitments
 *     GET, PUT, DELETE    /commitments/:id
 *     POST                /commitments/:id/terminate
 *     GET                 /tasks/:id
 *     GET                 /organizations/:id/billing_cycles/:id    ends of cycles; their ids stand in the invoices
 *     GET                 /invoices?organization_id=&billingCycle=MM-YYYY    by the month in which the cycle starts
 *
 * Behaviour, all of it for the calls that come after:
 *
 * - `taskMs` (0): how long the task of an update, delete or termination is PENDING before its change is there
 * - `taskOutcome` (`SUCCESS`): or `FAILED`, and then nothing is changed
 * - `invoicesIssued` (true): false, and no invoice of anybody counts as issued
 * - `cyclesClosed` (true): false, and no cycle of anybody counts as closed; billing has only just begun
 * - `createdPrePaid` (false): true, and a FIXED_PRICE commitment that is created is billed in advance
 *
 * Our choice, because the vendor is silent: the key is looked at before the path; the error codes (`replies.ts`); an
 * unknown organization or commitment is 404; `organization_id=` without a value is 400.
 */
import { isDay } from '../calendar.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile, Report } from '../types.js';
import { createBehaviour } from './behaviour.js';
import { cyclesOf } from './billing.js';
import type { Desk } from './desk.js';
import { cycleId, presentCommitment, presentCycle, presentInvoice, presentTask } from './present.js';
import { CODES, noEndpoint, notFound, refusal, Refused, wrongMethod, wrongParameter } from './replies.js';
import { seedCloudmc } from './seed.js';
import type { Account, Commitment } from './state.js';
import { settle } from './tasks.js';
import * as writes from './writes.js';

export interface CloudmcOptions {
  readonly clock: Clock;
  /** Told of every change; nobody when left out. */
  readonly report?: Report;
  readonly apiKey: string;
}

const BASE = '/api/v2';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How far ahead of the current one a cycle can be asked for. */
const CYCLES_AHEAD = 12;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Nothing when a bound is missing: a lone one is ignored, whatever it says (seed 003). */
function rangeOf(query: URLSearchParams): Range | undefined {
  const from = query.get('from');
  const to = query.get('to');
  if (from === null || to === null) return undefined;
  for (const [parameter, value] of Object.entries({ from, to })) {
    if (!isDay(value)) wrongParameter(parameter, 'must be a date in the format YYYY-MM-DD', value);
  }
  if (from > to) wrongParameter('from', 'cannot be after to', from);
  return { from: Date.parse(`${from}T00:00:00Z`), to: Date.parse(`${to}T00:00:00Z`) };
}

/** "Applicable during": the two ranges overlap, `from` inclusive and `to` exclusive. */
function isApplicable(commitment: Commitment, range: Range): boolean {
  return (
    Date.parse(commitment.startDate) < range.to &&
    (commitment.endDate === undefined || Date.parse(commitment.endDate) > range.from)
  );
}

/** By verb. */
type Actions = Readonly<Record<string, () => EmulatedReply>>;

export function createCloudmcApi(profiles: readonly Profile[], options: CloudmcOptions): BackendApi {
  const { clock, apiKey, report = () => undefined } = options;
  const behaviour = createBehaviour();
  let state = seedCloudmc(profiles, clock);

  /** Whom a query is about: the key's own organization when it names none. */
  function accountOf(query: URLSearchParams): Account {
    const asked = query.get('organization_id');
    if (asked !== null && !UUID.test(asked)) wrongParameter('organization_id', 'must be a UUID', asked);
    const id = asked?.toLowerCase() ?? state.callerOrganizationId;
    return state.organizations.get(id) ?? notFound('organizations', id);
  }

  function listCommitments(query: URLSearchParams, now: number): EmulatedReply {
    const { id } = accountOf(query);
    const range = rangeOf(query);
    const commitments = (state.byOrganization.get(id) ?? []).filter(
      (commitment) => !range || isApplicable(commitment, range),
    );
    return {
      status: 200,
      json: { data: commitments.map((commitment) => presentCommitment(state, commitment, now)) },
    };
  }

  function getCommitment(id: string, now: number): EmulatedReply {
    const commitment = state.commitments.get(id.toLowerCase()) ?? notFound('commitments', id);
    return { status: 200, json: { data: presentCommitment(state, commitment, now) } };
  }

  function getTask(id: string, now: number): EmulatedReply {
    const task = state.tasks.get(id.toLowerCase());
    if (!task || now >= task.expiresAt) notFound('tasks', id);
    return { status: 200, json: presentTask(task, now) };
  }

  function getBillingCycle(organizationId: string, id: string, now: number): EmulatedReply {
    const account =
      state.organizations.get(organizationId.toLowerCase()) ?? notFound('organizations', organizationId);
    const settings = behaviour.get();
    const cycle =
      cyclesOf(account.billing, settings, now, CYCLES_AHEAD).find(
        (candidate) => cycleId(account.id, candidate) === id.toLowerCase(),
      ) ?? notFound('billing_cycles', id);
    return { status: 200, json: { data: presentCycle(account, cycle, settings, now) } };
  }

  function listInvoices(query: URLSearchParams, now: number): EmulatedReply {
    const account = accountOf(query);
    const settings = behaviour.get();
    const month = query.get('billingCycle');
    const [, mm, yyyy] = /^(0[1-9]|1[0-2])-(\d{4})$/.exec(month ?? '') ?? [];
    if (month !== null && mm === undefined) {
      wrongParameter('billingCycle', 'must be a month in the format MM-YYYY', month);
    }
    const data = cyclesOf(account.billing, settings, now, 0)
      .filter(({ startsOn }) => month === null || startsOn.startsWith(`${yyyy}-${mm}-`))
      .flatMap((cycle) => presentInvoice(account, cycle, settings, now) ?? []);
    return { status: 200, json: { data } };
  }

  function actionsOf(request: EmulatedRequest, now: number): Actions | undefined {
    const { path, query } = request;
    if (!path.startsWith(`${BASE}/`)) return undefined;
    const [collection, id, part, partId, ...rest] = path.slice(BASE.length + 1).split('/');
    if (rest.length > 0 || [id, part, partId].includes('')) return undefined;
    const desk: Desk = { state, settings: behaviour.get(), now, report, request };
    if (collection === 'commitments' && partId === undefined) {
      if (id === undefined) {
        return { GET: () => listCommitments(query, now), POST: () => writes.create(desk) };
      }
      if (part === 'terminate') return { POST: () => writes.terminate(desk, id) };
      if (part !== undefined) return undefined;
      return {
        GET: () => getCommitment(id, now),
        PUT: () => writes.update(desk, id),
        DELETE: () => writes.remove(desk, id),
      };
    }
    if (collection === 'organizations' && id !== undefined && part === 'billing_cycles' && partId) {
      return { GET: () => getBillingCycle(id, partId, now) };
    }
    if (part !== undefined) return undefined;
    if (collection === 'tasks' && id !== undefined) return { GET: () => getTask(id, now) };
    if (collection === 'invoices' && id === undefined) return { GET: () => listInvoices(query, now) };
    return undefined;
  }

  return {
    name: 'cloudmc',
    handle(request) {
      if (request.headers['mc-api-key'] !== apiKey) {
        return refusal(403, CODES.notAuthorized, 'Not authorized to perform this request');
      }
      const now = clock();
      settle(state, now);
      const actions = actionsOf(request, now);
      if (!actions) return noEndpoint(request.path);
      const action = Object.hasOwn(actions, request.method) ? actions[request.method] : undefined;
      if (!action) return wrongMethod(request.method, Object.keys(actions).join(', '));
      try {
        return action();
      } catch (error) {
        if (error instanceof Refused) return error.reply;
        throw error;
      }
    },
    reset() {
      state = seedCloudmc(profiles, clock);
      behaviour.reset();
    },
    behaviour,
  };
}
