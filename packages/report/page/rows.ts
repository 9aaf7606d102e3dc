import { el } from "./dom.ts";

interface RowsOptions<T> {
  readonly id: string;
  readonly label: string;
  /** In pixels; every row has it. */
  readonly height: number;
  /** What a row shows. */
  readonly row: (item: T) => readonly (Node | string | undefined | false)[];
  readonly onSelect: (item: T) => void;
}

/** A list of any length, of which only what can be seen is in the document. */
export interface Rows<T> {
  readonly element: HTMLElement;
  show(items: readonly T[]): void;
  /** Marks an item; undefined: none. */
  select(item: T | undefined): void;
}

/** Drawn above and below what can be seen, so that scrolling shows no gap. */
const BEYOND = 6;

export function createRows<T>({ id, label, height, row, onSelect }: RowsOptions<T>): Rows<T> {
  let items: readonly T[] = [];
  let selected = -1;
  const all = el("div", { class: "rows-all", role: "presentation" });
  const element = el(
    "div",
    { class: "rows", id, role: "listbox", tabindex: 0, "aria-label": label, onscroll: draw, onkeydown: onKey },
    all,
  );
  new ResizeObserver(draw).observe(element);

  function draw(): void {
    const first = Math.max(0, Math.floor(element.scrollTop / height) - BEYOND);
    const last = Math.min(items.length, Math.ceil((element.scrollTop + element.clientHeight) / height) + BEYOND);
    const drawn: HTMLElement[] = [];
    for (let index = first; index < last; index++) drawn.push(rowAt(index));
    all.replaceChildren(...drawn);
    if (selected >= first && selected < last) element.setAttribute("aria-activedescendant", `${id}-${selected}`);
    else element.removeAttribute("aria-activedescendant");
  }

  function rowAt(index: number): HTMLElement {
    const item = items[index];
    const option = el(
      "div",
      {
        class: "row",
        id: `${id}-${index}`,
        role: "option",
        "aria-selected": String(index === selected),
        "aria-posinset": index + 1,
        "aria-setsize": items.length,
        onclick: () => choose(index),
      },
      ...(item === undefined ? [] : row(item)),
    );
    option.style.top = `${index * height}px`;
    option.style.height = `${height}px`;
    return option;
  }

  function choose(index: number): void {
    const item = items[index];
    if (item !== undefined) onSelect(item);
  }

  function onKey(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(element.clientHeight / height) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(Math.min(items.length - 1, Math.max(0, selected + step)));
  }

  return {
    element,
    show(shown) {
      items = shown;
      selected = -1;
      all.style.height = `${items.length * height}px`;
      element.scrollTop = 0;
      draw();
    },
    select(item) {
      selected = item === undefined ? -1 : items.indexOf(item);
      if (selected >= 0) {
        const top = selected * height;
        const room = element.clientHeight;
        // In sight with what is around it; not moved if it is in sight already.
        if (top < element.scrollTop || top + height > element.scrollTop + room) {
          element.scrollTop = Math.max(0, top - Math.floor(room / 3));
        }
      }
      draw();
    },
  };
}
