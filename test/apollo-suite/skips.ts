/**
 * What of Apollo's suite does not hold here, by reason. Each of them runs all the same, and must fail; `jest-globals.ts`
 * sees to it.
 */
export const SKIPS: Readonly<Record<string, readonly string[]>> = {
  'The gateway has its own schema, and runs no gateway of Apollo’s.': [
    "apolloServerTests.ts › constructor › schema creation › accepts a gateway's schema and calls its executor",
    'apolloServerTests.ts › constructor › schema creation › rejected load promise is thrown by server.start',
    'apolloServerTests.ts › Gateway › receives schema updates from the gateway (with document store: true)',
    'apolloServerTests.ts › Gateway › receives schema updates from the gateway (with document store: false)',
    'apolloServerTests.ts › Gateway › passes apollo data to the gateway',
    'apolloServerTests.ts › Gateway › unsubscribes from schema update on close',
    'apolloServerTests.ts › Gateway › waits until gateway has resolved a schema to respond to queries',
    'apolloServerTests.ts › Gateway › can serve multiple active schemas simultaneously during a schema rollover',
    'httpServerTests.ts › gateway execution › executor can read and write response HTTP headers and status',
  ],
  'There is no root value: resolvers have their context, and nothing else to begin from.': [
    'httpServerTests.ts › graphqlHTTP › passes the rootValue to the resolver',
    'httpServerTests.ts › graphqlHTTP › passes the rootValue function result to the resolver',
  ],
  'Nothing is reported to anybody’s cloud: usage reporting is off, and cannot be switched on beside that.': [
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › cachePolicy',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › does not expose stack',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › sets the trace key to operationName when it is defined',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › sets the trace key to unknown operation for missing operation',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › sets the trace key to parse failure when non-parsable gql',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › sets the trace key to validation failure when invalid operation',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › sets the trace key to "-" when operationName is undefined',
    "apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › doesn't resort to query body signature on `didResolveOperation` error",
    "apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › doesn't internal server error on an APQ",
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › sendErrors › new error',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › sendErrors › modified error',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › sendErrors › nulled error',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › undefined error',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › unmodified',
    'apolloServerTests.ts › lifecycle › for Apollo usage reporting › traces › error munging › masked',
    'apolloServerTests.ts › usage reporting › graphql server functions even when Apollo servers are down › with retryable error',
    'apolloServerTests.ts › usage reporting › graphql server functions even when Apollo servers are down › with network error',
    'apolloServerTests.ts › usage reporting › graphql server functions even when Apollo servers are down › with timeout',
    'apolloServerTests.ts › usage reporting › graphql server functions even when Apollo servers are down › with non-retryable error',
  ],
  'Who opens the address in a browser is led to the explorer, which is served from here; there is no landing page.':
    [
      'apolloServerTests.ts › renderLandingPage › defaults to LocalDefault',
      'apolloServerTests.ts › renderLandingPage › can specify version for LocalDefault',
      'apolloServerTests.ts › renderLandingPage › can be disabled',
      'apolloServerTests.ts › renderLandingPage › basic functionality › basic GET works',
      'apolloServerTests.ts › renderLandingPage › basic functionality › basic GET works with more complex header',
      'apolloServerTests.ts › renderLandingPage › async `html` function › returns a string',
      'apolloServerTests.ts › renderLandingPage › async `html` function › throws',
    ],
  'Answers belong to one caller and one moment: `Cache-Control: private, no-store`, always, and Apollo’s plugin is off.':
    [
      'httpServerTests.ts › graphqlHTTP › cache-control › applies cacheControl Headers',
      'httpServerTests.ts › graphqlHTTP › cache-control › applies cacheControl Headers for batched operation',
      'httpServerTests.ts › graphqlHTTP › cache-control › applies cacheControl Headers with if-cacheable',
      'httpServerTests.ts › graphqlHTTP › cache-control › contains no cacheControl Headers when uncacheable',
      'httpServerTests.ts › graphqlHTTP › cache-control › contains private cacheControl Headers when scoped',
      'httpServerTests.ts › graphqlHTTP › cache-control › runs when cache-control is disabled',
      'httpServerTests.ts › graphqlHTTP › cache-control not set without any hints with if-cacheable',
      'httpServerTests.ts › graphqlHTTP › cache-control set to no-store without any hints',
      'httpServerTests.ts › graphqlHTTP › cache-control set with dynamic hint',
      'httpServerTests.ts › graphqlHTTP › cache-control set with defaultMaxAge',
    ],
  'No request registers a document: ids come from `commitment-graph documents push`, and their answers are in test/http/documents.test.ts.':
    [
      'apolloServerTests.ts › Persisted Queries › returns result on the persisted query',
      'apolloServerTests.ts › Persisted Queries › returns error when hash does not match',
      'httpServerTests.ts › graphqlHTTP › returns PersistedQueryNotFound to a GET request',
      'httpServerTests.ts › graphqlHTTP › returns PersistedQueryNotFound to a POST request',
      'httpServerTests.ts › Persisted Queries › when ttlSeconds is set, passes ttl to the apq cache set call',
      'httpServerTests.ts › Persisted Queries › when ttlSeconds is unset, ttl is not passed to apq cache',
      'httpServerTests.ts › Persisted Queries › errors when version is not specified',
      'httpServerTests.ts › Persisted Queries › errors when version is unsupported',
      'httpServerTests.ts › Persisted Queries › errors when hash is mismatched',
      'httpServerTests.ts › Persisted Queries › returns result on the persisted query',
      'httpServerTests.ts › Persisted Queries › returns error when hash does not match',
      'httpServerTests.ts › Persisted Queries › returns correct result using get request',
    ],
  'Of plugins there are our own alone, and none of them follows single resolvers.': [
    'apolloServerTests.ts › Federated tracing › with nullable _Service.sdl field › reports a total duration that is longer than the duration of its resolvers',
    'apolloServerTests.ts › Federated tracing › with non-nullable _Service.sdl! field › reports a total duration that is longer than the duration of its resolvers',
  ],
  'What was not written for callers is masked: text, code and extensions of errors that are not the gateway’s own.':
    [
      'apolloServerTests.ts › constructor › appropriate error for bad user input › catches custom scalar parseValue and returns BAD_USER_INPUT',
      'apolloServerTests.ts › constructor › appropriate error for bad user input › catches custom scalar parseValue and preserves code',
      'apolloServerTests.ts › Plugins › allows setting a custom status code for an error',
      'apolloServerTests.ts › formatError › wraps thrown error from validation rules',
      'apolloServerTests.ts › lifecycle › propagates error codes in production',
      'apolloServerTests.ts › lifecycle › propagates error codes with null response in production',
      'apolloServerTests.ts › lifecycle › propagates error codes in dev mode',
      'apolloServerTests.ts › lifecycle › shows error extensions in extensions (only!)',
      'apolloServerTests.ts › Federated tracing › with nullable _Service.sdl field › includes errors in federated trace',
      'apolloServerTests.ts › Federated tracing › with non-nullable _Service.sdl! field › includes errors in federated trace',
      'httpServerTests.ts › graphqlHTTP › throwing in didResolveOperation results in error with default HTTP status code',
      'httpServerTests.ts › graphqlHTTP › throwing in didResolveOperation results in error with specified HTTP status code',
      'httpServerTests.ts › graphqlHTTP › returns errors',
      'httpServerTests.ts › graphqlHTTP › GraphQLError HTTP extensions are respected and stripped',
      'httpServerTests.ts › graphqlHTTP › allows for custom error formatting to sanitize',
      'httpServerTests.ts › graphqlHTTP › allows for custom error formatting to elaborate',
    ],
  'A request has its context before the server library is asked; what is wrong with it then is a refusal of the edge.':
    [
      'apolloServerTests.ts › lifecycle › context field › as a function › context errors › GraphQLErrors are formatted, defaulting to status 500',
      'apolloServerTests.ts › lifecycle › context field › as a function › context errors › GraphQLErrors are formatted, defaulting to INTERNAL_SERVER_ERROR',
      'apolloServerTests.ts › lifecycle › context field › as a function › context errors › GraphQLErrors are formatted, obeying http extension',
      'apolloServerTests.ts › lifecycle › context field › as a function › context errors › non-GraphQLErrors are formatted',
    ],
  'Introspection is for those with the scope `explorer`, in every environment, and its refusal has no code of Apollo’s.':
    [
      'apolloServerTests.ts › constructor › validation rules › accepts additional rules',
      'apolloServerTests.ts › constructor › validation rules › prevents introspection by default during production',
    ],
  'A text that cannot be parsed is refused by the edge: plugins and `formatError` of the server library do not see it.':
    [
      'apolloServerTests.ts › Plugins › preserves user-added "extensions" in the response when parsing errors occur',
      'httpServerTests.ts › graphqlHTTP › formatError receives correct error for parse failure',
    ],
  'The edge refuses it before the server library does, in words of its own, with the same status.': [
    'httpServerTests.ts › graphqlHTTP › throws an error if POST JSON is malformed',
    'httpServerTests.ts › graphqlHTTP › does not accept multiple query search parameters',
  ],
  'Batches are refused; the context is made for each operation.': [
    'httpServerTests.ts › graphqlHTTP › executes batch context if it is a function',
  ],
  'It asks the server around the edge, without a context.': [
    'apolloServerTests.ts › lifecycle › context field › context cloning › for every request with executeOperation',
  ],
};

/** What the suite leaves out by itself, by the name of the group or test. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'graphql 16 has no incremental delivery.': [
    'incremental delivery',
    'tests that require graphql@17',
    'includes all fields with defer legacy',
    'includes all fields with defer modern',
  ],
};
