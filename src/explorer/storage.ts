/**
 * What the explorer remembers in the browser: tabs, history, layout, theme.
 *
 * Guarantees: no request header is ever written, by whatever part of the editor. Its own switch for that covers the
 * tabs but not the history, which would keep every token that was ever typed into the headers pane.
 */
const NAMESPACE = 'graphiql:';
const FORBIDDEN = new Set([`${NAMESPACE}headers`, `${NAMESPACE}shouldPersistHeaders`]);
const TABS = `${NAMESPACE}tabState`;

export const headerFreeStorage = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem(key: string, value: string): void {
    if (!FORBIDDEN.has(key)) localStorage.setItem(key, withoutHeaders(key, value));
  },
  removeItem: (key: string) => localStorage.removeItem(key),
  clear(): void {
    for (const key of ownKeys()) localStorage.removeItem(key);
  },
  get length(): number {
    return ownKeys().length;
  },
};

/** What the visitor's open tab held when the page was left; `null` on a first visit. */
export function openTab(): { readonly query: string; readonly variables: string } | null {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(TABS) ?? 'null') as {
      readonly tabs: readonly { readonly query: string | null; readonly variables: string | null }[];
      readonly activeTabIndex: number;
    };
    const tab = tabs[activeTabIndex];
    return tab === undefined ? null : { query: tab.query ?? '', variables: tab.variables ?? '' };
  } catch {
    return null; // nothing there, or nothing that the editor would take for tabs
  }
}

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(NAMESPACE));
}

function withoutHeaders(key: string, value: string): string {
  if (!value.startsWith('{') || !value.includes('"headers"')) return value;
  // A stored tab is refused on reading without the member; a stored history entry is compared by it.
  const blank = key === TABS ? null : undefined;
  try {
    return JSON.stringify(JSON.parse(value), (name, inner: unknown) => (name === 'headers' ? blank : inner));
  } catch {
    return value; // text of an editor, not a record
  }
}
