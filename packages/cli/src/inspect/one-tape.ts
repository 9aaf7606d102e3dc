import type { Inspection, Spread } from "@ssert/validate";
import { counted } from "../phrases.ts";
import { visible } from "../visible.ts";
import { drawLanes } from "./lanes.ts";
import { age, damage, duration, type Page, size, verdictMark, wrapWords } from "./words.ts";

/** Everything that is known of one tape, for a terminal. */
export function describeTape(inspection: Inspection, page: Page): string {
  const { tape, report } = inspection;
  const { format, sign, word } = verdictMark(report);
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ["request", request(inspection)],
    ["response", response(inspection)],
    ["recorded", recorded(inspection, page)],
    ["ended", ended(inspection)],
    [
      "protocol",
      `${visible(report.protocol ?? "none: only the framing was checked")}  ${page.style(format, `${sign} ${word}`)}`,
    ],
    ["why", report.reason === undefined ? undefined : visible(report.reason)],
    ["findings", findings(inspection)],
    ["damage", damageOf(inspection)],
    ["events", events(inspection)],
    ["bytes", `${size(tape.bytes)}${chunks(inspection)}`],
    ["times", times(inspection)],
    ["gaps", gaps(inspection)],
  ];
  const known = rows.flatMap(([name, text]) => (text === undefined ? [] : [line(name, text, page)]));
  const lanes = drawLanes(inspection, page);
  return `${page.style("bold", visible(tape.path))}\n\n${known.join("")}${lanes === "" ? "" : `\n${lanes}`}`;
}

const NAMES = "protocol".length;
const LEAST_TEXT = 20;

function line(name: string, text: string, { style, room: all }: Page): string {
  const indent = " ".repeat(NAMES + 4);
  const room = Math.max(LEAST_TEXT, all - indent.length);
  const [first = "", ...more] = text.split("\n").flatMap((part) => wrapWords(part, room));
  return `  ${style("dim", name.padEnd(NAMES))}  ${[first, ...more.map((other) => indent + other)].join("\n")}\n`;
}

/** Enough to know which of several requests it was. */
const MOST_BODY = 200;

function request({ tape: { header } }: Inspection): string | undefined {
  if (header?.request === undefined) return undefined;
  const { method, url, body } = header.request;
  const line = visible(`${method} ${url}`);
  if (body === undefined || body === "") return line;
  const text = typeof body === "string" ? visible(body) : "a body that is not text";
  return `${line}\n${text.length > MOST_BODY ? `${text.slice(0, MOST_BODY)}…` : text}`;
}

function response({ tape: { header } }: Inspection): string | undefined {
  const { response } = header ?? {};
  if (response === undefined) return undefined;
  return visible(`${response.status} ${response.headers["content-type"] ?? "without a content type"}`);
}

function recorded({ tape: { header } }: Inspection, { now }: Page): string {
  if (header === undefined) return "a bare .sse: when, from where and how is not known";
  const boundaries = header.boundaries === "exact" ? "exact chunks" : "chunks as well as could be";
  const when = `${visible(header.recordedAt)}, ${age(header.recordedAt, now)}`;
  return `${when}; ${header.provenance}, ${boundaries}, by ${visible(header.tool)}`;
}

function ended({ tape: { state, trailer }, times }: Inspection): string | undefined {
  if (state === "bare") return undefined;
  if (trailer === undefined) return "no end line: the recorder died, or is still at work (--repair finishes the tape)";
  const redacted = trailer.redacted > 0 ? `; ${counted(trailer.redacted, "place")} redacted` : "";
  return `${trailer.end} after ${duration(times.endMs)}${redacted}`;
}

/** Each rule with the first place; the report of validate has them all. */
function findings({ report }: Inspection): string | undefined {
  const rules = Map.groupBy(
    report.findings.filter(({ rule }) => !rule.startsWith("tape/")),
    ({ rule }) => rule,
  );
  if (rules.size === 0) return undefined;
  const lines = [...rules].map(([rule, [first, ...more]]) => {
    const place = first?.event === undefined ? "" : ` at event ${first.event.number}`;
    return `${first?.severity ?? ""} ${visible(rule)}${place}${more.length === 0 ? "" : `, and ${more.length} more`}`;
  });
  return lines.join("\n");
}

function damageOf({ report }: Inspection): string | undefined {
  const messages = report.findings
    .filter(({ rule }) => rule.startsWith("tape/"))
    .map(({ message }) => visible(message));
  return messages.length === 0 ? undefined : messages.join("\n");
}

/** More kinds of events than these are counted together. */
const SHOWN_TYPES = 8;

function events({ report, events: counts }: Inspection): string {
  const shown = counts.slice(0, SHOWN_TYPES).map(({ type, count }) => `${visible(type)} ${count}`);
  const rest = counts.length - shown.length;
  const more = rest > 0 ? [`${rest} other types`] : [];
  return [`${report.events}`, [...shown, ...more].join(", ")].filter((text) => text !== "").join(": ");
}

function chunks({ chunks: sizes }: Inspection): string {
  if (sizes === undefined) return "";
  return ` in ${counted(sizes.count, "chunk")}: ${spread(sizes, size)}`;
}

const MOVING: ReadonlySet<string> = new Set(["edited", "crlf-damage", "chunk-sum"]);

function times({ times: { firstByteMs, firstEventMs, lastEventMs }, lanes, report }: Inspection): string | undefined {
  if (firstByteMs === undefined) return undefined;
  const first = lanes
    .filter(({ firstMs }) => firstMs !== undefined)
    .map(({ name, firstMs }) => `${visible(name)} ${duration(firstMs)}`);
  // The lines of a tape say when its bytes came; which bytes these were is not known any more.
  const moved = damage(report).some((what) => MOVING.has(what));
  const doubt = moved ? "\nnot to be trusted, since the bytes are not those that the chunk lines count" : "";
  const last = lastEventMs === undefined ? "" : `, last ${duration(lastEventMs)}`;
  return `first byte ${duration(firstByteMs)}, first event ${duration(firstEventMs)}${last}\nfirst in each lane: ${first.join(", ")}${doubt}`;
}

function gaps({ gaps: spreadOfGaps, silence }: Inspection): string | undefined {
  if (spreadOfGaps === undefined) return undefined;
  const where =
    silence?.afterEvent === 0
      ? "before the first event"
      : `after event ${silence?.afterEvent} ${visible(silence?.type ?? "")}`;
  return `${spread(spreadOfGaps, duration)}${silence === undefined ? "" : `; longest silence ${duration(silence.ms)}, ${where.trimEnd()}`}`;
}

function spread({ least, median, p95, most }: Spread, unit: (value: number) => string): string {
  return `median ${unit(median)}, 95 % up to ${unit(p95)}, from ${unit(least)} to ${unit(most)}`;
}
