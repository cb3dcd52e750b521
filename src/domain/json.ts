/** JSON values, and one text for each. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The same text for the same value, whatever the order of its members. Members that are `undefined` are not there. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, member]) => member !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
