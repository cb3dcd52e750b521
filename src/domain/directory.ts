/**
 * The account directory and who may see which part of it. An organization that is not granted is not there at all:
 * nothing here can tell a caller that it exists.
 */
import type { Organization, OrganizationSlug } from './organization.js';

/** What a client may read if nothing is said about it. */
export const READ_SCOPES = ['commitments:read', 'billing:read', 'sources:read', 'explorer'] as const;
/** What a client may change, if it is said. */
export const WRITE_SCOPES = ['contracts:write', 'commitments:write', 'commitments:delete'] as const;
export const SCOPES = [...READ_SCOPES, ...WRITE_SCOPES] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. `organizations` is everything that the caller was granted. */
export interface Principal {
  /** Name of the client, for logs. */
  readonly client: string;
  readonly organizations: 'all' | ReadonlySet<string>;
  /** Whether the caller may see what its operations cost upstream. */
  readonly mayInspect: boolean;
  readonly scopes: ReadonlySet<Scope>;
}

/** The directory as one caller sees it. */
export interface DirectoryView {
  find(slug: string): Organization | null;
  /** In the order of their slugs. */
  readonly organizations: readonly Organization[];
}

export interface Directory {
  viewOf(principal: Principal): DirectoryView;
}

function view(organizations: readonly Organization[]): DirectoryView {
  const bySlug = new Map<string, Organization>(
    organizations.map((organization) => [organization.slug, organization]),
  );
  return { find: (slug) => bySlug.get(slug) ?? null, organizations };
}

/** Throws RangeError on a slug that occurs twice: which of the two is meant must not depend on their order. */
export function createDirectory(organizations: readonly Organization[]): Directory {
  const slugs = new Set<OrganizationSlug>();
  for (const { slug } of organizations) {
    if (slugs.has(slug)) throw new RangeError(`the slug ${slug} occurs twice in the account directory`);
    slugs.add(slug);
  }
  const sorted = [...organizations].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const everything = view(sorted);
  const granted = new WeakMap<Principal, DirectoryView>();
  return {
    viewOf(principal) {
      const { organizations: grants } = principal;
      if (grants === 'all') return everything;
      const known = granted.get(principal);
      if (known) return known;
      const made = view(sorted.filter(({ slug }) => grants.has(slug)));
      granted.set(principal, made);
      return made;
    },
  };
}
