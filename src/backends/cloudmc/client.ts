/**
 * The endpoints of CloudMC that are used, and what its replies mean. Vendor page: Commitments (seed 003).
 *
 * Guarantees: no list is asked for without an organization; without one CloudMC answers with the commitments of
 * whoever owns the key. Refuses `from` and `to`: they work only together, and a lone one is ignored in silence.
 */
import type { Endpoint, Judge } from '../../upstream/endpoint.js';
import { matches, path, segment } from '../../upstream/path.js';
import type { WriteEndpoint } from '../../upstream/write.js';
import { failureOfReply, failureOfStatus } from '../reply-status.js';
import {
  commitmentList,
  commitmentReply,
  isTask,
  readErrors,
  taskReply,
  type WireCommitmentList,
  type WireCommitmentReply,
  type WireTask,
} from './wire.js';

const UUID = /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}/;

/** The credential that calls of this backend carry. */
export const API_KEY = 'api-key';

/** An organization's id at CloudMC. Made by `organizationIdOf` only. */
export type CloudmcOrganizationId = string & { readonly __brand: 'CloudmcOrganizationId' };

/** `null` unless the text is a UUID. */
export function organizationIdOf(value: string): CloudmcOrganizationId | null {
  return matches(UUID, value) ? (value as CloudmcOrganizationId) : null;
}

/** All commitments of one organization. `organization_id` is the parameter's real name (`backends.md` C23). */
export const listCommitments: Endpoint<
  { readonly organizationId: CloudmcOrganizationId },
  WireCommitmentList
> = {
  name: 'commitments.list',
  method: 'GET',
  path: () => path`commitments`,
  query: ({ organizationId }) => {
    // The type says so already; a cast must not be able to widen the list to the key's own organization.
    if (organizationIdOf(organizationId) === null) throw new RangeError('a list without an organization');
    return { organization_id: organizationId };
  },
  credential: API_KEY,
  wire: commitmentList,
  isShared: true,
  isDigested: true,
};

/** One commitment. */
export const getCommitment: Endpoint<{ readonly id: string }, WireCommitmentReply> = {
  name: 'commitments.get',
  method: 'GET',
  path: ({ id }) => path`commitments/${segment(UUID, id)}`,
  credential: API_KEY,
  wire: commitmentReply,
  isShared: true,
};

/** Whether the text can be the id of a commitment. */
export function isCommitmentId(externalId: string): boolean {
  return matches(UUID, externalId);
}

/** Whether the text can be the id of a product. */
export function isProductId(externalId: string): boolean {
  return matches(UUID, externalId);
}

// ---- Writes ---------------------------------------------------------------------------------------------------------

/** Answers with the commitment itself, at once. */
export const createCommitment: WriteEndpoint<object, WireCommitmentReply> = {
  name: 'commitments.create',
  method: 'POST',
  path: () => path`commitments`,
  credential: API_KEY,
  wire: commitmentReply,
};

export const updateCommitment: WriteEndpoint<{ readonly id: string }, WireTask> = {
  name: 'commitments.update',
  method: 'PUT',
  path: ({ id }) => path`commitments/${segment(UUID, id)}`,
  credential: API_KEY,
  wire: taskReply,
};

export const terminateCommitment: WriteEndpoint<{ readonly id: string }, WireTask> = {
  name: 'commitments.terminate',
  method: 'POST',
  path: ({ id }) => path`commitments/${segment(UUID, id)}/terminate`,
  credential: API_KEY,
  wire: taskReply,
};

export const deleteCommitment: WriteEndpoint<{ readonly id: string }, WireTask> = {
  name: 'commitments.delete',
  method: 'DELETE',
  path: ({ id }) => path`commitments/${segment(UUID, id)}`,
  credential: API_KEY,
  wire: taskReply,
};

// A UUID in all samples but one, which has a placeholder (`backends.md` §5.6): not worth losing a task for.
const TASK_ID = /[A-Za-z0-9][A-Za-z0-9._~-]{0,127}/;

/** Whether the text can be the id of a task that can be asked for. */
export function isTaskId(text: string): boolean {
  return matches(TASK_ID, text);
}

/** What became of a write. Tasks are forgotten after about half an hour (`backends.md` §5.6). Never kept, never shared. */
export const getTask: Endpoint<{ readonly id: string }, WireTask> = {
  name: 'tasks.get',
  method: 'GET',
  path: ({ id }) => path`tasks/${segment(TASK_ID, id)}`,
  credential: API_KEY,
  wire: taskReply,
  isShared: false,
};

/**
 * Judges replies. `clock`: epoch milliseconds.
 *
 * 403 is NOT_FOUND here: CloudMC has no 401 and answers 403 or 404 for what the key may not see (`backends.md` §5.5,
 * §5.7), so neither can be told from a record that does not exist. What they mean for a list, and whether the key is
 * good at all, `loaders.ts` decides. To a write both are a refusal.
 *
 * `errors` beside the status of a task are why the task failed: the call that tells so did not.
 */
export function createJudge(clock: () => number): Judge {
  return {
    failureOf: (reply) => {
      const { isError, text } = readErrors(reply.body);
      if (reply.status === 403) return failureOfReply('NOT_FOUND', 'CLOUDMC', reply, clock(), { text });
      const failed = failureOfStatus('CLOUDMC', reply, clock(), { text });
      if (failed === null && isError && !isTask(reply.body))
        return failureOfReply('UPSTREAM_REJECTED', 'CLOUDMC', reply, clock(), { text });
      return failed;
    },
    isUnauthenticated: ({ status }) => status === 401,
  };
}
