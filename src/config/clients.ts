/**
 * The clients file: who may ask, and for which customers. Keys are kept as SHA-256 hashes, never as they are.
 */
import { z } from 'zod';

export const clientsSchema = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, hyphens'),
      keys: z
        .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'))
        .min(1, 'needs a key')
        .max(2, 'at most two keys: the one in use and its successor'),
      /** May see what its operations cost upstream. */
      inspect: z.boolean().default(false),
      organizations: z.union([z.literal('*'), z.array(z.string())], '`"*"` or a list of slugs'),
    }),
  )
  .superRefine((clients, context) => {
    const seen = new Set<string>();
    clients.forEach((client, index) => {
      for (const mark of [`name ${client.name}`, ...client.keys]) {
        if (seen.has(mark))
          context.addIssue({ code: 'custom', path: [index], message: 'a name or key occurs twice' });
        seen.add(mark);
      }
    });
  });

export type ClientEntry = z.infer<typeof clientsSchema>[number];
