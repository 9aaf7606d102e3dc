import type { Protocol } from "../../compile/compile.ts";
import type { Arrow, CompositeState, Graph, PlainState, State } from "./model.ts";
import { statesOf } from "./states.ts";

/** The state diagram of a protocol as Mermaid text (`stateDiagram-v2`), which ends with a line feed. */
export function mermaidOf({ definition }: Protocol): string {
  const lines = ["stateDiagram-v2", ...graphLines(statesOf(definition)).map(indent)];
  return `${lines.join("\n")}\n`;
}

function graphLines({ states, arrows }: Graph): readonly string[] {
  const dots = new Set(states.filter(({ shape }) => shape === "start" || shape === "end").map(({ id }) => id));
  const name = (id: string): string => (dots.has(id) ? "[*]" : id);
  const loops = states.flatMap((state) =>
    state.shape === "state" ? state.loops.map((event) => loopArrow(state, event)) : [],
  );
  return [...states.flatMap(stateLines), ...[...arrows, ...loops].map((arrow) => arrowLine(arrow, name))];
}

function stateLines(state: State): readonly string[] {
  if (state.shape === "start" || state.shape === "end") return [];
  if (state.shape === "state") return [`state "${plain(state.title)}" as ${state.id}`, ...noteLines(state)];
  const { id, title, detail, regions } = state;
  const shown = detail === "" ? plain(title) : `${plain(title)}: ${plain(detail)}`;
  const inside = regions.flatMap((region, index) => [...(index === 0 ? [] : ["--"]), ...graphLines(region)]);
  return [`state "${shown}" as ${id} {`, ...inside.map(indent), "}", ...noteLines(state)];
}

/** Lines of text between a head and a foot. */
function noteLines({ id, notes }: PlainState | CompositeState): readonly string[] {
  if (notes.length === 0) return [];
  return [`note right of ${id}`, ...notes.map((note) => indent(noteText(note))), "end note"];
}

function loopArrow({ id }: PlainState, event: string): Arrow {
  return { from: id, to: id, events: [event], abort: false };
}

function arrowLine({ from, to, events, abort }: Arrow, name: (id: string) => string): string {
  const line = `${name(from)} --> ${name(to)}`;
  if (events.length === 0) return line;
  return `${line} : ${events.map(plain).join("<br/>")}${abort ? "<br/>(early end)" : ""}`;
}

/**
 * Mermaid 12 shows its entity codes (`#59;`) undecoded in state diagrams: signs that it would take for syntax or for HTML
 * are written with others that look like them.
 */
function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll(/[";<]/g, (sign) => LIKE[sign] ?? "")
    .replaceAll("::", "∶∶")
    .replaceAll("%%", "% %");
}

const LIKE: Readonly<Record<string, string>> = { '"': "”", ";": "；", "<": "‹" };

/** A note goes on to the line that ends it. */
function noteText(text: string): string {
  return plain(text).replaceAll(/end note/gi, "end_note");
}

function indent(line: string): string {
  return `  ${line}`;
}
