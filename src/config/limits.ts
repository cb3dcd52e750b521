/** How much clients may ask for, as it is written in the gateway's configuration and in the clients file. */
import { z } from 'zod';
import { LIMIT_MODES } from '../domain/principal.js';

const points = z.number().int().min(1).max(1_000_000_000);

/** What is left out is as in the gateway's configuration, or its default. */
export const limitsSchema = z.strictObject({
  mode: z.enum(LIMIT_MODES).optional(),
  operationCost: points.optional(),
  costPerMinute: points.optional(),
  costAtOnce: points.optional(),
});
