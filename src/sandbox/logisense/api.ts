/**
 * LogiSense's contract commitments, version 6 (seed 001, `backends.md` §3), with the login before it. Guarantees the
 * vendor's envelopes, a trackingId of its own for every call, and literal paths before `{id}`: `Contract/Commitment/Paged`
 * and `…/PenaltyChargeType` are no ids. Refuses a missing or expired token with 401, an unknown id or path with 404,
 * another verb with 405, and a change that the vendor's rules forbid with 400; what a change does: `writes.ts`.
 *
 * What the tenant decides (`GET` and `PUT /__control/behaviour`), back to the default by a reset:
 *
 * - `refuse`: null, or the message of a business rule to which every change is refused with 400, beside all else that is
 *   wrong with it
 * - `outputFormat`: `instance`, or `result`, for calls without the header; newer pages of the vendor show action records
 *   where seed 001 shows plain objects (C10)
 *
 * Our choice, because the vendor lists only 400: those other three statuses; `type: "retrieve"` in the errors of reads;
 * `OutputFormat: result` shapes the items of lists, of POST and of PUT, leaves a single `instance` as it is, and PATCH and
 * DELETE list action records in any format. Account/Contract stands here because nothing else dates a commitment; its
 * path and members come from pages of v5 and v10.
 */
import { chanceOf } from '../random.js';
import type { BackendApi, Clock, EmulatedReply, EmulatedRequest, Profile, Report } from '../types.js';
import { createBehaviour } from './behaviour.js';
import { readOutputFormat, readPagination } from './paging.js';
import {
  presentAccountContract,
  presentCommitment,
  presentCommitmentDetail,
  presentCommitmentType,
  presentNamed,
} from './present.js';
import { CODES, NOTHING_SAVED, type Problem, unknownId } from './problems.js';
import { seedLogisense } from './seed.js';
import type { LogisenseState } from './state.js';
import { createTokenDesk, type Credentials, type TokenDesk } from './tokens.js';
import { TYPES, write, type WriteMethod } from './writes.js';

export interface LogisenseOptions extends Credentials {
  readonly clock: Clock;
  /** Told of every change; nobody when left out. */
  readonly report?: Report;
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
type Methods = Readonly<Record<string, () => EmulatedReply>>;

const LOGIN = '/AuthorizationServer/api/v6/Access/Login';
const BASE = '/ResourceServer/api/v6/';
const COMMITMENTS = 'Contract/Commitment';

function isWriteMethod(method: string): method is WriteMethod {
  return Object.hasOwn(TYPES, method);
}

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
  const { clock, report = () => undefined } = options;
  const behaviour = createBehaviour();
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
      COMMITMENTS,
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

  function refusal(status: number, errors: readonly Problem[], type = 'retrieve'): EmulatedReply {
    return { status, json: { trackingId: trackingId(), type, errors } };
  }

  function formatOf(headers: EmulatedRequest['headers']): ReturnType<typeof readOutputFormat> {
    return readOutputFormat(headers['outputformat'], behaviour.settings.outputFormat);
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
    const format = formatOf(headers);
    if (typeof format === 'object') return refusal(400, format.problems);
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
    const format = formatOf(headers);
    const pagination = readPagination(headers['pagination']);
    if (typeof format === 'object' || 'problems' in pagination) {
      return refusal(400, [
        ...('problems' in pagination ? pagination.problems : []),
        ...(typeof format === 'object' ? format.problems : []),
      ]);
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
    if (!instance) return refusal(404, [unknownId('identity', id)]);
    return { status: 200, json: { trackingId: trackingId(), instance } };
  }

  function change(method: WriteMethod, id: string | null, request: EmulatedRequest): EmulatedReply {
    const format = formatOf(request.headers);
    const type = TYPES[method];
    if (typeof format === 'object') return refusal(400, [...format.problems, NOTHING_SAVED], type);
    const context = { state, trackingId: trackingId(), refuse: behaviour.settings.refuse, report };
    const outcome = write(context, method, id === null ? null : Number(id), request);
    const head = { trackingId: context.trackingId, type };
    if ('problems' in outcome) {
      return { status: outcome.status, json: { ...head, errors: outcome.problems } };
    }
    const { records } = outcome;
    const arePlain = format === 'instance' && (method === 'POST' || method === 'PUT');
    const results = arePlain ? records.map(({ instance }) => instance) : records;
    return { status: 200, json: { ...head, results: { totalCount: results.length, items: results } } };
  }

  /** What each method does at the address; undefined if there is no such address. */
  function route(request: EmulatedRequest): Methods | undefined {
    const { path, headers } = request;
    if (!path.startsWith(BASE)) return undefined;
    const asked = path.slice(BASE.length);
    const source = resources.find((one) => asked === one.path || asked.startsWith(`${one.path}/`));
    if (!source) return undefined;
    const rest = asked.slice(source.path.length + 1);
    const wantsDetail = rest.endsWith('/Detail') && source.detail !== undefined;
    const target = wantsDetail ? rest.slice(0, -'/Detail'.length) : rest;
    const shape: Shape = wantsDetail ? 'detail' : 'plain';
    const isWritable = source.path === COMMITMENTS && !wantsDetail;
    if (target === 'Paged') return { GET: () => page(source, shape, headers) };
    if (/^[1-9]\d{0,9}$/.test(target)) {
      return {
        GET: () => single(source, shape, target),
        ...(isWritable && {
          PUT: () => change('PUT', target, request),
          PATCH: () => change('PATCH', target, request),
          DELETE: () => change('DELETE', target, request),
        }),
      };
    }
    if (target !== '' || wantsDetail) return undefined;
    return {
      GET: () => list(source, headers),
      ...(isWritable && { POST: () => change('POST', null, request) }),
    };
  }

  return {
    name: 'logisense',
    behaviour,
    handle(request) {
      const { method } = request;
      if (request.path === LOGIN) {
        if (method === 'POST') return desk.login(request);
        const reply = refusal(405, [{ code: CODES.wrongVerb, message: 'Use POST to log in.' }]);
        return { ...reply, headers: { allow: 'POST' } };
      }
      const type = isWriteMethod(method) ? TYPES[method] : 'retrieve';
      if (!desk.accepts(request.headers['authorization'])) {
        const message = 'Authorization has been denied for this request.';
        const reply = refusal(401, [{ code: CODES.unauthorized, message }], type);
        return { ...reply, headers: { 'www-authenticate': 'Bearer' } };
      }
      const methods = route(request);
      if (!methods) return refusal(404, [{ code: CODES.noRoute, message: 'No such resource.' }], type);
      const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (answer) return answer();
      const message = `The resource does not support ${method}.`;
      const reply = refusal(405, [{ code: CODES.wrongVerb, message }], type);
      return { ...reply, headers: { allow: Object.keys(methods).join(', ') } };
    },
    reset() {
      state = seedLogisense(profiles);
      desk = createTokenDesk(clock, options);
      calls = 0;
      behaviour.reset();
    },
  };
}
