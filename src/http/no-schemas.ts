/**
 * For servers whose routes have no JSON schemas: bodies are read by `body.ts`, and documents are judged by their own rules.
 *
 * Guarantees: what checks and prints by such schemas, a sixth of all that a start would load, stays asleep. A route that has
 * one is refused at start.
 */
import type { FastifyServerOptions } from 'fastify';

function refuse(): never {
  throw new TypeError('routes of this server cannot have JSON schemas');
}

export const WITHOUT_SCHEMAS: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: () => refuse, buildSerializer: () => refuse },
};
