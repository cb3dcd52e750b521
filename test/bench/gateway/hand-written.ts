/**
 * The limit: a handler of node:http that makes the same calls and puts the same answer together, by hand, with nothing
 * around it. It checks neither who asks nor what comes back.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountsBySlug, dataOf } from './answers.js';
import { createCaller } from './calls.js';
import { serveParent } from './child.js';
import type { Account } from './fixture.js';
import type { Operation } from './operations.js';

export interface ContestantSettings {
  readonly upstream: string;
  readonly accounts: readonly Account[];
}

export interface RunningContestant {
  readonly url: string;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

serveParent<ContestantSettings>(async ({ upstream, accounts: list }) => {
  const accounts = accountsBySlug(list);
  const caller = createCaller(upstream);
  const answer = async (request: IncomingMessage): Promise<string> => {
    const operation = JSON.parse(await bodyOf(request)) as Operation;
    return JSON.stringify({ data: await dataOf(operation, accounts, caller.calls()) });
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (text) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { ready: { url: `http://127.0.0.1:${port}` } satisfies RunningContestant };
});
