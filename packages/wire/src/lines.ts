const NONE = Number.POSITIVE_INFINITY;

/**
 * Walks the complete lines of a text, whatever ends them, in time linear in the text. The first line begins at `next` and
 * has the number `line`.
 */
export class LineReader {
  /** The current line is `text.slice(start, end)`; the next one begins at `next`. */
  start = 0;
  end = 0;
  next: number;
  /** The current line's number. */
  line: number;
  readonly text: string;
  #lf = -1;
  #cr = -1;
  #colon = -1;

  constructor(text: string, next: number, line: number) {
    this.text = text;
    this.next = next;
    this.line = line - 1;
  }

  /** Jumps forward to `next`, where the line with the number `line` begins. */
  jump(next: number, line: number): void {
    this.next = next;
    this.line = line - 1;
  }

  /** Moves on to the next complete line; false when there is none. */
  advance(): boolean {
    // A search that found nothing, or something further on, is never made again.
    if (this.#lf < this.next) this.#lf = find(this.text, "\n", this.next);
    if (this.#cr < this.next) this.#cr = find(this.text, "\r", this.next);
    const end = Math.min(this.#cr, this.#lf);
    if (end === NONE) return false;
    this.start = this.next;
    this.end = end;
    this.next = end === this.#cr && this.#lf === end + 1 ? end + 2 : end + 1;
    this.line += 1;
    return true;
  }

  get blank(): boolean {
    return this.start === this.end;
  }

  /** Whether the current line is a field of this name. */
  is(name: string): boolean {
    const colon = this.start + name.length;
    return this.text.startsWith(name, this.start) && (colon === this.end || this.text.charCodeAt(colon) === COLON);
  }

  /** Where the current line's value begins: after the colon and one space, or at its end where there is no colon. */
  valueStart(): number {
    if (this.#colon < this.start) this.#colon = find(this.text, ":", this.start);
    const colon = this.#colon;
    if (colon >= this.end) return this.end;
    return colon + 1 < this.end && this.text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1;
  }

  /** The current line's field name; empty for a comment. */
  name(): string {
    const line = this.text.slice(this.start, this.end);
    const colon = line.indexOf(":");
    return colon === -1 ? line : line.slice(0, colon);
  }
}

const COLON = 58;
const SPACE = 32;

function find(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? NONE : at;
}
