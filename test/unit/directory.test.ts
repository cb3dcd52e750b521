import { describe, expect, it } from 'vitest';
import { createDirectory, type DirectoryView } from '../../src/domain/directory.js';
import type { CurrencyCode } from '../../src/domain/money.js';
import type { Organization, OrganizationSlug } from '../../src/domain/organization.js';
import type { Principal } from '../../src/domain/principal.js';

const organization = (slug: string): Organization => ({
  slug: slug as OrganizationSlug,
  name: slug,
  currency: 'USD' as CurrencyCode,
  commitmentManager: null,
  salesforce: null,
  logisense: null,
  monetizenow: null,
  cloudmc: null,
});
const directory = createDirectory(['cedar', 'ash', 'birch', 'dogwood'].map(organization));
const viewOf = (organizations: Principal['organizations']) =>
  directory.viewOf({ client: 'tester', scopes: new Set(), mayInspect: false, organizations });
const slugs = (view: DirectoryView, only: readonly string[] | null) =>
  view.only(only).map(({ slug }) => slug);

describe('the directory', () => {
  it('refuses a slug that occurs twice', () => {
    expect(() => createDirectory(['ash', 'birch', 'ash'].map(organization))).toThrow(
      'the slug ash occurs twice',
    );
  });

  it('gives the customers of slugs once each, in their order, and all where nobody says which', () => {
    const everything = viewOf('all');
    expect(slugs(everything, null)).toEqual(['ash', 'birch', 'cedar', 'dogwood']);
    expect(slugs(everything, ['dogwood', 'ash', 'dogwood', 'elm'])).toEqual(['ash', 'dogwood']);
    expect(slugs(everything, [])).toEqual([]);
  });

  it('gives whoever sees some no others, named or not', () => {
    const some = viewOf(new Set(['cedar', 'birch', 'elm']));
    expect(slugs(some, null)).toEqual(['birch', 'cedar']);
    expect(slugs(some, ['dogwood', 'cedar', 'ash'])).toEqual(['cedar']);
    expect(some.find('dogwood')).toBeNull();
  });
});
