/**
 * Takes looks from those that wait, and makes them ready to be written, some at a time.
 *
 * Guarantees: of one list, in the order in which they came. Records are printed only where the list may be another than
 * it was when it was seen last: what was made of the same replies is known by its likeness. What is no data is told, and
 * left out.
 */
import { LRUCache } from 'lru-cache';
import { CodecError } from './codec.js';
import { listNameOf, lookOf, MOST_LISTS, sameLook, type Look, type Sight } from './look.js';
import type { WaitingLooks } from './waiting.js';

export interface Taken {
  readonly look: Look;
  readonly sight: Sight;
}

/** Looks that are written together, and about how many records they may have: some 2 ms. */
export const LOOKS_AT_ONCE = 20;
const RECORDS_AT_ONCE = 100;
/** Where hundreds wait, more come in than are written in a turn of the event loop each: then it is as many times as much. */
const MANY = 100;
const MOST_TIMES = 5;

export class Taking {
  /** Of each list, as it was seen last. */
  readonly #known = new LRUCache<string, { readonly likeness: string; readonly digest: string }>({
    max: MOST_LISTS,
  });
  /** Are taken first, each by itself. */
  readonly #apart: Sight[] = [];

  constructor(
    private readonly waiting: WaitingLooks,
    private readonly unreadable: (sight: Sight, detail: string) => void,
  ) {}

  /** Looks that were taken, and are to be taken again. */
  get looks(): number {
    return this.#apart.length;
  }

  /** Those that wait right now, or those of them that nothing is going to replace. */
  async *batches(which: 'ready' | 'any'): AsyncGenerator<readonly Taken[]> {
    let left = which === 'ready' ? this.waiting.readyLists : this.waiting.looks;
    const next = () => ((left -= 1) < 0 ? null : this.waiting.next(which));
    while (left > 0 || this.#apart.length > 0) {
      const again = this.#apart.shift();
      const taken = again === undefined ? await this.#together(next) : [await this.#ready(again)];
      const batch = taken.filter((one) => one !== null);
      if (batch.length > 0) yield batch;
    }
  }

  /** Something of these was not taken. */
  tryApart(batch: readonly Taken[]): void {
    for (const { sight } of batch) this.#apart.push(sight);
  }

  /** The list is not as it was when it was seen last, so its records have to be told. */
  tell({ sight }: Taken): void {
    this.#known.delete(listNameOf(sight));
    this.#apart.push(sight);
  }

  async #together(next: () => Sight | null): Promise<(Taken | null)[]> {
    const batch: (Taken | null)[] = [];
    const times = Math.min(MOST_TIMES, Math.max(1, this.waiting.looks / MANY));
    for (let records = 0; batch.length < times * LOOKS_AT_ONCE && records < times * RECORDS_AT_ONCE;) {
      const sight = next();
      if (sight === null) break;
      const taken = await this.#ready(sight);
      batch.push(taken);
      records += taken?.look.records?.length ?? 0;
    }
    return batch;
  }

  async #ready(sight: Sight): Promise<Taken | null> {
    const { likeness, isComplete } = sight;
    const key = listNameOf(sight);
    const whole = likeness === undefined ? undefined : `${likeness} ${isComplete ? 'whole' : 'part'}`;
    const known = this.#known.get(key);
    if (whole !== undefined && known?.likeness === whole)
      return { look: sameLook(sight, known.digest), sight };
    try {
      const look = await lookOf(sight);
      if (whole === undefined) this.#known.delete(key);
      else this.#known.set(key, { likeness: whole, digest: look.digest });
      return { look, sight };
    } catch (error) {
      this.unreadable(sight, error instanceof CodecError ? error.message : String(error));
      return null;
    }
  }
}
