/**
 * Texts of statements that are run again and again, made once: making one takes longer than running it.
 *
 * Guarantees: the text is what the query builder makes of the same members, for the database at hand. Refuses nothing:
 * what a caller gives is as typed as in the builder.
 */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './database.js';

export interface Statement {
  /** Another text has another name. */
  readonly name: string;
  build(db: Database): Compilable<unknown>;
  /** In the order in which the builder meets them. */
  readonly parameters: readonly unknown[];
  /** Whoever runs it within a transaction gets all rows, and not the first. */
  readonly wantsAll?: true;
}

/** Beyond these, texts are made anew each time: names come in as many kinds as callers have. */
const MOST_TEXTS = 100;

/** What makes queries of statements. Each text is that of the statement that came with its name first. */
export function createTexts(db: Database): (statement: Statement) => CompiledQuery {
  const made = new Map<string, CompiledQuery>();
  return ({ name, build, parameters }) => {
    let text = made.get(name);
    if (text === undefined) {
      text = build(db).compile();
      if (made.size < MOST_TEXTS) made.set(name, text);
    }
    return { ...text, parameters };
  };
}
