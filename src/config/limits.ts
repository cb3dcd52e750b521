/** How much clients may ask for, as it is written in the gateway's configuration and in the clients file. */
import { z } from 'zod';
import { LIMIT_MODES, type Limits } from '../domain/principal.js';

const points = z.number().int().min(1).max(1_000_000_000);

/** What is left out is as in the gateway's configuration, or its default. */
export const limitsSchema = z.strictObject({
  mode: z.enum(LIMIT_MODES).optional(),
  operationCost: points.optional(),
  costPerMinute: points.optional(),
  costAtOnce: points.optional(),
});

/**
 * Of clients that say nothing else. A page of twenty customers with their commitments costs about 2,000 points, a page of
 * contracts with all that is on them 6,000; most of it comes back when the answer is known. The most that a client can
 * cause in the long run is a hundred calls of backends in a second.
 */
export const DEFAULT_LIMITS: Limits = {
  mode: 'enforce',
  operationCost: 20_000,
  costPerMinute: 60_000,
  costAtOnce: 60_000,
};

export const gatewayLimitsSchema = z
  .strictObject({
    mode: z.enum(LIMIT_MODES).default(DEFAULT_LIMITS.mode),
    operationCost: points.default(DEFAULT_LIMITS.operationCost),
    costPerMinute: points.default(DEFAULT_LIMITS.costPerMinute),
    costAtOnce: points.default(DEFAULT_LIMITS.costAtOnce),
  })
  .prefault({});
