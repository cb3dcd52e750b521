/**
 * LogiSense's contract commitments, version 6 (seed 001, `backends.md` §3), the part that reads, with the login before
 * it. Guarantees the vendor's envelopes, a trackingId of its own for every call, and literal paths before `{id}`:
 * `Contract/Commitment/Paged` and `…/PenaltyChargeType` are no ids. Refuses a missing or expired token with 401, an
 * unknown id or path with 404, another verb with 405.
 *
 * Our choice, because the vendor lists only 400: those three statuses; `type: "retrieve"` in the errors of reads;
 * `OutputFormat: result` shapes the items of lists and leaves a single `instance` as it is. Account/Contract stands here
 * because nothing else dates a commitment; its path and members come from pages of v5 and v10.
 */
import { chanceOf } from '../random.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile } from '../types.js';
import { readOutputFormat, readPagination, type Problem } from './paging.js';
import {
  presentAccountContract,
  presentCommitment,
  presentCommitmentDetail,
  presentCommitmentType,
  presentNamed,
} from './present.js';
import { seedLogisense } from './seed.js';
import type { LogisenseState } from './state.js';
import { createTokenDesk, type Credentials, type TokenDesk } from './tokens.js';

export interface LogisenseOptions extends Credentials {
  readonly clock: Clock;
}

type Wire = Record<string, unknown>;
type Row = { readonly identity: number };

/** Something that can be listed, paged and read by its id. */
interface Resource {
  readonly path: string;
  readonly dtoTypeKey: string;
  rows(): ReadonlyMap<number, Row>;
  plain(id: number): Wire | undefined;
  detail?(id: number): Wire | undefined;
}

type Shape = 'plain' | 'detail';

const LOGIN = '/AuthorizationServer/api/v6/Access/Login';
const BASE = '/ResourceServer/api/v6/';

/** Ours, but for 13100000, the vendor's code for an id that does not exist. */
const CODES = {
  unauthorized: 10300000,
  noRoute: 10200000,
  wrongVerb: 10200001,
  unknownId: 13100000,
} as const;

/** Ties a map of rows to the way one of them is shown. */
function resource<T extends Row>(
  path: string,
  dtoTypeKey: string,
  rows: () => ReadonlyMap<number, T>,
  plain: (row: T) => Wire,
  detail?: (row: T) => Wire,
): Resource {
  const showing = (show: (row: T) => Wire) => (id: number) => {
    const row = rows().get(id);
    return row && show(row);
  };
  return { path, dtoTypeKey, rows, plain: showing(plain), ...(detail && { detail: showing(detail) }) };
}

export function createLogisenseApi(profiles: readonly Profile[], options: LogisenseOptions): BackendApi {
  const { clock } = options;
  let state: LogisenseState = seedLogisense(profiles);
  let desk: TokenDesk = createTokenDesk(clock, options);
  let calls = 0;

  // The longer path first, so that PenaltyChargeType is not taken for the id of a commitment.
  const resources: readonly Resource[] = [
    resource(
      'Contract/Commitment/PenaltyChargeType',
      'contractCommitmentPenaltyChargeType',
      () => state.penaltyChargeTypes,
      presentNamed,
    ),
    resource(
      'Contract/CommitmentType',
      'contractCommitmentType',
      () => state.commitmentTypes,
      presentCommitmentType,
    ),
    resource(
      'Contract/Commitment',
      'contractCommitment',
      () => state.commitments,
      (row) => presentCommitment(state, row),
      (row) => presentCommitmentDetail(state, row),
    ),
    resource(
      'Account/Contract',
      'accountContract',
      () => state.accountContracts,
      (row) => presentAccountContract(state, row),
    ),
  ];

  function trackingId(): string {
    calls += 1;
    return chanceOf(`logisense call ${calls}`).uuid();
  }

  function refusal(status: number, ...errors: Problem[]): EmulatedReply {
    return { status, json: { trackingId: trackingId(), type: 'retrieve', errors } };
  }

  function show(source: Resource, shape: Shape, id: number): Wire | undefined {
    return shape === 'detail' ? source.detail?.(id) : source.plain(id);
  }

  function items(source: Resource, shape: Shape, ids: readonly number[], asRecords: boolean): unknown[] {
    return ids.map((identity) => {
      const instance = show(source, shape, identity);
      return asRecords
        ? { identity, action: 'retrieved', dtoTypeKey: source.dtoTypeKey, instance }
        : instance;
    });
  }

  function list(source: Resource, headers: EmulatedRequest['headers']): EmulatedReply {
    const format = readOutputFormat(headers['outputformat']);
    if (typeof format === 'object') return refusal(400, ...format.problems);
    const ids = [...source.rows().keys()];
    return {
      status: 200,
      json: {
        trackingId: trackingId(),
        totalCount: ids.length,
        items: items(source, 'plain', ids, format === 'result'),
      },
    };
  }

  function page(source: Resource, shape: Shape, headers: EmulatedRequest['headers']): EmulatedReply {
    const format = readOutputFormat(headers['outputformat']);
    const pagination = readPagination(headers['pagination']);
    if (typeof format === 'object' || 'problems' in pagination) {
      return refusal(
        400,
        ...('problems' in pagination ? pagination.problems : []),
        ...(typeof format === 'object' ? format.problems : []),
      );
    }
    const { pageNumber, pageSize, excludeTotalCount } = pagination;
    const ids = [...source.rows().keys()];
    const pageIds = ids.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
    return {
      status: 200,
      json: {
        trackingId: trackingId(),
        pagination: { pageNumber, pageSize, excludeTotalCount },
        pagedResults: {
          ...(!excludeTotalCount && { totalCount: ids.length }),
          items: items(source, shape, pageIds, format === 'result'),
        },
      },
    };
  }

  function single(source: Resource, shape: Shape, id: string): EmulatedReply {
    const instance = show(source, shape, Number(id));
    if (!instance) {
      return refusal(404, { code: CODES.unknownId, message: `'Identity' ${id} does not exist.` });
    }
    return { status: 200, json: { trackingId: trackingId(), instance } };
  }

  function route({ path, headers }: EmulatedRequest): (() => EmulatedReply) | undefined {
    if (!path.startsWith(BASE)) return undefined;
    const asked = path.slice(BASE.length);
    const source = resources.find((one) => asked === one.path || asked.startsWith(`${one.path}/`));
    if (!source) return undefined;
    const rest = asked.slice(source.path.length + 1);
    const wantsDetail = rest.endsWith('/Detail') && source.detail !== undefined;
    const target = wantsDetail ? rest.slice(0, -'/Detail'.length) : rest;
    const shape: Shape = wantsDetail ? 'detail' : 'plain';
    if (target === 'Paged') return () => page(source, shape, headers);
    if (/^[1-9]\d{0,9}$/.test(target)) return () => single(source, shape, target);
    return target === '' && !wantsDetail ? () => list(source, headers) : undefined;
  }

  return {
    name: 'logisense',
    handle(request) {
      if (request.path === LOGIN) {
        if (request.method === 'POST') return desk.login(request);
        const reply = refusal(405, { code: CODES.wrongVerb, message: 'Use POST to log in.' });
        return { ...reply, headers: { allow: 'POST' } };
      }
      if (!desk.accepts(request.headers['authorization'])) {
        const message = 'Authorization has been denied for this request.';
        const reply = refusal(401, { code: CODES.unauthorized, message });
        return { ...reply, headers: { 'www-authenticate': 'Bearer' } };
      }
      const answer = route(request);
      if (!answer) return refusal(404, { code: CODES.noRoute, message: 'No such resource.' });
      if (request.method === 'GET') return answer();
      const message = `The resource does not support ${request.method}.`;
      return { ...refusal(405, { code: CODES.wrongVerb, message }), headers: { allow: 'GET' } };
    },
    reset() {
      state = seedLogisense(profiles);
      desk = createTokenDesk(clock, options);
      calls = 0;
    },
  };
}
