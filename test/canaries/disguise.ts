/**
 * Stands between the gateway and an emulator, so that every secret on the gateway's side is a canary: puts the
 * emulator's own credentials in their place on the way in, and canaries in the place of tokens on the way out. Sets
 * cookies, and can repeat all that it was sent in an error.
 */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Disguise extends AsyncDisposable {
  readonly url: string;
  /** What it answers with instead: this status, and a body that repeats the request. `null`: the emulator answers. */
  echo: { readonly status: number; readonly methods: RegExp } | null;
  /** Requests that had a secret of the gateway in them. */
  seen: number;
}

export interface DisguiseOptions {
  readonly target: string;
  /** Credentials of the gateway, and of the emulator in their place. */
  readonly pairs: readonly (readonly [canary: string, real: string])[];
  /** Beginnings of the tokens that the emulator gives out, and what they begin with for the gateway. */
  readonly tokens: readonly (readonly [canary: string, real: string])[];
  readonly cookie: string;
}

/** As it may be written in headers, in forms, and as a basic credential. */
function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  let out = text;
  for (const [from, to] of pairs) {
    out = out.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to));
    out = out.replaceAll(
      new URLSearchParams({ '': from }).toString().slice(1),
      new URLSearchParams({ '': to }).toString().slice(1),
    );
  }
  return out.replaceAll(/Basic ([A-Za-z0-9+/=]+)/g, (whole, encoded: string) => {
    const clear = Buffer.from(encoded, 'base64').toString('utf8');
    const other = replaced(clear, pairs);
    return other === clear ? whole : `Basic ${Buffer.from(other).toString('base64')}`;
  });
}

export async function startDisguise({
  target,
  pairs: own,
  tokens,
  cookie,
}: DisguiseOptions): Promise<Disguise> {
  const pairs = [...own, ...tokens];
  const back = tokens.map(([canary, real]) => [real, canary] as const);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      const all = [...headers.flat(), body].join('\n');
      if (replaced(all, pairs) !== all) disguise.seen += 1;
      const { echo } = disguise;
      if (echo?.methods.test(request.method ?? '') === true) {
        response.writeHead(echo.status, { 'content-type': 'application/json', 'set-cookie': cookie });
        response.end(echoOf(headers, body));
        return;
      }
      const { hostname, port } = new URL(target);
      const text = replaced(body, pairs);
      const outgoing = send(
        {
          hostname,
          port,
          agent: false,
          method: request.method,
          path: request.url,
          headers: {
            ...Object.fromEntries(headers.map(([name, value]) => [name, replaced(value, pairs)])),
            'content-length': Buffer.byteLength(text),
          },
        },
        (reply) => {
          const pieces: Buffer[] = [];
          reply.on('data', (piece: Buffer) => pieces.push(piece));
          reply.on('end', () => {
            const answer = replaced(Buffer.concat(pieces).toString('utf8'), back);
            const { 'content-length': _, 'transfer-encoding': __, ...rest } = reply.headers;
            response.writeHead(reply.statusCode ?? 500, { ...rest, 'set-cookie': cookie });
            response.end(answer);
          });
        },
      );
      outgoing.on('error', () => response.destroy());
      outgoing.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const disguise: Disguise = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    echo: null,
    seen: 0,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return disguise;
}

/** An error in the words of each vendor at once, as a proxy writes it that was left in its debug mode. */
function echoOf(headers: readonly (readonly [string, string])[], body: string): string {
  const words = headers
    .filter(([name]) => /auth|key|user|token|cookie/i.test(name))
    .map(([name, value]) => `${name} ${value} is not accepted`)
    .concat(body === '' || body.startsWith('{') ? [] : [`cannot use ${body}`]);
  const text = words.join(', ');
  return JSON.stringify({
    message: text,
    error: text,
    error_description: text,
    errors: words.map((message) => ({ message, detail: message, code: 'invalid' })),
    messages: words,
    Errors: words.map((Message) => ({ Message })),
    code: 'INVALID',
    errorCode: text,
    trackingId: text.slice(0, 300),
    request: { headers, body },
  });
}
