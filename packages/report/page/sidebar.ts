import type { PageData } from "../src/html/page-data.ts";
import { grouped } from "../src/pretty/count.ts";
import type { StreamReport, Verdict } from "../src/report.ts";
import { el } from "./dom.ts";
import { EVERYTHING, type Filter, isEverything, passes } from "./filter.ts";
import { icon, VERDICT_NAMES, VERDICTS } from "./icons.ts";
import { severityOf } from "./place.ts";
import { createRows } from "./rows.ts";
import { bytes, counted, nameOf } from "./text.ts";

export interface Sidebar {
  readonly element: HTMLElement;
  /** The streams that pass, by their index in the report. */
  readonly shown: readonly number[];
  readonly filter: Filter;
  select(index: number): void;
  focusSearch(): void;
  clear(): void;
  /** What the address says; rules that the report does not have are left out. Tells nobody. */
  adopt(filter: Filter): void;
}

interface SidebarOptions {
  readonly onStream: (index: number) => void;
  readonly onFilter: () => void;
}

interface Item {
  readonly index: number;
  readonly stream: StreamReport;
}

export function createSidebar({ report }: PageData, { onStream, onFilter }: SidebarOptions): Sidebar {
  const items: readonly Item[] = report.streams.map((stream, index) => ({ stream, index }));
  const common = commonFolder(report.streams.map(({ source }) => nameOf(source)));
  let shown: readonly Item[] = items;
  let selected = -1;
  let filter: Filter = EVERYTHING;

  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: "Search names and findings",
    "aria-label": "Search in the streams' names and in findings",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => apply({ ...filter, text: search.value.trim() }),
  });
  const chips = VERDICTS.flatMap((verdict) => {
    const number = items.filter(({ stream }) => stream.verdict === verdict).length;
    return number === 0 ? [] : [{ verdict, button: chip(verdict, number) }];
  });
  const severity = choice("Severity", ["error", "warning"], (value) => {
    apply({ ...filter, severity: severityOf(value) });
  });
  const rules = [...new Set(report.streams.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const rule = choice("Rule", rules, (value) => apply({ ...filter, rule: value === "" ? undefined : value }));
  const clear = el("button", { type: "button", class: "quiet", onclick: () => reset() }, "Clear");
  const status = el("p", { class: "note", role: "status" });
  const rows = createRows<Item>({
    id: "stream",
    label: "Streams",
    height: 52,
    row: (item) => streamRow(item, common),
    onSelect: ({ index }) => onStream(index),
  });
  const hasFindings = rules.length > 0;
  const element = el(
    "nav",
    { class: "sidebar", "aria-label": "Streams" },
    el(
      "div",
      { class: "filters", role: "search" },
      search,
      chips.length > 1 &&
        el("div", { class: "chips", role: "group", "aria-label": "Verdicts" }, ...chips.map(({ button }) => button)),
      hasFindings && el("div", { class: "choices" }, severity.element, rule.element),
      el("div", { class: "filter-status" }, status, clear),
    ),
    rows.element,
  );

  function chip(verdict: Verdict, number: number): HTMLButtonElement {
    return el(
      "button",
      { type: "button", class: `chip verdict-${verdict}`, "aria-pressed": "false", onclick: () => toggle(verdict) },
      icon(verdict),
      `${VERDICT_NAMES[verdict]} ${grouped(number)}`,
    );
  }

  function toggle(verdict: Verdict): void {
    const verdicts = new Set(filter.verdicts);
    if (!verdicts.delete(verdict)) verdicts.add(verdict);
    apply({ ...filter, verdicts });
  }

  function apply(to: Filter): void {
    take(to);
    onFilter();
  }

  function take(to: Filter): void {
    filter = to;
    for (const { verdict, button } of chips) button.setAttribute("aria-pressed", String(filter.verdicts.has(verdict)));
    shown = items.filter(({ stream }) => passes(stream, filter));
    draw();
  }

  function adopt(to: Filter): void {
    const known = { ...to, rule: rules.find((name) => name === to.rule) };
    if (search.value.trim() !== known.text) search.value = known.text;
    severity.select.value = known.severity ?? "";
    rule.select.value = known.rule ?? "";
    take(known);
  }

  function reset(): void {
    if (isEverything(filter)) return;
    adopt(EVERYTHING);
    onFilter();
  }

  function draw(): void {
    rows.show(shown);
    rows.select(shown.find(({ index }) => index === selected));
    status.textContent =
      shown.length < items.length
        ? shown.length === 0
          ? "No stream passes the filter"
          : `${grouped(shown.length)} of ${counted(items.length, "stream")}`
        : counted(items.length, "stream");
    clear.hidden = isEverything(filter);
  }

  draw();
  return {
    element,
    get shown() {
      return shown.map(({ index }) => index);
    },
    get filter() {
      return filter;
    },
    select(index) {
      selected = index;
      rows.select(shown.find((item) => item.index === index));
    },
    focusSearch() {
      search.focus();
      search.select();
    },
    clear: reset,
    adopt,
  };
}

/** `common`: how many characters the names of all streams have in common. */
function streamRow({ stream }: Item, common: number): readonly Node[] {
  const { source, verdict, events, bytes: size, findings } = stream;
  const full = nameOf(source);
  const name = full.slice(common);
  const slash = name.lastIndexOf("/") + 1;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const told = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(findings.length > errors ? [counted(findings.length - errors, "warning")] : []),
    counted(events, "event"),
    ...(slash > 0 ? [name.slice(0, slash - 1)] : [bytes(size)]),
  ];
  return [
    el(
      "span",
      { class: `badge verdict-${verdict}`, title: VERDICT_NAMES[verdict] },
      icon(verdict),
      el("span", { class: "unseen" }, VERDICT_NAMES[verdict]),
    ),
    el(
      "span",
      { class: "stream-name", title: full },
      el("span", { class: "file" }, name.slice(slash)),
      el("span", { class: "facts" }, told.join(" · ")),
    ),
  ];
}

function choice(
  label: string,
  values: readonly string[],
  onChoice: (value: string) => void,
): { readonly element: HTMLElement; readonly select: HTMLSelectElement } {
  const select = el(
    "select",
    { "aria-label": label, onchange: () => onChoice(select.value) },
    el("option", { value: "" }, `Any ${label.toLowerCase()}`),
    ...values.map((value) => el("option", { value }, value)),
  );
  return { element: select, select };
}

/** The length of the folders that all names begin with. */
function commonFolder(names: readonly string[]): number {
  const [first = "", ...others] = names;
  let length = first.lastIndexOf("/") + 1;
  for (const name of others) {
    while (length > 0 && !name.startsWith(first.slice(0, length))) {
      length = length < 2 ? 0 : first.lastIndexOf("/", length - 2) + 1;
    }
  }
  return length;
}
