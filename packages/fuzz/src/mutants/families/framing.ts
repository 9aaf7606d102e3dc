import type { Dice } from "../../case/dice.ts";
import { encodeSample } from "../../streams/sample.ts";
import { draftsOf, label } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf, range } from "../fault.ts";
import type { Reading } from "../reading/read.ts";
import { planOf, typeOf } from "../reading/typing.ts";

/** What stands between the bytes and the events: rules `sse/*`. */
export const framingBreakers: Breakers = [
  ["sse/invalid-utf8", inOneBlock("put a stray byte FF into", unreadString("\xff"), toLatin)],
  ["sse/line-separator", inOneBlock("put a raw U+2028 into the data of", unreadString("\u2028"))],
  ["sse/multiple-data", inOneBlock("split the data of", splitData)],
  ["sse/data-before-event", inOneBlock("put the data before the event line of", dataFirst)],
  ["sse/id", inOneBlock("gave an id to", (lines) => ["id: 7", ...lines])],
  ["sse/retry", inOneBlock("put a retry into", (lines) => [...lines, "retry: 1000"])],
  ["sse/unknown-field", inOneBlock("gave an unknown field to", (lines) => [...lines, "x-unknown: 1"])],
  ["sse/no-data", insertWithoutData],
  ["sse/unterminated", appendUnterminated],
];

type Lines = readonly string[];

/** Changes the lines of one block. */
function inOneBlock(
  what: string,
  change: (lines: Lines, reading: Reading, index: number) => Lines | undefined,
  encode: (text: string) => Uint8Array = toUtf8,
): Breaker {
  return (reading, dice) =>
    firstOf(dice, range(0, reading.events.length - 1), (index) => {
      const lines = change(linesOf(reading, index), reading, index);
      if (lines === undefined) return undefined;
      return withBlock(reading, index, 1, encode(`${lines.join("\n")}\n\n`), `${what} ${label(reading, index)}`, index);
    });
}

function linesOf({ events }: Reading, index: number): Lines {
  const event = events[index];
  const text = event === undefined ? "" : new TextDecoder().decode(encodeSample([event]));
  return text.split("\n").filter((line) => line !== "");
}

/** The stream with other bytes for `removed` blocks from `index` on. */
function withBlock(
  reading: Reading,
  index: number,
  removed: number,
  bytes: Uint8Array,
  change: string,
  at: number | undefined,
): Fault {
  const { events } = reading;
  const before = encodeSample(events.slice(0, index));
  const after = encodeSample(events.slice(index + removed));
  const all = new Uint8Array(before.length + bytes.length + after.length);
  all.set(before);
  all.set(bytes, before.length);
  all.set(after, before.length + bytes.length);
  return { drafts: draftsOf(reading), bytes: all, at, change };
}

function toUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-8, but U+00FF becomes the byte FF, which UTF-8 does not have. */
function toLatin(text: string): Uint8Array {
  const pieces = text.split("\xff").map(toUtf8);
  const bytes = pieces.flatMap((piece, index) => (index === 0 ? [...piece] : [0xff, ...piece]));
  return Uint8Array.from(bytes);
}

/**
 * A string with these characters in the data, as a property that nobody reads: in a value that is compared or joined they
 * would be a second fault.
 */
function unreadString(text: string): (lines: Lines, reading: Reading, index: number) => Lines | undefined {
  return (lines, reading, index) => {
    const event = reading.events[index];
    if (event === undefined || event.data.includes("\xff") || !event.data.startsWith("{")) return undefined;
    const data = `{"x_unread":"${text}"${event.data.startsWith("{}") ? "" : ","}${event.data.slice(1)}`;
    const typed = typeOf(reading.protocol.plan, { ...event, data });
    if (typed === undefined || planOf(typed).checks.some((check) => check(typed.data).length > 0)) return undefined;
    return [...lines.filter((line) => !line.startsWith("data")), `data: ${data}`];
  };
}

/** JSON may be broken between its tokens. A literal may not. */
function splitData(lines: Lines, reading: Reading, index: number): Lines | undefined {
  if (reading.frames[index]?.[0]?.data === undefined) return undefined;
  const data = lines.findIndex((line) => /^data: ?[{[]/.test(line));
  const line = lines[data];
  if (line === undefined) return undefined;
  const cut = line.search(/[{[]/) + 1;
  return lines.toSpliced(data, 1, line.slice(0, cut), `data: ${line.slice(cut)}`);
}

function dataFirst(lines: Lines): Lines | undefined {
  const name = lines.findIndex((line) => line.startsWith("event:"));
  const line = lines[name];
  return line === undefined ? undefined : [...lines.toSpliced(name, 1), line];
}

/** It is never dispatched, so it belongs to no event. */
function insertWithoutData(reading: Reading, dice: Dice): Fault {
  const index = dice.between(0, reading.events.length);
  const name = reading.frames[dice.between(0, Math.max(0, reading.frames.length - 1))]?.[0]?.name ?? "x";
  const change = `put a block with an event line, but without data, before event ${index + 1}`;
  return withBlock(reading, index, 0, toUtf8(`event: ${name}\n\n`), change, undefined);
}

/** Behind the end: what is cut off from the terminal event would make the stream truncated, too. */
function appendUnterminated(reading: Reading, dice: Dice): Fault | undefined {
  const { events } = reading;
  if (events.length === 0) return undefined;
  const lines = linesOf(reading, dice.between(0, events.length - 1));
  return withBlock(
    reading,
    events.length,
    0,
    toUtf8(`${lines.join("\n")}\n`),
    "appended an event without its blank line",
    undefined,
  );
}
