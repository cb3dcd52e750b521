/**
 * `schema/COVERAGE.md` keeps its word: every graph field that it names exists, and every member of the vendors' sample
 * answers is in the table of its backend.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../src/graph/resolvers.js';

const PAGE = readFileSync(new URL('../schema/COVERAGE.md', import.meta.url), 'utf8');
const SAMPLES = new URL('./contract/samples/', import.meta.url);

/** The headings of the page, by the folder of the samples. */
const SECTIONS = {
  'commitment-manager': 'Commitment Manager',
  salesforce: 'Salesforce',
  logisense: 'LogiSense',
  monetizenow: 'MonetizeNow',
  cloudmc: 'CloudMC',
} as const;

const wordsOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');

function sectionOf(heading: string): string {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading} (`));
  if (section === undefined) throw new Error(`no section "${heading}"`);
  return section;
}

/** The rows of the section's tables, each a list of its cells, headings and rules left out. */
function rowsOf(section: string): string[][] {
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (endpoint +\||member +\||-)/.test(line))
    .map((line) => line.slice(1, line.lastIndexOf('|')).split(' | '));
}

/** The members that the tables account for: `details.periods` is both of its parts. */
function membersIn(section: string): Set<string> {
  const first = rowsOf(section).flatMap(([cell]) => wordsOf(cell ?? ''));
  return new Set(first.filter((word) => /^\w+(\.\w+)*$/.test(word)).flatMap((word) => word.split('.')));
}

/** The names of all members of a JSON value, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(namesIn);
  return Array.isArray(value) ? inner : [...Object.keys(value), ...inner];
}

function answersOf(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, SAMPLES)).filter(
    (name) => name.endsWith('.json') && !name.endsWith('-request.json') && !name.endsWith('.schema.json'),
  );
}

describe('the graph fields that the page names', () => {
  const schema = createSchema();
  const named = [...new Set(wordsOf(PAGE).filter((word) => /^[A-Z][A-Za-z]*\.\w+$/.test(word)))];

  it('are many', () => {
    expect(named.length).toBeGreaterThan(80);
    expect(named).toContain('Query.node');
  });

  it.each(named)('%s exists', (word) => {
    const [typeName = '', field = ''] = word.split('.');
    const type = schema.getType(typeName);
    const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    expect(hasFields ? Object.keys(type.getFields()) : `no type ${typeName} with fields`).toContain(field);
  });
});

describe.each(Object.entries(SECTIONS))('the section of %s', (folder, heading) => {
  const section = sectionOf(heading);

  it('says of every endpoint and member where it is', () => {
    const rows = rowsOf(section);
    expect(rows.length).toBeGreaterThan(3);
    for (const cells of rows) {
      expect(cells.length).toBeGreaterThanOrEqual(2);
      for (const cell of cells) expect(cell.trim()).not.toBe('');
    }
  });

  const answers = answersOf(folder);
  // MonetizeNow's page shows no answer.
  it.each(answers)('accounts for every member of %s', (name) => {
    const text = readFileSync(new URL(`${folder}/${name}`, SAMPLES), 'utf8');
    const members = membersIn(section);
    const missing = [...new Set(namesIn(JSON.parse(text)))].filter((member) => !members.has(member));
    expect(missing).toEqual([]);
  });
});
