/** What clients' builds write is read as it is: Apollo's manifest, maps, folders; all that is wrong is told at once. */
import { describe, expect, it } from 'vitest';
import { readOffer } from '../../src/admission/documents/formats.js';
import { printDocumentProblem } from '../../src/admission/documents/problem.js';
import { emptyFolder, put, sha256 } from '../support/documents-folder.js';

const ONE = 'query One {\n  fine\n}';
const TWO = 'mutation Two { fine }';

function offer(data: unknown) {
  const file = put(emptyFolder(), 'documents.json', JSON.stringify(data));
  const { offered, problems } = readOffer(file);
  return {
    offered: offered.map(({ id, name, body }) => ({ id, name, body })),
    problems: problems.map((problem) => printDocumentProblem(problem).replace(`${file}: `, '')),
  };
}

const apollo = (operations: unknown, rest: object = {}) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
  ...rest,
});

describe('reads', () => {
  it('Apollo’s manifest, with hashes or ids of one’s own', () => {
    const operations = [
      { id: sha256(ONE), name: 'One', type: 'query', body: ONE },
      { id: 'two.v1', name: 'Two', type: 'mutation', body: TWO, clientName: 'newer generators say this' },
    ];
    expect(offer(apollo(operations))).toEqual({
      offered: [
        { id: sha256(ONE), name: 'One', body: ONE },
        { id: 'two.v1', name: 'Two', body: TWO },
      ],
      problems: [],
    });
  });

  it('Relay’s map, whose ids are MD5', () => {
    const id = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
    expect(offer({ [id]: ONE })).toEqual({ offered: [{ id, name: 'One', body: ONE }], problems: [] });
  });

  it('a map of hashes, with and without their kind, in any case', () => {
    const { offered, problems } = offer({ [`sha256:${sha256(ONE)}`]: ONE, [sha256(TWO).toUpperCase()]: TWO });
    expect(problems).toEqual([]);
    expect(offered.map(({ id }) => id)).toEqual([sha256(ONE), sha256(TWO)]);
  });

  it('a folder, byte for byte, in all its depth', () => {
    const folder = emptyFolder();
    const withMark = `\ufeff${ONE}\r\n`;
    put(folder, 'b/two.gql', TWO);
    put(folder, 'a.graphql', withMark);
    put(folder, 'README.md', 'no document');
    expect(readOffer(folder)).toEqual({
      offered: [
        { file: `${folder}/a.graphql`, id: sha256(withMark), name: 'One', body: withMark },
        { file: `${folder}/b/two.gql`, id: sha256(TWO), name: 'Two', body: TWO },
      ],
      problems: [],
    });
  });
});

describe('refuses', () => {
  it.each([
    ['another format', { format: 'other', version: 1, operations: [] }, 'has a format'],
    ['a later version', apollo([], { version: 2 }), 'has a format'],
    ['an operation without a body', apollo([{ id: 'a', name: 'A', type: 'query' }]), 'has a format'],
    ['a manifest of nothing', apollo([]), 'has no operation'],
    ['a map of nothing', {}, 'has no operation'],
    ['a list', [ONE], 'is neither an apollo'],
    ['numbers for texts', { a: 1 }, 'is neither an apollo'],
    ['texts for ids', { [ONE]: 'one' }, 'is no id'],
    ['paths for ids', { '../../x': ONE }, 'is no id'],
    ['an id that is the hash of another text', { [sha256(TWO)]: ONE }, 'not the SHA-256'],
  ])('%s', (_, data, message) => {
    expect(offer(data).problems).toEqual([expect.stringContaining(message)]);
  });

  it('one id with two texts', () => {
    const operation = { id: 'one', name: 'One', type: 'query' };
    const { problems } = offer(
      apollo([
        { ...operation, body: ONE },
        { ...operation, body: TWO },
      ]),
    );
    expect(problems).toEqual(['One (one): the id is there twice, with another text']);
  });

  it('what is no JSON, no UTF-8, or not there', () => {
    const folder = emptyFolder();
    const broken = put(folder, 'broken.json', '{');
    const latin = put(folder, 'latin.graphql', Uint8Array.from([0x7b, 0xe9, 0x7d]));
    expect(readOffer(broken).problems[0]?.message).toContain('neither JSON');
    expect(readOffer(folder).problems).toEqual([
      { file: latin, operation: null, line: null, message: 'is not UTF-8' },
    ]);
    expect(readOffer(`${folder}/nowhere`).problems[0]?.message).toBe('is not there');
    expect(readOffer(emptyFolder()).problems[0]?.message).toBe('has no .graphql file');
  });
});
