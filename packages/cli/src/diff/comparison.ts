import type { Protocol } from "@ssert/protocol";
import { type Difference, type Outline, TIERS, type Tier } from "@ssert/validate";
import { counted, jsonText } from "../phrases.ts";
import type { Style } from "../style.ts";
import { visible } from "../visible.ts";

interface Side {
  readonly name: string;
  readonly outline: Outline;
}

/** What was compared, and what came of it. */
export interface Comparison {
  readonly before: Side;
  readonly now: Side;
  readonly protocol: Protocol | undefined;
  readonly differences: readonly Difference[];
}

/** For a program. */
export function comparisonJson({ before, now, protocol, differences }: Comparison): string {
  const side = ({ name, outline: { streams, events, capped, answers } }: Side) => ({
    source: name,
    streams,
    skipped: Object.fromEntries(answers.others),
    events,
    capped,
  });
  const summary = Object.fromEntries(TIERS.map((tier) => [tier, ofTier(differences, tier)]));
  return jsonText({ before: side(before), now: side(now), protocol: protocol?.id ?? null, summary, differences });
}

function ofTier(differences: readonly Difference[], wanted: Tier): number {
  return differences.filter(({ tier }) => tier === wanted).length;
}

const COLOURS = { error: "red", warning: "yellow", info: "cyan" } as const;

/** For a person: both sides, a line a difference, and how many there are of each tier. */
export function comparisonText({ before, now, protocol, differences }: Comparison, style: Style): string {
  const told = protocol === undefined ? "no protocol" : protocol.id;
  const lines = differences.map((difference) => line(difference, style));
  if (lines.length > 0) lines.push("\n");
  return `${style("bold", visible(told))}\n${sideLine("-", before)}${sideLine("+", now)}\n${lines.join("")}${counts(differences, style)}\n`;
}

function counts(differences: readonly Difference[], style: Style): string {
  if (differences.length === 0) return "no differences";
  const shown = TIERS.map((tier) => {
    const number = ofTier(differences, tier);
    const text = tier === "info" ? `${number} info` : counted(number, tier);
    return number === 0 ? text : style(COLOURS[tier], text);
  });
  return shown.join(", ");
}

function sideLine(sign: string, { name, outline: { streams, events, capped, answers } }: Side): string {
  const more = capped ? ", not all of it compared" : "";
  const skipped = [...answers.others].map(([kind, count]) => `${count} × ${visible(kind)}`);
  const rest = skipped.length === 0 ? "" : `; skipped, for it is no stream: ${skipped.join(", ")}`;
  return `${sign} ${visible(name)}: ${counted(streams, "stream")}, ${counted(events, "event")}${more}${rest}\n`;
}

/** What a person should know of a comparison that has little to say; undefined where both sides have streams. */
export function nothingCompared({ before, now }: Comparison): string | undefined {
  const empty = [before, now].filter(({ outline }) => outline.streams === 0).map(({ name }) => visible(name));
  if (empty.length === 0) return undefined;
  return `no events were compared: ${empty.join(" and ")} ${empty.length === 1 ? "has" : "have"} no event stream; of other answers only status and media type are compared\n`;
}

function line({ tier, message }: Difference, style: Style): string {
  return `  ${style(COLOURS[tier], tier.padEnd("warning".length))}  ${visible(message)}\n`;
}
