import { el } from "./dom.ts";
import { visible } from "./text.ts";

/** Deeper than this nobody reads, and a hostile value could be as deep as it is long. */
const DEEPEST = 64;
const MOST_LINES = 2000;

/** A value as indented JSON, a line an element; those at `paths` (JSON Pointers) and below are marked. */
export function jsonView(value: unknown, paths: readonly string[]): HTMLElement {
  const view = el("pre", { class: "code json", tabindex: 0, role: "region", "aria-label": "Parsed data" });
  const writer = new JsonWriter(view, paths);
  writer.write(value, "", "", "", 0);
  return view;
}

class JsonWriter {
  readonly #view: HTMLElement;
  readonly #paths: readonly string[];
  #lines = 0;

  constructor(view: HTMLElement, paths: readonly string[]) {
    this.#view = view;
    this.#paths = paths;
  }

  /** `key` comes before the value, `tail` (a comma) after it. */
  write(value: unknown, key: string, tail: string, path: string, depth: number): void {
    if (this.#lines > MOST_LINES) return;
    const head = key === "" ? [] : [el("span", { class: "key" }, visible(key)), ": "];
    const children = depth < DEEPEST ? childrenOf(value) : undefined;
    if (children === undefined || children.length === 0) {
      this.#line(depth, path, ...head, scalar(value), tail);
      return;
    }
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    this.#line(depth, path, ...head, open);
    children.forEach(([name, child], index) => {
      const comma = index < children.length - 1 ? "," : "";
      const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
      this.write(child, Array.isArray(value) ? "" : JSON.stringify(name), comma, `${path}/${token}`, depth + 1);
    });
    this.#line(depth, path, close + tail);
  }

  #line(depth: number, path: string, ...content: readonly (Node | string)[]): void {
    this.#lines += 1;
    const marked = this.#paths.some((wanted) => path === wanted || (wanted !== "" && path.startsWith(`${wanted}/`)));
    const line = el("span", { class: marked ? "line marked" : "line" }, ...content);
    if (this.#lines > MOST_LINES) line.replaceChildren("… the rest is left out here");
    line.style.paddingInlineStart = `${Math.min(depth, 24) * 2 + 1}ch`;
    this.#view.append(line);
  }
}

function childrenOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}

function scalar(value: unknown): HTMLElement {
  const kind = value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
  const text =
    typeof value === "object" && value !== null && childrenOf(value)?.length !== 0 ? "…" : JSON.stringify(value);
  return el("span", { class: `value-${kind}` }, visible(text ?? ""));
}
