/**
 * The queries that a visitor finds ready.
 *
 * Guarantees: a non-empty list whatever the server says, and an operation name in each query, because the editor names
 * its tabs after the operation. Refuses entries of another form, silently: an example is never worth an error.
 */
export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: string;
}

/** What opens when the server offers nothing: true of every GraphQL service. */
const general: Example = {
  name: 'What can be asked here',
  query: `query WhatCanBeAsked {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`,
};

export async function loadExamples(address: string): Promise<readonly [Example, ...Example[]]> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    const offered: unknown = response.ok ? await response.json() : [];
    const [first, ...rest] = (Array.isArray(offered) ? offered : []).filter(isExample).map(withTitle);
    return first ? [first, ...rest] : [withTitle(general)];
  } catch {
    return [withTitle(general)];
  }
}

function isExample(value: unknown): value is Example {
  if (typeof value !== 'object' || value === null) return false;
  const { name, query, variables } = value as Record<string, unknown>;
  const texts = typeof name === 'string' && typeof query === 'string';
  return texts && (variables === undefined || typeof variables === 'string');
}

/** The example with its name as a first comment line, and with an operation name if it had none. */
function withTitle(example: Example): Example {
  const { name, query } = example;
  const trimmed = query.trim();
  const named = trimmed.startsWith('{') ? `query ${operationName(name)} ${trimmed}` : trimmed;
  return { ...example, query: named.startsWith('#') ? `${named}\n` : `# ${name}\n${named}\n` };
}

function operationName(title: string): string {
  const words = title.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Z]/.test(joined) ? joined : `Example${joined}`;
}
