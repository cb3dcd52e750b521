/**
 * SOQL, the part of it that a reader of service orders needs, by recursive descent:
 *
 *     SELECT fields | COUNT() FROM object [WHERE …] [ORDER BY …] [LIMIT n] [OFFSET n]
 *
 * with parent fields (`X__r.Y`), one level of child subqueries, AND, OR, NOT, comparisons, LIKE, IN and NOT IN.
 * Guarantees a whole parse or MALFORMED_QUERY with the place. Refuses, as Salesforce does, AND mixed with OR without
 * parentheses: whoever writes that against the sandbox would meet the refusal in production otherwise.
 */
import { malformedQuery } from '../errors.js';
import { type Token, tokenize } from './tokenizer.js';

export type Literal =
  | { readonly type: 'string' | 'date' | 'datetime'; readonly text: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE';

export type Condition =
  | { readonly type: 'and' | 'or'; readonly all: readonly Condition[] }
  | { readonly type: 'not'; readonly condition: Condition }
  | { readonly type: 'compare'; readonly field: string; readonly operator: Operator; readonly value: Literal }
  | {
      readonly type: 'in';
      readonly field: string;
      readonly negated: boolean;
      readonly values: readonly Literal[];
    };

export interface Ordering {
  readonly field: string;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last';
}

export interface Query {
  readonly count: boolean;
  readonly fields: readonly string[];
  readonly children: readonly Query[];
  /** An object, or the name of a child relationship in a subquery. */
  readonly from: string;
  readonly where?: Condition;
  readonly orderBy: readonly Ordering[];
  readonly limit?: number;
  readonly offset?: number;
}

const MAX_LENGTH = 100_000;
const MAX_DEPTH = 100;

export function parseSoql(soql: string): Query {
  if (soql.length > MAX_LENGTH)
    throw malformedQuery(`SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
  const parser = new Parser(tokenize(soql));
  const query = parser.query(true);
  parser.end();
  return query;
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(allowsChildren: boolean): Query {
    this.#keyword('SELECT');
    const fields: string[] = [];
    const children: Query[] = [];
    let count = false;
    do {
      if (allowsChildren && this.#sign('(')) {
        children.push(this.query(false));
        this.#expectSign(')');
      } else {
        const field = this.#name();
        if (field.toUpperCase() === 'COUNT' && this.#sign('(')) {
          this.#expectSign(')');
          count = true;
        } else {
          fields.push(field);
        }
      }
    } while (this.#sign(','));
    if (count && (fields.length > 0 || children.length > 0)) throw this.#unexpected();
    this.#keyword('FROM');
    const from = this.#name();
    const where = this.#word('WHERE') ? this.#condition() : undefined;
    const orderBy: Ordering[] = [];
    if (this.#word('ORDER')) {
      this.#keyword('BY');
      do orderBy.push(this.#ordering());
      while (this.#sign(','));
    }
    const limit = this.#word('LIMIT') ? this.#wholeNumber() : undefined;
    const offset = this.#word('OFFSET') ? this.#wholeNumber() : undefined;
    return {
      count,
      fields,
      children,
      from,
      orderBy,
      ...(where !== undefined && { where }),
      ...(limit !== undefined && { limit }),
      ...(offset !== undefined && { offset }),
    };
  }

  end(): void {
    if (this.#peek().type !== 'end') throw this.#unexpected();
  }

  #condition(): Condition {
    if (++this.#depth > MAX_DEPTH) throw malformedQuery('The query is nested too deeply.');
    const all = [this.#term()];
    const type = this.#isWord('AND') ? 'and' : 'or';
    while (this.#word(type.toUpperCase())) all.push(this.#term());
    if (this.#isWord('AND') || this.#isWord('OR')) throw this.#unexpected();
    this.#depth--;
    const [only] = all;
    return all.length === 1 && only !== undefined ? only : { type, all };
  }

  #term(): Condition {
    if (this.#word('NOT')) {
      if (++this.#depth > MAX_DEPTH) throw malformedQuery('The query is nested too deeply.');
      const condition = this.#term();
      this.#depth--;
      return { type: 'not', condition };
    }
    if (this.#sign('(')) {
      const inner = this.#condition();
      this.#expectSign(')');
      return inner;
    }
    const field = this.#name();
    if (this.#word('LIKE')) return { type: 'compare', field, operator: 'LIKE', value: this.#literal() };
    const negated = this.#word('NOT');
    if (negated || this.#isWord('IN')) {
      this.#keyword('IN');
      return { type: 'in', field, negated, values: this.#list() };
    }
    const token = this.#peek();
    const operator = token.text === '<>' ? '!=' : token.text;
    if (token.type !== 'sign' || !isComparison(operator)) throw this.#unexpected();
    this.#next++;
    return { type: 'compare', field, operator, value: this.#literal() };
  }

  #list(): Literal[] {
    const values: Literal[] = [];
    this.#expectSign('(');
    do values.push(this.#literal());
    while (this.#sign(','));
    this.#expectSign(')');
    return values;
  }

  #literal(): Literal {
    const token = this.#peek();
    const value = literalOf(token);
    if (value === undefined) throw this.#unexpected();
    this.#next++;
    return value;
  }

  #ordering(): Ordering {
    const field = this.#name();
    const descending = this.#word('DESC');
    if (!descending) this.#word('ASC');
    // NULLS FIRST is SOQL's default in both directions.
    let nulls: Ordering['nulls'] = 'first';
    if (this.#word('NULLS')) {
      if (this.#word('LAST')) nulls = 'last';
      else this.#keyword('FIRST');
    }
    return { field, descending, nulls };
  }

  #wholeNumber(): number {
    const token = this.#peek();
    if (token.type !== 'number' || !/^\d{1,9}$/.test(token.text)) throw this.#unexpected();
    this.#next++;
    return Number(token.text);
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error('read past the end of the query');
    return token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.type === 'name' && token.text.toUpperCase() === word;
  }

  #word(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#next++;
    return true;
  }

  #keyword(word: string): void {
    if (!this.#word(word)) throw this.#unexpected(word);
  }

  #sign(sign: string): boolean {
    const token = this.#peek();
    if (token.type !== 'sign' || token.text !== sign) return false;
    this.#next++;
    return true;
  }

  #expectSign(sign: string): void {
    if (!this.#sign(sign)) throw this.#unexpected(sign);
  }

  #name(): string {
    const token = this.#peek();
    if (token.type !== 'name' || RESERVED.has(token.text.toUpperCase())) throw this.#unexpected();
    this.#next++;
    return token.text;
  }

  #unexpected(expected?: string) {
    const { text, type, at } = this.#peek();
    const found = type === 'end' ? '<EOF>' : text;
    const wanted = expected === undefined ? '' : ` (expected ${expected})`;
    return malformedQuery(`ERROR at Row:1:Column:${at + 1}\nunexpected token: '${found}'${wanted}`);
  }
}

const RESERVED = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'NULL',
]);

function isComparison(text: string): text is Operator {
  return ['=', '!=', '<', '<=', '>', '>='].includes(text);
}

function literalOf({ type, text }: Token): Literal | undefined {
  if (type === 'string' || type === 'date' || type === 'datetime') return { type, text };
  if (type === 'number') return { type: 'number', value: Number(text) };
  if (type !== 'name') return undefined;
  switch (text.toUpperCase()) {
    case 'NULL':
      return { type: 'null' };
    case 'TRUE':
      return { type: 'boolean', value: true };
    case 'FALSE':
      return { type: 'boolean', value: false };
    default:
      return undefined;
  }
}
