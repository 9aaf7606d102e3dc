import type { Protocol } from "@ssert/protocol";
import { diffArrays } from "diff";
import { compareAnswers } from "./compare-answers.ts";
import { compareShapes } from "./compare-shapes.ts";
import { type Difference, TIERS } from "./difference.ts";
import { isFreeForm } from "./free-form.ts";
import { BEGINNING, END, type Outline, readSuccession } from "./outline.ts";
import type { SeenValues } from "./values.ts";

/**
 * Compares what was recorded before with what was recorded now: the worst first, and in the order of the events of `before`.
 * Two answers of a model are never the same; what may differ without anything having moved is `info`.
 */
export function compareOutlines(before: Outline, now: Outline, protocol: Protocol | undefined): readonly Difference[] {
  const all = [
    ...compareKindsOfAnswer(before, now),
    // Where one side has no stream there are no two to compare: the answers have told it.
    ...(before.streams > 0 && now.streams > 0 ? compareStreams(before, now, protocol) : []),
  ];
  return all.toSorted((one, other) => TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier));
}

function compareKindsOfAnswer(before: Outline, now: Outline): readonly Difference[] {
  const found = compareAnswers(before.answers, now.answers);
  if (before.streams === 0 || now.streams > 0 || found.some(({ tier }) => tier === "error")) return found;
  // Not to be taken for a comparison in which nothing differs.
  const was = before.streams === 1 ? "there was a stream" : `there were ${before.streams} streams`;
  const others = [...now.answers.others.keys()].sort().join(" and ");
  return [{ tier: "error", aspect: "response", message: `${was}, now there is none, only ${others}` }, ...found];
}

function compareStreams(before: Outline, now: Outline, protocol: Protocol | undefined): readonly Difference[] {
  return [
    ...compareResponses(before, now),
    ...compareVerdicts(before, now),
    ...compareLabels(before, now, protocol),
    ...compareOrder(before, now, protocol !== undefined && now.rules.size === 0),
    ...compareTimes(before, now),
  ];
}

function compareResponses(before: Outline, now: Outline): readonly Difference[] {
  const found: Difference[] = [];
  const ends = before.ends.size > 0 && now.ends.size > 0;
  if (ends && names(before.ends) !== names(now.ends)) {
    found.push({
      tier: "warning",
      aspect: "response",
      message: `the body ended with ${names(before.ends)}, ends with ${names(now.ends)}`,
    });
  }
  if (before.headers.size === 0 || now.headers.size === 0) return found;
  const gone = [...before.headers].filter((name) => !now.headers.has(name));
  const added = [...now.headers].filter((name) => !before.headers.has(name));
  if (gone.length > 0)
    found.push({ tier: "info", aspect: "response", message: `headers that are gone: ${gone.join(", ")}` });
  if (added.length > 0) found.push({ tier: "info", aspect: "response", message: `new headers: ${added.join(", ")}` });
  return found;
}

function names(counts: ReadonlyMap<string, number>): string {
  return [...counts.keys()].sort().join(" and ");
}

function compareVerdicts(before: Outline, now: Outline): readonly Difference[] {
  const rules = [...now.rules]
    .filter(([rule]) => !before.rules.has(rule))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  if (rules.length === 0) return [];
  const listed = rules.map(([rule, place]) => (place === "" ? rule : `${rule} (first at ${place})`)).join(", ");
  return [{ tier: "error", aspect: "verdict", message: `rules are broken that were kept: ${listed}` }];
}

function compareLabels(before: Outline, now: Outline, protocol: Protocol | undefined): readonly Difference[] {
  const found: Difference[] = [];
  for (const [event, was] of before.labels) {
    const is = now.labels.get(event);
    if (is === undefined) {
      found.push({
        tier: "warning",
        aspect: "event",
        event,
        message: `\`${event}\` does not come any more; it came ${times(was.count)}`,
      });
      continue;
    }
    found.push(...compareShapes(event, was.shape, is.shape, (tokens) => isFreeForm(protocol, event, tokens)));
    for (const [path, values] of was.values ?? [])
      found.push(...compareValues(event, path, values, is.values?.get(path)));
    if (was.count !== is.count) {
      found.push({
        tier: "info",
        aspect: "event",
        event,
        message: `\`${event}\` came ${times(was.count)}, comes ${times(is.count)}`,
      });
    }
  }
  for (const [event, { count }] of now.labels) {
    if (before.labels.has(event)) continue;
    found.push({ tier: "warning", aspect: "event", event, message: `\`${event}\` is new; it comes ${times(count)}` });
  }
  return found;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function compareValues(
  event: string,
  path: string,
  was: SeenValues,
  is: SeenValues | undefined,
): readonly Difference[] {
  if (is === undefined || was.text === is.text) return [];
  const at = firstDifference(was.text, is.text);
  const capped = was.capped || is.capped ? " (only the first MiB was compared)" : "";
  const [one, other] = [was, is].map(({ kind, text }) => {
    const part = excerpt(text, at);
    return kind === "numbers" ? part.replaceAll('"', "").replaceAll("\\n", ", ") : part;
  });
  const message = `\`${event}\` ${path} was ${one}, is ${other}${capped}`;
  return [{ tier: "warning", aspect: "values", event, path, message }];
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Characters shown on either side of the first one that differs. */
const AROUND = 20;

function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - AROUND);
  const part = text.slice(from, at + AROUND);
  return `${from > 0 ? "…" : ""}${JSON.stringify(part.trimEnd())}${at + AROUND < text.trimEnd().length ? "…" : ""}`;
}

/** An order that the protocol allows is only one that had not been recorded. */
function compareOrder(before: Outline, now: Outline, allowed: boolean): readonly Difference[] {
  const found: Difference[] = [];
  for (const key of now.successions.keys()) {
    const [first, second] = readSuccession(key);
    const known = (label: string): boolean => before.labels.has(label) || label === BEGINNING || label === END;
    // A kind of event that is new, or gone, has been told.
    if (before.successions.has(key) || !known(first) || !known(second)) continue;
    const tier = allowed ? "info" : first === BEGINNING ? "error" : "warning";
    found.push({
      tier,
      aspect: "order",
      event: second === END ? first : second,
      message: `${quoted(second)} directly after ${quoted(first)}, which did not happen before`,
    });
  }
  for (const key of before.successions.keys()) {
    const [first, second] = readSuccession(key);
    const known = (label: string): boolean => now.labels.has(label) || label === BEGINNING || label === END;
    if (now.successions.has(key) || !known(first) || !known(second)) continue;
    found.push({
      tier: "info",
      aspect: "order",
      event: second === END ? first : second,
      message: `${quoted(second)} does not come directly after ${quoted(first)} any more`,
    });
  }
  return before.streams === 1 && now.streams === 1 ? [...found, ...compareRuns(before, now)] : found;
}

function quoted(label: string): string {
  return label === BEGINNING || label === END ? label : `\`${label}\``;
}

/** Steps that diffing may take: two sequences that have nothing in common are told to be so, not compared for minutes. */
const MAX_EDITS = 2_000;

function compareRuns(before: Outline, now: Outline): readonly Difference[] {
  const [was, is] = [before.runs, now.runs].map((runs) => runs.map(({ label }) => label));
  const changes = diffArrays(was ?? [], is ?? [], { maxEditLength: MAX_EDITS });
  if (changes === undefined)
    return [{ tier: "info", aspect: "order", message: "the events come in an order that has little in common" }];
  const found: Difference[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    if (added || removed)
      found.push({
        tier: "info",
        aspect: "order",
        message: `${added ? "+" : "-"} at step ${at + 1}: ${listed(value)}`,
      });
    if (!removed) at += value.length;
  }
  return found.length <= MAX_STEPS
    ? found
    : [
        ...found.slice(0, MAX_STEPS),
        { tier: "info", aspect: "order", message: `and ${found.length - MAX_STEPS} more changes of the order` },
      ];
}

const MAX_STEPS = 30;
const MAX_NAMES = 8;

function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, MAX_NAMES).join(", ");
  return labels.length > MAX_NAMES ? `${shown}, and ${labels.length - MAX_NAMES} more` : shown;
}

/** Less than twice as much is what networks and models do from one minute to the next. */
const NOTED_RATIO = 2;

function compareTimes(before: Outline, now: Outline): readonly Difference[] {
  const rows: readonly [string, readonly number[], readonly number[]][] = [
    ["time to the first chunk", before.times.first, now.times.first],
    ["time to the end", before.times.total, now.times.total],
    ["time between chunks", before.times.gaps, now.times.gaps],
  ];
  return rows.flatMap(([what, was, is]) => {
    const [one, other] = [median(was), median(is)];
    if (one === undefined || other === undefined || Math.max(one, other) < 1) return [];
    if (Math.max(one, other) < NOTED_RATIO * Math.min(one, other)) return [];
    return [
      {
        tier: "info",
        aspect: "timing",
        message: `${what} (median) was ${one.toFixed(1)} ms, is ${other.toFixed(1)} ms`,
      } as const,
    ];
  });
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}
