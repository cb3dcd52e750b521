/**
 * The account directory and who may see which part of it. An organization that is not granted is not there at all:
 * nothing here can tell a caller that it exists.
 */
import type { Organization, OrganizationSlug } from './organization.js';
import type { Principal } from './principal.js';

/** The directory as one caller sees it. */
export interface DirectoryView {
  find(slug: string): Organization | null;
  /** Those of these slugs that are there, once each; `null`: all. In the order of their slugs. */
  only(slugs: readonly string[] | null): readonly Organization[];
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
  const find = (slug: string) => bySlug.get(slug) ?? null;
  return {
    find,
    only(slugs) {
      if (slugs === null) return organizations;
      const found = [...new Set(slugs)].map(find).filter((organization) => organization !== null);
      return found.sort(bySlugs);
    },
    organizations,
  };
}

function bySlugs(a: Organization, b: Organization): number {
  return a.slug < b.slug ? -1 : 1;
}

/** Throws RangeError on a slug that occurs twice: which of the two is meant must not depend on their order. */
export function createDirectory(organizations: readonly Organization[]): Directory {
  const slugs = new Set<OrganizationSlug>();
  for (const { slug } of organizations) {
    if (slugs.has(slug)) throw new RangeError(`the slug ${slug} occurs twice in the account directory`);
    slugs.add(slug);
  }
  const sorted = [...organizations].sort(bySlugs);
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
