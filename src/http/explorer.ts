/**
 * Routes of the explorer page: `/graphiql` and the files below it.
 *
 * Guarantees: only files that existed at start-up are served, looked up by exact name, so no path can climb out; every
 * answer carries the content policy. Assets have their hash in the name and are kept by browsers for a year; the page
 * itself is checked each time. Refuses, with the command that helps, when the page was not built.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface ExplorerOptions {
  /** The built page; `dist/explorer` of this package if not given. */
  readonly assetsDir?: string;
  /** What a visitor finds ready; `variables` is JSON text. */
  readonly examples: readonly ExplorerExample[];
}

export interface ExplorerExample {
  readonly name: string;
  readonly query: string;
  readonly variables?: string;
}

/**
 * 'unsafe-inline' holds for styles alone: the code editor writes style elements and style attributes at run time, with
 * a position for each line of text, and offers no nonce. `data:` serves the fonts and cursors inside its style sheet.
 * Scripts and workers are files of this origin, without eval and without blobs.
 */
export const EXPLORER_CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': EXPLORER_CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The same two levels up from `src/http` and from `dist/http`. */
const BUILT_PAGE = fileURLToPath(new URL('../../dist/explorer', import.meta.url));

const PAGE = 'index.html';
const FOR_A_YEAR = 'public, max-age=31536000, immutable';
const CHECK_FIRST = 'no-cache';

export function registerExplorer(app: FastifyInstance, options: ExplorerOptions): void {
  const files = listFiles(options.assetsDir ?? BUILT_PAGE);
  const examples = servedFile('.json', () => Promise.resolve(Buffer.from(JSON.stringify(options.examples))));

  const serve = async (path: string, request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(SECURITY_HEADERS);
    const page = files.get(PAGE);
    if (!page) return notBuilt(reply);
    if (path === '') return send(page, CHECK_FIRST, request, reply);
    if (path === 'examples.json') return send(examples, CHECK_FIRST, request, reply);
    const asset = path.startsWith('assets/') ? files.get(path) : undefined;
    return asset ? send(asset, FOR_A_YEAR, request, reply) : notFound(reply);
  };

  app.get('/graphiql', (request, reply) => serve('', request, reply));
  app.get<{ Params: { '*': string } }>('/graphiql/*', (request, reply) =>
    serve(request.params['*'], request, reply),
  );
}

interface ServedFile {
  readonly type: string;
  readonly compressible: boolean;
  /** Read and compressed on the first call, kept from then on: start-up pays for nothing. */
  readonly content: () => Promise<Content>;
}

interface Content {
  readonly raw: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

function listFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  for (const [prefix, path] of [
    ['', folder],
    ['assets/', join(folder, 'assets')],
  ] as const) {
    for (const name of fileNames(path)) {
      const extension = extname(name);
      if (extension in CONTENT_TYPES) {
        files.set(
          prefix + name,
          servedFile(extension, () => readFile(join(path, name))),
        );
      }
    }
  }
  return files;
}

function fileNames(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function servedFile(extension: string, read: () => Promise<Buffer>): ServedFile {
  let loaded: Promise<Content> | undefined;
  return {
    type: CONTENT_TYPES[extension] ?? 'application/octet-stream',
    compressible: !extension.startsWith('.woff'),
    content: () =>
      (loaded ??= load(read).catch((error: unknown) => {
        loaded = undefined;
        throw error;
      })),
  };
}

async function load(read: () => Promise<Buffer>): Promise<Content> {
  const raw = await read();
  const zipped = await promisify(gzip)(raw);
  return { raw, zipped, etag: `"${createHash('sha256').update(raw).digest('base64url').slice(0, 22)}"` };
}

async function send(file: ServedFile, caching: string, request: FastifyRequest, reply: FastifyReply) {
  const { raw, zipped, etag } = await file.content();
  const wanted = file.compressible && acceptsGzip(request.headers['accept-encoding']);
  // Two encodings are two representations, so each has a tag of its own.
  const tag = wanted ? etag.replace(/"$/, '-gzip"') : etag;
  reply.headers({ 'cache-control': caching, etag: tag, vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (wanted) reply.header('content-encoding', 'gzip');
  return reply.type(file.type).send(wanted ? zipped : raw);
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(header ?? ''));
}

function notBuilt(reply: FastifyReply) {
  const help = 'The explorer page is not built. Run "npm run build", then start the gateway again.\n';
  return reply.code(503).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(help);
}

function notFound(reply: FastifyReply) {
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send('No such file of the explorer.\n');
}
