import type { Finding } from "../src/finding.ts";
import { grouped } from "../src/pretty/count.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { type BlockBytes, bytesOf } from "./block-bytes.ts";
import { el } from "./dom.ts";
import { hasMark } from "./plain-text.ts";

/** As many as have room beside the parsed event. */
const PER_ROW = 8;

/**
 * A block byte by byte: where in the stream, in hex, and as ASCII. What is no UTF-8, what is no text and where findings are
 * is marked; a marked row has a finding in it, as a marked line of the text has.
 */
export function hexView(event: TimelineEvent, findings: readonly Finding[]): HTMLElement {
  const block = bytesOf(event);
  const places = new Set(findings.flatMap(({ location }) => (location === undefined ? [] : [location.offset])));
  const rows: HTMLElement[] = [];
  for (let from = 0; from < block.bytes.length; from += PER_ROW) rows.push(rowOf(event, block, from, places));
  const heading = (text: string): HTMLElement => el("th", { scope: "col" }, text);
  return el(
    "div",
    { class: "code hex", tabindex: 0, role: "region", "aria-label": "Raw bytes as hex" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, heading("Offset"), heading("Bytes"), heading("ASCII"))),
      el("tbody", {}, ...rows),
    ),
    event.cut !== undefined &&
      el("p", { class: "note" }, `… ${grouped(event.cut)} more bytes are not part of this page`),
  );
}

function rowOf(event: TimelineEvent, block: BlockBytes, from: number, places: ReadonlySet<number>): HTMLElement {
  const row = block.bytes.subarray(from, from + PER_ROW);
  const cells: (Node | string)[] = [];
  let ascii = "";
  let marked = false;
  row.forEach((byte, index) => {
    const found = places.has(event.offset + from + index);
    marked ||= found;
    const kind = kindOf(event, block, from + index);
    const text = byte.toString(16).padStart(2, "0");
    if (index > 0) cells.push(" ");
    cells.push(
      kind === undefined && !found
        ? text
        : el(
            "mark",
            { class: `${kind?.class ?? ""}${found ? " found" : ""}`, title: kind?.title ?? "a finding" },
            text,
          ),
    );
    ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
  });
  return el(
    "tr",
    { class: marked && "marked" },
    el("th", { scope: "row" }, String(event.offset + from)),
    el("td", { class: "bytes" }, ...cells),
    el("td", { class: "ascii" }, ascii),
  );
}

/** How a byte is marked that is not plain text. */
function kindOf(
  event: TimelineEvent,
  { bytes, illFormed }: BlockBytes,
  at: number,
): { readonly class: string; readonly title: string } | undefined {
  if (illFormed.some(({ from, to }) => at >= from && at < to)) return { class: "ill-formed", title: "not UTF-8" };
  if (at < BOM_BYTES && hasMark(event)) return { class: "odd", title: "byte order mark" };
  const name = NAMES[bytes[at] ?? -1];
  return name === undefined ? undefined : { class: "odd", title: name };
}

const BOM_BYTES = 3;

/** Bytes that are no text, by their value: CR too, since LF ends most lines. */
const NAMES: Readonly<Record<number, string>> = Object.fromEntries([
  ...Array.from({ length: 0x20 }, (_, byte) => [
    byte,
    `control character ${byte.toString(16).padStart(2, "0")}`,
  ]).filter(([byte]) => byte !== 0x09 && byte !== 0x0a),
  [0x0d, "carriage return"],
  [0x7f, "control character 7f"],
]);
