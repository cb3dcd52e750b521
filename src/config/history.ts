/** What is kept of what was seen, as it is written in the gateway's configuration. */
import { z } from 'zod';

const KEEP_DAYS = 400;
const MOST_ROWS = 50_000;

export const historySchema = z
  .strictObject({
    /** off: nothing is kept, and nothing of the past is told. */
    mode: z.enum(['on', 'off']).default('on'),
    /** What was otherwise up to so long ago stays known. */
    keepDays: z.number().int().min(1).max(36_500).default(KEEP_DAYS),
    /** How things are now always stays. */
    maxRowsPerOrganization: z.number().int().min(100).max(10_000_000).default(MOST_ROWS),
  })
  .prefault({});

export type HistorySettings = z.infer<typeof historySchema>;
export const DEFAULT_HISTORY: HistorySettings = historySchema.parse({});
