import type { FramingKind } from "../src/index.ts";

interface Line {
  start: number;
  bytes: Uint8Array;
  text: string;
}

/**
 * What is worth a note in a stream, told in the plainest way: `kind @offset event`, by place, where the event is its number
 * or a dash. Only what comes before the end of the last block; the rest has its own tests.
 */
export function naiveNotes(stream: Uint8Array): string[] {
  const notes: string[] = [];
  let block: Line[] = [];
  let number = 0;
  for (const line of linesOf(stream)) {
    if (line.bytes.length > 0) {
      block.push(line);
      continue;
    }
    const dispatches = block.some((each) => nameOf(each) === "data");
    if (dispatches) number += 1;
    const found = notesOf(block).sort((one, other) => one.offset - other.offset);
    notes.push(...found.map(({ kind, offset }) => `${kind} @${offset} ${dispatches ? number : "-"}`));
    block = [];
  }
  return notes;
}

function notesOf(block: readonly Line[]): { kind: FramingKind; offset: number }[] {
  const named = (name: string): Line[] => block.filter((line) => nameOf(line) === name);
  const first = (kind: FramingKind, offset: number | undefined): { kind: FramingKind; offset: number }[] =>
    offset === undefined ? [] : [{ kind, offset }];
  const [data, secondData] = named("data");
  const [event] = named("event");
  const unknown = block.find((line) => !["data", "event", "id", "retry", ""].includes(nameOf(line)));
  const early = data !== undefined && event !== undefined && data.start < event.start;
  return [
    ...first("id", named("id")[0]?.start),
    ...first("retry", named("retry")[0]?.start),
    ...first("unknown-field", unknown?.start),
    ...first("multiple-data", secondData?.start),
    ...first("data-before-event", early ? data.start : undefined),
    ...first("no-data", data === undefined ? event?.start : undefined),
    ...first("line-separator", separatorIn(named("data"))),
    ...first(
      "invalid-utf8",
      block.map(firstBadByte).find((offset) => offset !== undefined),
    ),
  ];
}

function nameOf({ text }: Line): string {
  return text.split(":")[0] ?? "";
}

function separatorIn(lines: readonly Line[]): number | undefined {
  for (const { text, start } of lines) {
    const at = text.search(/[\u0085\u2028\u2029]/);
    // The lines that are searched are well-formed up to there, or the caller does not compare.
    if (at !== -1) return start + new TextEncoder().encode(text.slice(0, at)).length;
  }
  return undefined;
}

/** Where the longest prefix ends that a strict decoder takes. */
function firstBadByte({ bytes, start }: Line): number | undefined {
  if (isWellFormed(bytes)) return undefined;
  for (let end = bytes.length - 1; ; end -= 1) if (isWellFormed(bytes.subarray(0, end))) return start + end;
}

function isWellFormed(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The complete lines. A BOM that begins the stream is no part of the first. */
function linesOf(stream: Uint8Array): Line[] {
  const lines: Line[] = [];
  let start = stream[0] === 0xef && stream[1] === 0xbb && stream[2] === 0xbf ? 3 : 0;
  for (let at = start; at < stream.length; at += 1) {
    if (stream[at] !== 0x0a && stream[at] !== 0x0d) continue;
    const bytes = stream.subarray(start, at);
    lines.push({ start, bytes, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) });
    if (stream[at] === 0x0d && stream[at + 1] === 0x0a) at += 1;
    start = at + 1;
  }
  return lines;
}
