import type { KindPlan } from "../compile/plan.ts";
import type { TypeCandidate } from "../definition/protocol-file.ts";
import type { PayloadProblem } from "../payload/words.ts";
import { show } from "../payload/words.ts";
import type { Instance } from "./instance/instance.ts";
import type { JsonDifference } from "./values/json-difference.ts";
import { LargeInteger } from "./values/large-integer.ts";

/*
 * Every message of the monitor. Each says what came, what was expected, and what to do about it.
 */

export function noType(candidates: readonly TypeCandidate[]): string {
  return `No event type: looked at ${candidates.map(candidateWords).join(", then ")}. Give the event one.`;
}

function candidateWords(candidate: TypeCandidate): string {
  if (candidate === "event") return "the `event:` line";
  if (typeof candidate === "string") return `${candidate} in the data`;
  return "has" in candidate ? `whether the data has ${candidate.has}` : "nothing";
}

export function notJson(data: string): string {
  if (data.trim() === "") return "The data is empty. It must be JSON; `{}` if there is nothing to say.";
  return `The data is not JSON: ${show(data)}. Send exactly one JSON value an event.`;
}

export function eventName(line: string | undefined, type: string, rule: string): string {
  if (rule === "none")
    return `The event line says ${code(line ?? "")}, but this protocol has no event lines. Leave it out.`;
  if (line === undefined)
    return `There is no event line, but the data says ${code(type)}. Send \`event: ${cut(type)}\`.`;
  return `The event line says ${code(line)}, the data says ${code(type)}. Make them the same.`;
}

export function unknownType(type: string): string {
  return `Unknown event type ${code(type)}: clients will skip it. Check its spelling, or that client and server have the same version.`;
}

export function payload(label: string, problems: readonly PayloadProblem[]): string {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const path = first?.path ?? "";
  return `${code(label)}: ${path === "" ? "the data" : path} ${first?.message ?? "does not fit its schema"}${more}.`;
}

export function notLiteral(label: string, literal: string): string {
  return `${code(label)}: the data must be exactly ${code(literal)}.`;
}

export function noKey(label: string, pointers: readonly string[], scope: string): string {
  return `${code(label)} has no ${pointers.join(", ")}, which says which ${scope} it belongs to.`;
}

export function streamNotOpen(label: string, opens: readonly string[]): string {
  return `${code(label)} before ${anyOf(opens)}. The stream must begin with it.`;
}

export function notOpen(
  label: string,
  scope: string,
  key: Instance["key"],
  keyed: boolean,
  opens: readonly string[],
): string {
  const which = keyed ? ` ${showKey(key)}` : "";
  const advice = keyed ? "Send it first, or correct the key." : "Send it first.";
  return `${code(label)} without an open ${scope}${which}: no ${anyOf(opens)} before it. ${advice}`;
}

export function alreadyOpen(label: string, old: Instance): string {
  return `${code(label)} while ${the(old)} is still open. ${ending(old)} first.`;
}

export function streamAlreadyOpen(label: string, stream: Instance): string {
  return `${code(label)} while ${the(stream)} is still open. A stream has one: send it once.`;
}

export function overlap(label: string, old: Instance): string {
  return `${code(label)} while another ${old.scope.name} (${showKey(old.key)}, of event ${number(old)}) is still open. ${ending(old)} first.`;
}

export function keyJumps(scope: string, key: number, expected: string): string {
  return `The new ${scope} is ${key}, expected ${expected}. Count without gaps.`;
}

export function reopened(label: string, scope: string, key: Instance["key"]): string {
  return `${code(label)} uses ${showKey(key)} again, the key of a ${scope} that was closed. Give each ${scope} a key of its own.`;
}

export function closed(label: string, scope: string, key: Instance["key"], keyed: boolean): string {
  const which = keyed ? ` ${showKey(key)}` : "";
  return `${code(label)} after the ${scope}${which} was closed. Send it before, or not at all.`;
}

export function streamClosed(label: string, end: string): string {
  return `${code(label)} after the end of the stream: ${code(end)} must be the last event.`;
}

export function unclosed(label: string, open: Instance): string {
  return `${code(label)} while ${the(open)} is still open. ${ending(open)} first.`;
}

export function wrongKind(label: string, open: Instance): string {
  return `${code(label)} in a ${open.kind.name}, the ${open.scope.name} that is open. ${ending(open)} and open the other kind first.`;
}

export function missing(label: string, pattern: string, kind: string): string {
  return `${code(label)} but no ${code(pattern)} in this ${kind}. Send it before.`;
}

export function repeated(label: string, kind: string): string {
  return `A second ${code(label)} in one ${kind}. Send it once.`;
}

export function outOfOrder(label: string, later: string, kind: string): string {
  return `${code(label)} after ${code(later)}. In a ${kind} it comes before.`;
}

export function opening(label: string, owner: string, problem: PayloadProblem | undefined): string {
  const path = problem === undefined || problem.path === "" ? "the data" : problem.path;
  return `${code(label)} opens a ${owner}, so ${path} ${problem?.message ?? "must fit its schema"}.`;
}

export function changed(name: string, value: unknown, first: unknown, kind: string): string {
  return `${name} is ${show(value)}, but it was ${show(first)}. It must not change within a ${kind}.`;
}

export function jumps(name: string, value: number, expected: string): string {
  return `${name} is ${value}, expected ${expected}. An event is missing, repeated or out of place.`;
}

export function differs(name: string, value: unknown, text: string): string {
  return `${name} is ${show(value)}, but its parts joined are ${show(text)}. They must spell the same.`;
}

export function jsonDiffers(name: string, difference: JsonDifference): string {
  const { path, left, right } = difference;
  const where = path === "" ? "" : ` at ${shortened(path)}`;
  if (sameSort(left, right))
    return `${name} differs from its parts joined${where}: they do not have the same properties.`;
  return `${name}${where} is ${showNumber(left)}, but its parts joined say ${showNumber(right)}. They must spell the same.`;
}

function showNumber(value: unknown): string {
  return value instanceof LargeInteger ? shortened(value.source) : show(value);
}

/** A line of a terminal; what is nested 100,000 deep has a path of as many steps. */
const SHOWN = 120;

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function sameSort(left: unknown, right: unknown): boolean {
  const isContainer = (value: unknown): boolean =>
    typeof value === "object" && value !== null && !(value instanceof LargeInteger);
  return isContainer(left) && isContainer(right);
}

export function joinedNotJson(name: string, text: string): string {
  return `The joined ${name} is not JSON: ${show(text)}. A part is missing, repeated or out of place.`;
}

export function truncated(open: readonly Instance[]): string {
  const [stream, ...inside] = open;
  const end = stream === undefined || stream.kind.close.length === 0 ? "" : ` before ${anyOf(stream.kind.close)}`;
  const shown = inside.slice(0, TRUNCATED_SHOWN).map((instance) => the(instance));
  const more = inside.length - shown.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  const still = shown.length === 0 ? "" : `; still open: ${shown.join(", ")}${rest}`;
  return `The stream ends${end}${still}. The connection was cut, or the server stopped early.`;
}

const TRUNCATED_SHOWN = 5;

export function neverBegan(opens: readonly string[]): string {
  return `The stream ends before ${anyOf(opens)}: nothing came.`;
}

export function openForgotten(scope: string, limit: number): string {
  return `More than ${limit} instances are open, the latest a ${scope}. The oldest are forgotten, and what belongs to them is not judged.`;
}

export function closedForgotten(scope: string, limit: number): string {
  return `More than ${limit} closed keys to remember, the latest of a ${scope}. The oldest are forgotten, and their reuse is not found.`;
}

export function textForgotten(name: string, kind: string): string {
  return `The ${name} of this ${kind} is too long to keep, so it is not checked.`;
}

/** The other place of a finding. */
export const related = {
  opened: (kind: string): string => `${kind} opened here`,
  closed: (scope: string): string => `${scope} closed here`,
  ended: "the stream ended here",
  first: "first here",
  later: "this came before",
  was: (value: unknown): string => `${show(value)} here`,
};

/** `the text of event 12`, `the tool_call "x" of event 3`. */
function the(instance: Instance): string {
  const key = instance.scope.keyed ? ` ${showKey(instance.key)}` : "";
  return `the ${instance.kind.name}${key} of event ${number(instance)}`;
}

function number(instance: Instance): number {
  return instance.opened.event?.number ?? 0;
}

function ending(instance: Instance): string {
  return instance.kind.close.length === 0 ? "End it" : `Send ${anyOf(instance.kind.close)}`;
}

function showKey(key: Instance["key"]): string {
  return show(key);
}

function anyOf(patterns: readonly string[]): string {
  return patterns.map(code).join(" or ");
}

/** Names from data are data: they may be long or hold line ends. */
function code(name: string): string {
  return `\`${cut(name)}\``;
}

const LONGEST_NAME = 80;

function cut(name: string): string {
  const line = name.slice(0, 2 * LONGEST_NAME).replaceAll(/\s+/g, " ");
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

export function lacksAfter(awaited: readonly string[]): string {
  return `The stream ends before ${anyOf(awaited)}, which must follow the end. The connection was cut, or the server stopped early.`;
}

export function opensOf(kinds: readonly KindPlan[]): readonly string[] {
  return [...new Set(kinds.flatMap((kind) => kind.open))];
}
