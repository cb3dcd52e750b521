/**
 * From the bytes of a body to data. Refuses what is not UTF-8, not JSON, or has keys that change what objects are, and
 * says which of them it was.
 */
import type { FastifyInstance } from 'fastify';

/** A body that cannot be read; the message is for callers. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly statusCode = 400;
}

const NOT_JSON = 'The body is not JSON. Send {"query": "…", "variables": {…}}.';

export function parseJsonBodies(app: FastifyInstance): void {
  const parseSafely = app.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      done(new BodyError(NOT_JSON));
      return;
    }
    void parseSafely(request, text, (error, data) => {
      if (error === null) done(null, data);
      else
        done(
          new BodyError(
            isJson(text)
              ? 'The body has a key that no request may have: __proto__, or constructor with prototype in it.'
              : NOT_JSON,
          ),
        );
    });
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
