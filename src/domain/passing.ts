/**
 * Collections that stay, of things that come and go with requests.
 *
 * A `Set` or `Map` grows out of its table now and then, deletions included. V8 leaves the old table as it was and has it
 * lead on to the new one, for whoever goes through it at the time. Once such a table has become old, all that was in it,
 * and in each one after it, outlives every small collection of garbage until the next full one: whole requests, with all
 * that was read for them, an eighth of the processor time of sixteen at once. So what is put there is a box, and the box
 * is emptied when its thing goes.
 */
interface Box<Value> {
  value: Value | null;
}

/** In the order in which they came. */
export class PassingSet<Value extends object> {
  readonly #boxes = new Set<Box<Value>>();

  /** Gives what takes it out again. */
  add(value: Value): () => void {
    const box: Box<Value> = { value };
    this.#boxes.add(box);
    return () => {
      box.value = null;
      this.#boxes.delete(box);
    };
  }

  /** Those that are in it now. */
  values(): Value[] {
    return [...this.#boxes].map(({ value }) => value as Value);
  }
}

/** In the order in which the keys came. Keys are text: they are not emptied. */
export class PassingMap<Value extends object> {
  readonly #boxes = new Map<string, Box<Value>>();

  get(key: string): Value | undefined {
    return this.#boxes.get(key)?.value ?? undefined;
  }

  set(key: string, value: Value): void {
    const box = this.#boxes.get(key);
    if (box === undefined) this.#boxes.set(key, { value });
    else box.value = value;
  }

  delete(key: string): void {
    const box = this.#boxes.get(key);
    if (box === undefined) return;
    box.value = null;
    this.#boxes.delete(key);
  }

  /** Those that are in it now. */
  entries(): [key: string, value: Value][] {
    return [...this.#boxes].map(([key, { value }]) => [key, value as Value]);
  }
}
