/**
 * The endpoints of LogiSense that are used, and what its replies mean. Vendor page: Contract / Commitment, API v6
 * (seed 001); login: `backends.md` §3.1.
 *
 * Guarantees: only digits reach a path as an id. Refuses to filter on the server: no filter is documented, so every
 * list is the list of all customers (`backends.md` C9), and whoever calls it splits it.
 */
import type { RawReply, Endpoint, Judge } from '../../upstream/endpoint.js';
import { matches, path, segment } from '../../upstream/path.js';
import type { WriteEndpoint } from '../../upstream/write.js';
import { failureOfReply, failureOfStatus } from '../reply-status.js';
import {
  commitmentPage,
  commitmentReply,
  loginReply,
  readErrors,
  writeReply,
  type WireCommitmentPage,
  type WireCommitmentReply,
  type WireLogin,
  type WireWriteReply,
} from './wire.js';

const ID = /0|[1-9]\d{0,17}/;

/** The credential that calls of this backend carry. */
export const TOKEN = 'token';

// Items come plain (`backends.md` C10); the action form is read all the same.
const OUTPUT_FORMAT = { OutputFormat: 'instance' } as const;

export interface CommitmentPageParams {
  /** From 1. */
  readonly pageNumber: number;
  /** The server may give fewer. */
  readonly pageSize: number;
}

/** All commitments of all account contracts, with periods and links. Paging travels in a header (`backends.md` §3.4). */
export const listCommitments: Endpoint<CommitmentPageParams, WireCommitmentPage> = {
  name: 'commitments.paged-detail',
  method: 'GET',
  path: () => path`Contract/Commitment/Paged/Detail`,
  headers: ({ pageNumber, pageSize }) => ({
    OutputFormat: OUTPUT_FORMAT.OutputFormat,
    Pagination: JSON.stringify({ pageNumber, pageSize, excludeTotalCount: false }),
  }),
  credential: TOKEN,
  wire: commitmentPage,
  // The scan is shared as a whole: pages of different ages would not add up to a list.
  isShared: false,
  isDigested: true,
};

/** One commitment, with periods and links. */
export const getCommitment: Endpoint<{ readonly identity: string }, WireCommitmentReply> = {
  name: 'commitments.detail',
  method: 'GET',
  path: ({ identity }) => path`Contract/Commitment/${segment(ID, identity)}/Detail`,
  headers: () => OUTPUT_FORMAT,
  credential: TOKEN,
  wire: commitmentReply,
  isShared: true,
};

interface OfCommitment {
  readonly identity: string;
}

// Writes carry no OutputFormat: both forms of items are read (`backends.md` C10).

export const createCommitment: WriteEndpoint<null, WireWriteReply> = {
  name: 'commitments.create',
  method: 'POST',
  path: () => path`Contract/Commitment/`,
  credential: TOKEN,
  wire: writeReply,
};

/** Changes the members that are given (`backends.md` §3.3). */
export const updateCommitment: WriteEndpoint<OfCommitment, WireWriteReply> = {
  name: 'commitments.update',
  method: 'PUT',
  path: ({ identity }) => path`Contract/Commitment/${segment(ID, identity)}`,
  credential: TOKEN,
  wire: writeReply,
};

/** Several commitments with their periods and services at once: one transaction (`backends.md` §3.6). */
export const patchCommitments: WriteEndpoint<OfCommitment, WireWriteReply> = {
  name: 'commitments.patch',
  method: 'PATCH',
  path: ({ identity }) => path`Contract/Commitment/${segment(ID, identity)}`,
  credential: TOKEN,
  wire: writeReply,
};

/** With all that hangs on it. */
export const deleteCommitment: WriteEndpoint<OfCommitment, WireWriteReply> = {
  name: 'commitments.delete',
  method: 'DELETE',
  path: ({ identity }) => path`Contract/Commitment/${segment(ID, identity)}`,
  credential: TOKEN,
  wire: writeReply,
};

/** A first token by password, or the next one by refresh token: the form decides. On the authorization server. */
export const login: Endpoint<{ readonly form: Readonly<Record<string, string>> }, WireLogin> = {
  name: 'access.login',
  method: 'POST',
  path: () => path`Access/Login`,
  headers: () => ({ Accept: 'application/json' }),
  form: ({ form }) => form,
  credential: 'none',
  wire: loginReply,
  isShared: false,
};

/** Whether the text can be an id of LogiSense: a whole number without leading zeros. */
export function isCommitmentId(externalId: string): boolean {
  return matches(ID, externalId);
}

/** Judges replies of the resource server. `clock`: epoch milliseconds. */
export function createJudge(clock: () => number): Judge {
  return {
    failureOf: (reply) => {
      const words = readErrors(reply.body);
      const failed = failureOfStatus('LOGISENSE', reply, clock(), words);
      // 400 is the documented status of errors (`backends.md` §3.7); a body that lists errors is none the less one.
      if (failed === null && words.text !== undefined) {
        return failureOfReply('UPSTREAM_REJECTED', 'LOGISENSE', reply, clock(), words);
      }
      return failed;
    },
    isUnauthenticated: ({ status }) => status === 401,
  };
}

/**
 * Judges replies to logins. A refused login is UPSTREAM_REJECTED, so that nothing repeats it as it is (accounts get
 * locked); what callers are told is the authenticator's business.
 */
export function createLoginJudge(clock: () => number): Judge {
  const isRefused = ({ status }: RawReply) => status === 400 || status === 401 || status === 403;
  return {
    // The body of a refused login is not repeated, not even in the log: it may quote what was sent.
    failureOf: (reply) =>
      isRefused(reply)
        ? failureOfReply('UPSTREAM_REJECTED', 'LOGISENSE', reply, clock(), { text: 'login refused' })
        : failureOfStatus('LOGISENSE', reply, clock()),
    isUnauthenticated: () => false,
  };
}
