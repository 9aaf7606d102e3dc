// The script of the HTML report. It runs from a file, without a network, on whatever a broken stream holds: text gets into the
// document by textContent and append only.
import { readData } from "./data.ts";
import { el } from "./dom.ts";
import { createHead } from "./head.ts";
import { createHelp } from "./help.ts";
import { listenToKeys } from "./keyboard.ts";
import { readPlace, writePlace } from "./place.ts";
import { createSidebar } from "./sidebar.ts";
import { createStreamModels } from "./stream-model.ts";
import { createStreamView } from "./stream-view.ts";

const data = readData();
const modelOf = createStreamModels(data);
let shown = -1;

const help = createHelp();
const head = createHead(data, () => help.showModal());
const sidebar = createSidebar(data, { onStream: show, onFilter: filtered });
const view = createStreamView((event) => writePlace({ stream: shown + 1, event }));
document.body.append(head, el("div", { class: "panes" }, sidebar.element, view.element), help);

function show(index: number, event?: number): void {
  const model = modelOf(index);
  if (model === undefined) return;
  shown = index;
  sidebar.select(index);
  view.show(model, sidebar.filter, event);
}

/** What is shown passes the filter, if anything does. */
function filtered(): void {
  const [first] = sidebar.shown;
  const stays = sidebar.shown.includes(shown);
  if (stays || first !== undefined) show(stays ? shown : (first ?? shown));
}

function step(by: number): void {
  const list = sidebar.shown;
  const next = list[Math.min(list.length - 1, Math.max(0, list.indexOf(shown) + by))];
  if (next !== undefined) show(next);
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
const place = readPlace();
const wanted = (place.stream ?? 0) - 1;
if (data.report.streams[wanted] === undefined) show(firstOfInterest());
else show(wanted, place.event);
addEventListener("hashchange", () => {
  const { stream, event } = readPlace();
  if (stream !== undefined) show(stream - 1, event);
});
