/** Where its schemas found values of the event at hand wrong, as JSON Pointers: what is read there says nothing. */
export class WrongPlaces {
  /** A set: one event may have a million parts, each of them wrong. */
  readonly #pointers = new Set<string>();

  get some(): boolean {
    return this.#pointers.size > 0;
  }

  add(pointer: string): void {
    this.#pointers.add(pointer);
  }

  clear(): void {
    if (this.#pointers.size > 0) this.#pointers.clear();
  }

  has(pointer: string): boolean {
    return this.#pointers.has(pointer);
  }

  /** Is it inside a value that is wrong? */
  hasAbove(pointer: string): boolean {
    for (let end = pointer.lastIndexOf("/"); end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
      if (this.#pointers.has(pointer.slice(0, end))) return true;
      if (end === 0) return false;
    }
    return false;
  }
}
