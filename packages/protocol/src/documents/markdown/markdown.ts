import type { Protocol } from "../../compile/compile.ts";
import { type Kind, kindsOf } from "../../compile/kinds.ts";
import type { Pattern } from "../../compile/pattern.ts";
import type { EventDefinition, ProtocolFile, TypeCandidate } from "../../definition/protocol-file.ts";
import type { RuleInfo } from "../../rules.ts";
import { mermaidOf } from "../diagram/mermaid.ts";
import { closingNotes, kindNotes, scopeNotes } from "../diagram/notes.ts";
import { cardinalityOf, kindName, TIMES } from "../scope-words.ts";
import { code, table } from "./table.ts";

/** A protocol as a page in Markdown: where the type is, events, scopes, states and rules. It ends with a line feed. */
export function markdownOf(protocol: Protocol): string {
  const { id, definition, rules } = protocol;
  const sections = [
    `# ${id}`,
    ...(definition.source === undefined ? [] : [`Written from: ${definition.source}.`]),
    typeWords(definition),
    "## Events",
    eventTable(definition),
    "## Scopes",
    "A scope is something that is opened, goes on and is closed. Every event of a scope needs the scope that this one is in to be open.",
    scopeTable(definition),
    "## States",
    `\`\`\`mermaid\n${mermaidOf(protocol)}\`\`\``,
    "## Rules",
    "An error breaks the protocol; a warning is about what it advises, or what some clients cannot read. A rule that is off is not looked at.",
    ruleTable(rules),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The rules of a protocol as a table. */
export function ruleTable(rules: readonly RuleInfo[]): string {
  const rows = rules.map(({ id, severity, title, source }) => [code(id), severity, title, source ?? "–"]);
  return table(["rule", "severity", "what holds", "source"], rows);
}

function typeWords({ type, name = "any" }: ProtocolFile): string {
  const candidates = [type].flat().map(candidateWords);
  return `The type of an event is ${candidates.join("; else ")}. ${NAME_WORDS[name]}`.trim();
}

function candidateWords(candidate: TypeCandidate): string {
  if (candidate === "event") return "the text of its `event:` line";
  if (typeof candidate === "string") return `the string at ${code(candidate)} of its data`;
  if (!("has" in candidate)) return code(candidate.is);
  return `${code(candidate.is)} where the data has ${code(candidate.has)}`;
}

const NAME_WORDS = {
  any: "",
  same: "Its `event:` line, if there is one, says the same.",
  required: "Its `event:` line says the same.",
  none: "There is no `event:` line.",
};

function eventTable({ events }: ProtocolFile): string {
  const rows = Object.entries(events).map(([pattern, event]) => [code(pattern), dataWords(event)]);
  return table(["event", "data"], rows);
}

function dataWords({ schema, literal, subtype, parts = {} }: EventDefinition): string {
  const description = typeof schema === "object" ? schema["description"] : undefined;
  const required = typeof schema === "object" ? schema["required"] : undefined;
  const words = [
    ...(literal === undefined ? [] : [`the text ${code(literal)}, not JSON`]),
    ...(typeof description === "string" ? [description.replace(/\.$/, "")] : []),
    ...(Array.isArray(required) && required.length > 0
      ? [`has ${required.map((key) => code(String(key))).join(", ")}`]
      : []),
    ...(subtype === undefined ? [] : [`subtype at ${code(subtype)}`]),
    ...Object.entries(parts).map(([part, pointer]) => `each of ${code(pointer)} is a ${code(part)}`),
  ];
  return words.length === 0 ? "–" : words.join("; ");
}

function scopeTable({ scopes }: ProtocolFile): string {
  const rows = Object.entries(scopes).flatMap(([name, scope]) => {
    const where = scope.in === undefined ? "the stream" : `in ${code(scope.in)}, ${cardinalityOf(scope)}`;
    const kinds = kindsOf(name, scope);
    const [only, ...others] = kinds;
    if (only === undefined) return [];
    if (others.length === 0) return [[code(name), where, ...kindCells(only), scopeNotes(name, scope).join("; ")]];
    const head = [code(name), where, "", "", "", "", scopeNotes(name, scope).join("; ")];
    const rest = kinds.map((kind) => {
      const own = scope.kinds?.[kind.name];
      const notes = own === undefined ? [] : [...closingNotes(own.mustClose), ...kindNotes(kind, kind.name)];
      return [code(kindName(kind, name)), `kind of ${code(name)}`, ...kindCells(kind), notes.join("; ")];
    });
    return [head, ...rest];
  });
  return table(["scope", "where", "opened by", "inner events", "closed by", "ended early by", "also"], rows);
}

function kindCells({ open, steps, close, abort }: Kind): readonly string[] {
  const inner = steps.map((step) =>
    step.map(({ pattern, times }) => `${code(pattern.text)} ${TIMES[times]}`).join(", "),
  );
  return [codes(open), inner.join("; then ") || "–", codes(close), codes(abort)];
}

function codes(patterns: readonly Pattern[]): string {
  return patterns.map(({ text }) => code(text)).join(", ") || "–";
}
