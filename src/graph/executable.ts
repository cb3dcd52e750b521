/**
 * The executable schema: types of the SDL with our resolvers on their fields.
 *
 * Guarantees: throws where a resolver has no field or type, and where an interface or union cannot tell its types apart,
 * so that it is known at start and not at the first query. Takes the SDL as it was tested: `schema.test.ts` holds it
 * against the rules of the language, and a gateway that starts does not do so again.
 */
import {
  buildASTSchema,
  concatAST,
  isInterfaceType,
  isAbstractType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** Of a field, or of a field and of the events that it follows. */
type FieldResolver = Resolve | { readonly subscribe?: Resolve; readonly resolve?: Resolve };

/** By type, and then by field; what tells the types behind an interface or union apart is `__resolveType`. */
export type ResolverMap = Readonly<Record<string, Readonly<Record<string, FieldResolver>>>>;

const RESOLVE_TYPE = '__resolveType';

export function executableSchema(texts: readonly string[], resolvers: ResolverMap): GraphQLSchema {
  const documents = texts.map((text) => parse(text, { noLocation: true }));
  const schema = buildASTSchema(concatAST(documents), { assumeValidSDL: true });
  for (const [name, functions] of Object.entries(resolvers)) putOnto(schema, name, functions);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && type.resolveType === undefined)
      throw new TypeError(`nothing tells apart what is a ${type.name}`);
  }
  return schema;
}

function putOnto(schema: GraphQLSchema, name: string, functions: ResolverMap[string]): void {
  const type = schema.getType(name);
  for (const [key, resolver] of Object.entries(functions)) {
    if (key === RESOLVE_TYPE && isAbstractType(type)) {
      type.resolveType = resolver as GraphQLTypeResolver<unknown, unknown>;
      continue;
    }
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[key] : undefined;
    if (field === undefined) throw new TypeError(`a resolver has no field: ${name}.${key}`);
    if (typeof resolver === 'function') field.resolve = resolver;
    else Object.assign(field, resolver);
  }
}
