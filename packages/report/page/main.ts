// The script of the HTML report. It runs from a file, without a network, on whatever a broken stream holds: text gets into the
// document by textContent and append only.
import { readData } from "./data.ts";
import { el } from "./dom.ts";
import { createHead } from "./head.ts";
import { createHelp } from "./help.ts";
import { listenToKeys } from "./keyboard.ts";
import { onPlace, type Place, readPlace, writePlace } from "./place.ts";
import { createSidebar } from "./sidebar.ts";
import { createStreamModels } from "./stream-model.ts";
import { createStreamView, type Selection } from "./stream-view.ts";

const data = readData();
const modelOf = createStreamModels(data);
let shown = -1;

const help = createHelp();
const head = createHead(data, () => help.showModal());
const sidebar = createSidebar(data, { onStream: open, onFilter: filtered });
const view = createStreamView(selected);
document.body.append(head, data.report.streams.length === 0 ? nothing() : panes(), help);

function panes(): HTMLElement {
  return el("div", { class: "panes" }, sidebar.element, view.element);
}

function nothing(): HTMLElement {
  return el("main", { class: "stream" }, el("p", { class: "card absent" }, "This report has no streams."));
}

function show(index: number, at?: Selection): void {
  const model = modelOf(index);
  if (model === undefined) return;
  shown = index;
  sidebar.select(index);
  view.show(model, sidebar.filter, at);
}

/** Somebody wants to see a stream: from there, Back leads to where they were. */
function open(index: number): void {
  if (index === shown) return;
  writePlace(placeOf(index, { event: undefined, finding: undefined }), true);
  show(index);
}

function placeOf(index: number, selection: Selection): Place {
  return { stream: index + 1, ...selection, filter: sidebar.filter };
}

function selected(selection: Selection, jump: boolean): void {
  writePlace(placeOf(shown, selection), jump);
}

/** What is shown passes the filter, if anything does. */
function filtered(): void {
  const [first] = sidebar.shown;
  const stays = sidebar.shown.includes(shown);
  show(stays ? shown : (first ?? shown));
}

function step(by: number): void {
  const list = sidebar.shown;
  const next = list[Math.min(list.length - 1, Math.max(0, list.indexOf(shown) + by))];
  if (next !== undefined) open(next);
}

/** What is worst is what one came for. */
function firstOfInterest(): number {
  const { streams } = data.report;
  const broken = streams.findIndex(
    ({ verdict }) => verdict === "invalid" || verdict === "truncated" || verdict === "unreadable",
  );
  return broken >= 0
    ? broken
    : Math.max(
        0,
        streams.findIndex(({ findings }) => findings.length > 0),
      );
}

listenToKeys({
  j: () => view.stepEvent(1),
  ArrowDown: () => view.stepEvent(1),
  k: () => view.stepEvent(-1),
  ArrowUp: () => view.stepEvent(-1),
  n: () => view.stepFinding(1),
  p: () => view.stepFinding(-1),
  "]": () => step(1),
  "[": () => step(-1),
  "/": sidebar.focusSearch,
  x: view.turnAxis,
  h: view.turnRaw,
  "+": () => view.zoom(2),
  "=": () => view.zoom(2),
  "-": () => view.zoom(0.5),
  t: () => document.getElementById("theme")?.click(),
  "?": () => help.showModal(),
  Escape: sidebar.clear,
});

function goTo({ stream, filter, ...selection }: Place, otherwise: number): void {
  sidebar.adopt(filter);
  const wanted = (stream ?? 0) - 1;
  const [first = otherwise] = sidebar.shown;
  if (data.report.streams[wanted] === undefined) show(sidebar.shown.includes(otherwise) ? otherwise : first);
  else show(wanted, selection);
}

goTo(readPlace(), firstOfInterest());
onPlace((place) => goTo(place, shown));
