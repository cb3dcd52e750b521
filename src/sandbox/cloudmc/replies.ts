/**
 * What CloudMC says when it refuses: `{errors: [{code, message, context}]}` with 400, 403, 404 or 405, the only statuses
 * that its list has for a caller's mistake (`backends.md` §5.7). Guarantees that whoever throws `Refused` has changed
 * nothing; the API turns it into the answer.
 *
 * The codes (9000 and up) are our choice: only code 2012 is ever shown.
 */
import type { EmulatedReply } from '../types.js';

export const CODES = {
  notAuthorized: 9001,
  noEndpoint: 9002,
  wrongMethod: 9003,
  unreadableBody: 9004,
  wrongParameter: 9010,
  notFound: 9011,
  invoiceIssued: 9020,
  cycleClosed: 9021,
  cycleNotClosed: 9022,
  wrongTerminationDate: 9023,
  immutable: 9024,
  alreadyOver: 9025,
  taskUnderWay: 9026,
  taskFailed: 9030,
} as const;

export type Context = Readonly<Record<string, unknown>>;

export function refusal(status: number, code: number, message: string, context: Context = {}): EmulatedReply {
  return { status, json: { errors: [{ code, message, context }] } };
}

export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly reply: EmulatedReply) {
    super('refused');
  }
}

/** 400 is the status of every conflict as well: the vendor's list has no 409. */
export function refuse(code: number, message: string, context: Context = {}): never {
  throw new Refused(refusal(400, code, message, context));
}

export function wrongParameter(parameter: string, wanted: string, value?: unknown): never {
  return refuse(CODES.wrongParameter, `${parameter} ${wanted}`, {
    parameter,
    ...(value !== undefined && { value }),
  });
}

export function notFound(type: string, id: string): never {
  throw new Refused(refusal(404, CODES.notFound, `No ${type} was found with the id ${id}`, { type, id }));
}

export const noEndpoint = (path: string): EmulatedReply =>
  refusal(404, CODES.noEndpoint, 'Cannot locate the specified endpoint', { path });

export function wrongMethod(method: string, allow: string): EmulatedReply {
  const reply = refusal(405, CODES.wrongMethod, 'Cannot use that HTTP verb on the specified endpoint', {
    method,
  });
  return { ...reply, headers: { allow } };
}
