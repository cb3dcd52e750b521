/**
 * Puts an answer on the socket, or fails to, as the faults say. Guarantees a true content-length in every head, so that
 * a cut body can be told from a short one; guarantees that nothing keeps running once the client has gone.
 */
import type { ServerResponse } from 'node:http';
import type { WrittenReply } from './distort.js';
import type { Fault } from './faults.js';

function find<K extends Fault['kind']>(
  faults: readonly Fault[],
  kind: K,
): Extract<Fault, { kind: K }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
}

/** `sent` is told the status when a status line goes out. */
export function deliver(
  response: ServerResponse,
  reply: WrittenReply,
  faults: readonly Fault[],
  sent: (status: number) => void,
): void {
  const slow = faults.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.ms : 0), 0);
  if (slow === 0) return send(response, reply, faults, sent);
  const timer = setTimeout(() => send(response, reply, faults, sent), slow);
  response.once('close', () => clearTimeout(timer));
}

function send(
  response: ServerResponse,
  reply: WrittenReply,
  faults: readonly Fault[],
  sent: (status: number) => void,
): void {
  if (response.destroyed) return;
  if (find(faults, 'silent') !== undefined) return;
  if (find(faults, 'reset') !== undefined) {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body, 'utf8');
  const bodiless = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(!bodiless && { 'content-length': body.byteLength }),
  });
  sent(reply.status);

  const cut = find(faults, 'cut');
  if (cut !== undefined) {
    // At least one byte short whatever was asked, or a small body would not be cut at all.
    const kept = body.subarray(0, Math.max(0, Math.min(cut.afterBytes, body.byteLength - 1)));
    response.flushHeaders();
    response.write(kept.byteLength > 0 ? kept : '', () => response.socket?.end());
    return;
  }
  const drip = find(faults, 'drip');
  if (drip !== undefined) return dripOut(response, body, drip);
  response.end(body);
}

function dripOut(
  response: ServerResponse,
  body: Buffer,
  { bytes, everyMs }: Extract<Fault, { kind: 'drip' }>,
): void {
  let offset = 0;
  response.flushHeaders();
  const timer = setInterval(() => {
    response.write(body.subarray(offset, offset + bytes));
    offset += bytes;
    if (offset < body.byteLength) return;
    clearInterval(timer);
    response.end();
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}
