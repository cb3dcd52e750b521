/** Backends as seen now, and how old and complete answers are. */
import { millisOfInstant } from '../domain/calendar.js';
import { SOURCE_LABELS } from '../domain/source.js';
import type { Resolvers } from './generated.js';

export const sourceResolvers = {
  Query: {
    sources: (_, __, context) => context.sources.states(),
  },
  Source: {
    name: ({ source }) => source,
    label: ({ source }) => SOURCE_LABELS[source],
  },
  Freshness: {
    observedAt: ({ observedAt }) => observedAt,
    // Never negative: the clock may step back between reading and answering.
    ageMs: ({ observedAt }, _, context) => Math.max(0, context.now() - millisOfInstant(observedAt)),
    stale: ({ stale }) => stale,
  },
  SourceCoverage: {
    freshness: ({ observation }) => observation,
  },
} satisfies Resolvers;
