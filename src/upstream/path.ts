/**
 * Paths of upstream calls.
 *
 * Guarantees: a value reaches a path only as a `PathSegment`, and only after its backend's own allow-list has passed
 * it; raw text does not compile. Refuses dot segments whatever the list says: `encodeURIComponent('..')` is `..`, and
 * the URL parser then climbs a folder.
 */

/** One checked, encoded piece between slashes. */
export type PathSegment = string & { readonly __brand: 'PathSegment' };

/** A path relative to the backend's base URL, without a leading slash. */
export type UpstreamPath = string & { readonly __brand: 'UpstreamPath' };

/** The value as a path segment. Throws RangeError if it is not of the given form; callers ask `isId` first. */
export function segment(form: RegExp, value: string): PathSegment {
  if (!matches(form, value))
    throw new RangeError('a value of the wrong form was about to become part of a path');
  return encodeURIComponent(value) as PathSegment;
}

/** Whether the whole value has the form and cannot climb. */
export function matches(form: RegExp, value: string): boolean {
  if (value === '.' || value === '..' || value.length > 255) return false;
  return form.exec(value)?.[0] === value;
}

/** path`organizations/${id}/contract` */
export function path(literals: TemplateStringsArray, ...segments: readonly PathSegment[]): UpstreamPath {
  return literals.reduce((text, literal, i) => text + (segments[i - 1] ?? '') + literal) as UpstreamPath;
}
