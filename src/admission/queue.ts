/**
 * First come, first served.
 *
 * Guarantees: whoever was served is not held on to, however long others wait; and is not moved out of the way one by one,
 * as an array's `shift` does.
 */
export class Queue<Item extends object> {
  #items: (Item | null)[] = [];
  /** Of `items`, so many were taken: `null` stands for them until they are cut off. */
  #taken = 0;

  get length(): number {
    return this.#items.length - this.#taken;
  }

  get first(): Item | undefined {
    return this.#items[this.#taken] ?? undefined;
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  take(): Item | undefined {
    const { first } = this;
    if (first === undefined) return undefined;
    this.#items[this.#taken] = null;
    this.#taken += 1;
    // Half of it at once, so that each is moved once or so.
    if (this.#taken * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    return first;
  }
}
