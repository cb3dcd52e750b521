/**
 * The clients file: who may ask, and for which customers. Keys are kept as SHA-256 hashes, never as they are. Refuses
 * grants for customers that the account directory does not have: they are mistyped more often than early.
 */
import { z } from 'zod';
import { WRITE_SCOPES } from '../domain/directory.js';

const entry = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected letters, digits, dots, hyphens'),
  keys: z
    .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'))
    .min(1, 'needs a key')
    .max(2, 'at most two keys: the one in use and its successor'),
  /** May see what its operations cost upstream. */
  inspect: z.boolean().default(false),
  /** What the client may change; reading needs none. */
  scopes: z.array(z.enum(WRITE_SCOPES)).default([]),
  organizations: z.union([z.literal('*'), z.array(z.string())], '`"*"` or a list of slugs'),
});

/** `known`: the slugs of the account directory. */
export function clientsSchema(known: ReadonlySet<string>) {
  return z.array(entry).superRefine((clients, context) => {
    const seen = new Set<string>();
    clients.forEach(({ name, keys, organizations }, index) => {
      for (const mark of [`name ${name}`, ...keys]) {
        if (seen.has(mark))
          context.addIssue({ code: 'custom', path: [index], message: 'a name or key occurs twice' });
        seen.add(mark);
      }
      if (organizations === '*') return;
      organizations.forEach((slug, place) => {
        if (known.has(slug)) return;
        context.addIssue({
          code: 'custom',
          path: [index, 'organizations', place],
          message: `${slug} is not in the account directory`,
        });
      });
    });
  });
}

export type ClientEntry = z.infer<typeof entry>;
