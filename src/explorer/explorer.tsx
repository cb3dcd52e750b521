/**
 * The page: a slim bar on top, GraphiQL with docs, query builder and history below.
 *
 * Guarantees: a first visit opens the examples in tabs, a later one finds the visitor's own tabs; a changed credential
 * fetches the schema again; who may not see the schema is told so. Refuses to keep header values.
 */
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { CredentialField } from './credential-field.js';
import { ExampleMenu } from './example-menu.js';
import type { Example } from './examples.js';
import { type Credential, gatewayFetcher } from './fetcher.js';
import { headerFreeStorage, openTab } from './storage.js';
import icon from './icon.svg';

/** More tabs than this do not fit a laptop's width; the menu has the rest. */
const TABS_AT_FIRST = 4;

const plugins = [{ ...explorerPlugin({ title: 'Query builder' }), title: 'Query builder' }, HISTORY_PLUGIN];

export function Explorer({ examples }: { examples: readonly [Example, ...Example[]] }) {
  const [credential, setCredential] = useState<Credential | null>(null);
  const [noSchema, setNoSchema] = useState<string | null>(null);
  const fetcher = useMemo(() => gatewayFetcher(credential, setNoSchema), [credential]);
  const [first] = useState(() => {
    const left = openTab();
    const query = left?.query;
    const variables = left === null ? examples[0].variables : left.variables;
    return {
      tabs: examples
        .slice(0, TABS_AT_FIRST)
        .map((example) => ({ query: example.query, variables: example.variables ?? null, headers: null })),
      // GraphiQL fills the panes of the open tab from here; what is stored with the tab it only takes once it was edited.
      panes: {
        ...(query ? { initialQuery: query } : {}),
        ...(variables ? { initialVariables: variables } : {}),
      },
    };
  });
  return (
    <>
      <header className="bar">
        <img src={icon} alt="" width="22" height="22" />
        <h1>
          commitment-graph <span>explorer</span>
        </h1>
        <CredentialField onChange={setCredential} />
      </header>
      {noSchema !== null && (
        <p className="notice" role="status">
          {noSchema}
        </p>
      )}
      <main className="editor">
        <GraphiQL
          fetcher={fetcher}
          storage={headerFreeStorage}
          plugins={plugins}
          defaultQuery={'# Ctrl-Space shows what can be asked here; Ctrl-Enter asks.\n\n'}
          defaultTabs={first.tabs}
          {...first.panes}
          defaultEditorToolsVisibility={examples.some((example) => example.variables)}
          isHeadersEditorEnabled
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          schemaDescription
          inputValueDeprecation
        >
          <GraphiQL.Logo>
            <ExampleMenu examples={examples} />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}
