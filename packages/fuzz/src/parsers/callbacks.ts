import type { ShownEvent } from "../adapters/adapter.ts";

/** Turns a client that calls back into something to iterate: what was told so far, then what comes, until it is closed. */
export class Callbacks implements AsyncIterable<ShownEvent> {
  readonly #told: ShownEvent[] = [];
  #wake: (() => void) | undefined;
  #end: { readonly error?: unknown } | undefined;

  tell(event: ShownEvent): void {
    this.#told.push(event);
    this.#wake?.();
  }

  close(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ShownEvent> {
    for (;;) {
      yield* this.#told.splice(0);
      if (this.#told.length > 0) continue;
      if (this.#end !== undefined) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#end.error !== undefined) throw this.#end.error;
  }
}
