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
import { headerFreeStorage, isFirstVisit } from './storage.js';
import icon from './icon.svg';

/** More tabs than this do not fit a laptop's width; the menu has the rest. */
const TABS_AT_FIRST = 4;

const plugins = [{ ...explorerPlugin({ title: 'Query builder' }), title: 'Query builder' }, HISTORY_PLUGIN];

export function Explorer({ examples }: { examples: readonly [Example, ...Example[]] }) {
  const [credential, setCredential] = useState<Credential | null>(null);
  const [noSchema, setNoSchema] = useState<string | null>(null);
  const fetcher = useMemo(() => gatewayFetcher(credential, setNoSchema), [credential]);
  const [first] = useState(() => ({
    tabs: examples
      .slice(0, TABS_AT_FIRST)
      .map(({ query, variables }) => ({ query, variables: variables ?? null, headers: null })),
    // GraphiQL fills the variables pane of the first tab from here, not from the tab.
    ...(isFirstVisit() && examples[0].variables ? { initialVariables: examples[0].variables } : {}),
  }));
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
          {...('initialVariables' in first ? { initialVariables: first.initialVariables } : {})}
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
