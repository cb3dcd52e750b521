/**
 * The errors of one execution, and what becomes of the fields that they happened to.
 *
 * Guarantees: an error makes its field null, or the next field above that may be; below a field that was made null no
 * more errors are told. Errors have the place and the path that graphql-js gives them.
 */
import {
  locatedError,
  responsePathAsArray,
  type FieldNode,
  type GraphQLError,
  type ResponsePath as Path,
} from 'graphql';

export class Errors {
  readonly all: GraphQLError[] = [];
  readonly #nulled = new Set<Path | undefined>();

  /** Of the operation as a whole where there is no path. */
  add(error: GraphQLError, path: Path | undefined): void {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.all.push(error);
  }

  /** `null`, for a field that may be; otherwise throws what the field above it will be told. */
  settle(raw: unknown, nodes: readonly FieldNode[], path: Path, isNonNull: boolean): null {
    const error = locatedError(raw, nodes as FieldNode[], responsePathAsArray(path));
    if (isNonNull) throw error;
    this.add(error, path);
    return null;
  }
}
