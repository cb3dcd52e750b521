/**
 * Faults that change what the vendor says: another tenant's records, a changed schema, bytes that are no JSON.
 * Guarantees that digits of numbers survive every change, and that an answer without the thing to change stays as it is.
 */
import { LosslessNumber, stringify } from 'lossless-json';
import type { Fault, Malformation } from './faults.js';
import type { EmulatedReply } from './types.js';

/** A reply with its bytes decided. */
export interface WrittenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What goes over the wire for a reply, after all faults that change its content. */
export function writeReply(reply: EmulatedReply, faults: readonly Fault[]): WrittenReply {
  let { json } = reply;
  for (const fault of faults) if (fault.kind === 'schema') json = changeSchema(json, fault);
  const isJson = reply.text === undefined && json !== undefined;
  let written: WrittenReply = {
    status: reply.status,
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...reply.headers },
    body: reply.text ?? (isJson ? (stringify(json) ?? '') : ''),
  };
  for (const fault of faults) {
    if (fault.kind === 'foreign') {
      written = { ...written, body: written.body.replaceAll(fault.replace, () => fault.with) };
    } else if (fault.kind === 'malform') {
      written = malform(written, fault.as);
    }
  }
  return written;
}

function changeSchema(value: unknown, fault: Extract<Fault, { kind: 'schema' }>): unknown {
  if (Array.isArray(value)) return value.map((item) => changeSchema(item, fault));
  if (typeof value !== 'object' || value === null || value instanceof LosslessNumber) return value;
  const { rename, remove, set = {} } = fault;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== remove)
      .map(([name, member]) => [
        name === rename?.from ? rename.to : name,
        Object.hasOwn(set, name) ? set[name] : changeSchema(member, fault),
      ]),
  );
}

const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>' +
  '<body><h1>502 Bad Gateway</h1><p>proxy.internal.example</p></body></html>\n';

function malform(reply: WrittenReply, as: Malformation): WrittenReply {
  switch (as) {
    case 'truncated':
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    case 'html':
      // Status untouched: proxies and sign-in pages do answer 200 with a page.
      return {
        ...reply,
        headers: { ...reply.headers, 'content-type': 'text/html; charset=utf-8' },
        body: HTML_PAGE,
      };
    case 'empty':
      return { ...reply, body: '' };
    case 'not-json':
      return { ...reply, body: 'upstream connect error or disconnect/reset before headers' };
    case 'bom':
      return { ...reply, body: `\uFEFF${reply.body}` };
    case 'trailing-comma':
      return { ...reply, body: reply.body.replace(/([}\]])\s*$/, ',$1') };
  }
}
