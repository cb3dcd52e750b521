/** When changes are looked for in billing, as it is written in the gateway's configuration. */
import { z } from 'zod';
import { DEFAULT_SCHEDULE } from '../domain/change-verification.js';

const MOST_LOOKS = 100;

export const verificationSchema = z
  .strictObject({
    /** From the change to the first look. */
    firstLookSeconds: z.number().int().min(0).max(3_600).default(DEFAULT_SCHEDULE.firstLookSeconds),
    everySeconds: z.number().int().min(5).max(3_600).default(DEFAULT_SCHEDULE.everySeconds),
    /** From the change to the last look. */
    giveUpSeconds: z.number().int().min(1).max(86_400).default(DEFAULT_SCHEDULE.giveUpSeconds),
  })
  .refine(({ firstLookSeconds, giveUpSeconds }) => firstLookSeconds <= giveUpSeconds, {
    path: ['giveUpSeconds'],
    message: 'must not be before firstLookSeconds: the first look would be too late',
  })
  .refine(
    ({ firstLookSeconds, everySeconds, giveUpSeconds }) =>
      (giveUpSeconds - firstLookSeconds) / everySeconds <= MOST_LOOKS,
    { path: ['everySeconds'], message: `makes more than ${MOST_LOOKS} looks until giveUpSeconds` },
  )
  .prefault({});
