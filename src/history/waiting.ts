/**
 * Looks that wait to be written.
 *
 * Guarantees: of one list, they come out in the order in which they came in. Of looks at one list within one second the
 * first and the newest wait: gateways that keep nothing look hundreds of times. The first one waits for nobody, for only
 * what was before a change shows that there was one; the newest may be replaced by another for a while. What waits is
 * bounded: beyond that, of each list only the newest look waits, and others are dropped and told.
 */
import { LRUCache } from 'lru-cache';
import { millisOfInstant } from '../domain/calendar.js';
import { listNameOf, MOST_LISTS, type Sight } from './look.js';

export interface Room {
  readonly looks: number;
  readonly records: number;
}

/** Of looks at one list within so long, those in the middle are left out. */
const SAME_LOOK_MS = 1_000;

interface Waiting {
  sight: Sight;
  /** The first one of its second stays. */
  readonly isFirst: boolean;
}

export class WaitingLooks {
  /** By list, in the order in which the lists came. */
  readonly #lists = new Map<string, Waiting[]>();
  /** Those of them whose oldest look is not going to be replaced. */
  readonly #ready = new Set<string>();
  /** When the second of a list began that goes on, or went on last. Epoch milliseconds. */
  readonly #seconds = new LRUCache<string, number>({ max: MOST_LISTS });
  #looks = 0;
  #records = 0;

  constructor(
    private readonly room: Room,
    private readonly drop: (looks: number) => void,
  ) {}

  get looks(): number {
    return this.#looks;
  }

  /** Lists with a look that nothing is going to replace. */
  get readyLists(): number {
    return this.#ready.size;
  }

  enter(sight: Sight): void {
    const key = listNameOf(sight);
    const own = this.#lists.get(key) ?? [];
    const at = millisOfInstant(sight.observedAt);
    const since = this.#seconds.get(key);
    const isFirst = since === undefined || Math.abs(at - since) >= SAME_LOOK_MS;
    const last = own.at(-1);
    // One that is not whole says less: it does not stand for one that is.
    if (!isFirst && last?.isFirst === false && (sight.isComplete || !last.sight.isComplete)) {
      if (at < millisOfInstant(last.sight.observedAt)) return;
      this.#records += sight.items.length - last.sight.items.length;
      last.sight = sight;
      return;
    }
    if (!this.#hasRoomFor(sight)) {
      // How it ends up matters more than how it came to be so.
      for (let older = own.shift(); older !== undefined; older = own.shift()) {
        this.#count(older, -1);
        this.drop(1);
      }
      this.#settle(key, own);
      if (!this.#hasRoomFor(sight)) {
        this.drop(1);
        return;
      }
    }
    if (isFirst) this.#seconds.set(key, at);
    const entry = { sight, isFirst };
    own.push(entry);
    this.#count(entry, 1);
    this.#lists.set(key, own);
    this.#settle(key, own);
  }

  /** The next one that nothing is going to replace, or any; `null`: there is none. */
  next(which: 'ready' | 'any'): Sight | null {
    const [key] = which === 'ready' ? this.#ready : this.#lists.keys();
    if (key === undefined) return null;
    const own = this.#lists.get(key) ?? [];
    const entry = own.shift();
    this.#settle(key, own);
    if (entry === undefined) return null;
    this.#count(entry, -1);
    return entry.sight;
  }

  #hasRoomFor({ items }: Sight): boolean {
    return this.#looks < this.room.looks && this.#records + items.length <= this.room.records;
  }

  #count({ sight }: Waiting, times: 1 | -1): void {
    this.#looks += times;
    this.#records += times * sight.items.length;
  }

  #settle(key: string, own: readonly Waiting[]): void {
    const [oldest] = own;
    if (oldest === undefined) this.#lists.delete(key);
    if (oldest?.isFirst === true || own.length > 1) this.#ready.add(key);
    else this.#ready.delete(key);
  }
}
