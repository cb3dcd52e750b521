/**
 * The menu that opens a ready query in a new tab, at any time.
 *
 * Guarantees: what a visitor has typed stays in its own tab. Must be rendered inside GraphiQL.
 */
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Example } from './examples.js';

export function ExampleMenu({ examples }: { examples: readonly Example[] }) {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));

  const open = (example: Example | undefined) => {
    if (!example) return;
    addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(example.variables ?? '');
  };
  return (
    <select
      className="example-menu"
      aria-label="Open an example"
      value=""
      onChange={(event) => open(examples[Number(event.target.value)])}
    >
      <option value="" disabled>
        Open an example…
      </option>
      {examples.map((example, index) => (
        <option key={example.name} value={index}>
          {example.name}
        </option>
      ))}
    </select>
  );
}
