/**
 * CloudMC's commitment API (seed 003, `backends.md` §5), the part that reads. Guarantees the vendor's envelopes, `{data}`
 * and `{errors: [{code, message, context}]}`, and its statuses: 400, 403, 404, 405, and no 401, 409 or 429, which its
 * list does not have. Refuses every path and verb that it does not know, as the vendor's list says it would.
 *
 * Our choice, because the vendor is silent: the key is looked at before the path; the error codes (9000 and up, only
 * code 2012 is ever shown); an unknown organization or commitment is 404; `organization_id=` without a value is 400.
 */
import { isDay } from '../calendar.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile } from '../types.js';
import { presentCommitment, presentTask } from './present.js';
import { seedCloudmc } from './seed.js';
import type { Commitment } from './state.js';

export interface CloudmcOptions {
  readonly clock: Clock;
  readonly apiKey: string;
}

const BASE = '/api/v2';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function refusal(
  status: number,
  code: number,
  message: string,
  context: Record<string, unknown> = {},
): EmulatedReply {
  return { status, json: { errors: [{ code, message, context }] } };
}

const notFound = (type: string, id: string): EmulatedReply =>
  refusal(404, 9011, `No ${type} was found with the id ${id}`, { type, id });

const noEndpoint = (path: string): EmulatedReply =>
  refusal(404, 9002, 'Cannot locate the specified endpoint', { path });

function wrongMethod(method: string): EmulatedReply {
  const reply = refusal(405, 9003, 'Cannot use that HTTP verb on the specified endpoint', { method });
  return { ...reply, headers: { allow: 'GET' } };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Nothing when a bound is missing: a lone one is ignored, whatever it says (seed 003). */
function rangeOf(query: URLSearchParams): Range | EmulatedReply | undefined {
  const from = query.get('from');
  const to = query.get('to');
  if (from === null || to === null) return undefined;
  for (const [parameter, value] of Object.entries({ from, to })) {
    if (!isDay(value)) {
      return refusal(400, 9010, `${parameter} must be a date in the format YYYY-MM-DD`, { parameter, value });
    }
  }
  if (from > to) return refusal(400, 9010, 'from cannot be after to', { from, to });
  return { from: Date.parse(`${from}T00:00:00Z`), to: Date.parse(`${to}T00:00:00Z`) };
}

/** "Applicable during": the two ranges overlap, `from` inclusive and `to` exclusive. */
function isApplicable(commitment: Commitment, range: Range): boolean {
  return (
    Date.parse(commitment.startDate) < range.to &&
    (commitment.endDate === undefined || Date.parse(commitment.endDate) > range.from)
  );
}

export function createCloudmcApi(profiles: readonly Profile[], options: CloudmcOptions): BackendApi {
  const { clock, apiKey } = options;
  let state = seedCloudmc(profiles, clock);

  function listCommitments(query: URLSearchParams): EmulatedReply {
    const asked = query.get('organization_id');
    if (asked !== null && !UUID.test(asked)) {
      return refusal(400, 9010, 'organization_id must be a UUID', {
        parameter: 'organization_id',
        value: asked,
      });
    }
    const organizationId = asked?.toLowerCase() ?? state.callerOrganizationId;
    if (!state.organizations.has(organizationId)) return notFound('organizations', organizationId);
    const range = rangeOf(query);
    if (range && 'status' in range) return range;
    const now = clock();
    const commitments = (state.byOrganization.get(organizationId) ?? []).filter(
      (commitment) => !range || isApplicable(commitment, range),
    );
    return {
      status: 200,
      json: { data: commitments.map((commitment) => presentCommitment(state, commitment, now)) },
    };
  }

  function getCommitment(id: string): EmulatedReply {
    const commitment = state.commitments.get(id.toLowerCase());
    if (!commitment) return notFound('commitments', id);
    return { status: 200, json: { data: presentCommitment(state, commitment, clock()) } };
  }

  function getTask(id: string): EmulatedReply {
    const task = state.tasks.get(id.toLowerCase());
    const now = clock();
    if (!task || now >= task.expiresAt) return notFound('tasks', id);
    return { status: 200, json: presentTask(task, now) };
  }

  function route(request: EmulatedRequest): (() => EmulatedReply) | undefined {
    if (!request.path.startsWith(`${BASE}/`)) return undefined;
    const [collection, id, ...rest] = request.path.slice(BASE.length + 1).split('/');
    if (rest.length > 0 || id === '') return undefined;
    if (collection === 'commitments') {
      return id === undefined ? () => listCommitments(request.query) : () => getCommitment(id);
    }
    if (collection === 'tasks' && id !== undefined) return () => getTask(id);
    return undefined;
  }

  return {
    name: 'cloudmc',
    handle(request) {
      if (request.headers['mc-api-key'] !== apiKey) {
        return refusal(403, 9001, 'Not authorized to perform this request');
      }
      const answer = route(request);
      if (!answer) return noEndpoint(request.path);
      return request.method === 'GET' ? answer() : wrongMethod(request.method);
    },
    reset() {
      state = seedCloudmc(profiles, clock);
    },
  };
}
