/**
 * The fixed upstream: replays bytes that were made before the first request, and counts what it is asked. Written on bare
 * sockets, because it shares its processor with the load and must never be what is measured.
 *
 * Guarantees: every reply has a Content-Length, and the connection is kept; what it does not know is a 404. Refuses to
 * be anything more: requests have no body, and nothing is checked but what says which reply is meant.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import {
  createFixture,
  keyOfContracts,
  keyOfOrders,
  keyOfResource,
  keyOfResources,
  keyOfScan,
  type FixtureSize,
} from './fixture.js';

export interface Upstream {
  readonly url: string;
  /** Requests since the last time it was asked. */
  count(): number;
  close(): Promise<void>;
}

const PAGE_HEADER = /\r\npagination: *\{"pageNumber":(\d+)/i;

/** The key of the reply to a request with this target and head; `null`: nothing is there. */
export function keyOfRequest(target: string, head: string): string | null {
  if (target.startsWith('/logisense/Contract/Commitment/Paged')) {
    return keyOfScan(Number(PAGE_HEADER.exec(head)?.[1] ?? 1));
  }
  const resources = /^\/cloudmc\/commitments\?organization_id=([0-9a-f-]+)$/.exec(target)?.[1];
  if (resources !== undefined) return keyOfResources(resources);
  const resource = /^\/cloudmc\/commitments\/([0-9a-f-]+)$/.exec(target)?.[1];
  if (resource !== undefined) return keyOfResource(resource);
  const contracts = /^\/monetizenow\/api\/accounts\/(\w+)\/contracts\?(.*)$/.exec(target);
  if (contracts !== null) {
    return keyOfContracts(contracts[1] ?? '', Number(/currentPage=(\d+)/.exec(contracts[2] ?? '')?.[1] ?? 0));
  }
  const orders = /^\/salesforce\/services\/data\/v59\.0\/query\?.*(a0T\d{12})/.exec(target)?.[1];
  return orders === undefined ? null : keyOfOrders(orders);
}

function replyOf(body: string | undefined): Buffer {
  const bytes = Buffer.from(body ?? '{"error":"nothing is there"}');
  const head = `HTTP/1.1 ${body === undefined ? '404 Not Found' : '200 OK'}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\nconnection: keep-alive\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** On a free port of loopback. */
export async function startUpstream(size: FixtureSize): Promise<Upstream> {
  const { bodies } = createFixture(size);
  const replies = new Map([...bodies].map(([key, body]) => [key, replyOf(body)]));
  const nothing = replyOf(undefined);
  // Targets without a page in their head are looked up once.
  const byTarget = new Map<string, Buffer>();
  let asked = 0;

  const replyTo = (head: string): Buffer => {
    asked += 1;
    const from = head.indexOf(' ') + 1;
    const target = head.slice(from, head.indexOf(' ', from));
    const known = byTarget.get(target);
    if (known !== undefined) return known;
    const key = keyOfRequest(target, head);
    const found = (key === null ? undefined : replies.get(key)) ?? nothing;
    if (!target.startsWith('/logisense')) byTarget.set(target, found);
    return found;
  };
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    let rest = '';
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = rest.slice(0, end + 2);
        rest = rest.slice(end + 4);
        socket.write(replyTo(head));
      }
    });
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => {
      const count = asked;
      asked = 0;
      return count;
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
