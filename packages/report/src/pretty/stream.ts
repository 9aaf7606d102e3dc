import type { StreamReport, Verdict } from "../report.ts";
import { count } from "./count.ts";
import { indented, type Page, renderFinding, renderHead, sourceName } from "./finding.ts";
import { printable } from "./printable.ts";
import type { StyleFormat } from "./style.ts";

const MARK: Record<Verdict, { readonly mark: string; readonly format: StyleFormat; readonly word: string }> = {
  valid: { mark: "✓", format: "green", word: "valid" },
  invalid: { mark: "✗", format: "red", word: "invalid" },
  truncated: { mark: "✗", format: "red", word: "truncated" },
  "no-stream": { mark: "–", format: "dim", word: "not a stream" },
  unreadable: { mark: "✗", format: "red", word: "unreadable" },
};

/** Frames are what costs room: after as many of a stream the rest goes without. */
const FRAMED_FINDINGS = 20;

/** Whether one line says it all. */
export function isQuiet({ verdict, findings, heldBack }: StreamReport): boolean {
  return (verdict === "valid" || verdict === "no-stream") && findings.length === 0 && heldBack === 0;
}

/** `✓ FILE  pokee@1  valid  31 events, 2.0 kB`; of what was not judged the reason instead. */
export function renderHeading(stream: StreamReport, page: Page): string {
  const { style } = page;
  const { mark, format, word } = MARK[stream.verdict];
  const name = `${style(format, mark)} ${style("bold", sourceName(stream.source))}`;
  if (stream.verdict === "no-stream") {
    const reason = stream.reason === undefined ? "" : `: ${printable(stream.reason)}`;
    return `${name}  ${style(format, word + reason)}`;
  }
  const unjudged = stream.verdict === "unreadable" && stream.protocol === null;
  const protocol = unjudged ? [] : [printable(stream.protocol ?? "wire rules only")];
  const amount = style("dim", `${count(stream.events, "event")}, ${size(stream.bytes)}`);
  return [name, ...protocol, style(format, word), ...(unjudged && stream.bytes === 0 ? [] : [amount])].join("  ");
}

/** A stream with something to say: its heading, why it could not be judged, its findings, what was held back. */
export function renderStream(stream: StreamReport, page: Page): string {
  const { reason, heldBack } = stream;
  const said = reason === undefined ? [] : [indented(reason, page).join("\n")];
  const held = heldBack === 0 ? [] : [page.style("dim", indented(inWords(heldBack), page).join("\n"))];
  return [renderHeading(stream, page), ...said, ...renderFindings(stream, page), ...held].join("\n\n");
}

/** One block a finding. What has been said is not said again: repeats are places only, line by line in one block. */
function renderFindings(stream: StreamReport, page: Page): string[] {
  const said = new Set<string>();
  const blocks: string[][] = [];
  let whole = 0;
  let afterRepeat = false;
  for (const finding of stream.findings) {
    const what = `${finding.rule} ${finding.message}`;
    const repeat = said.has(what) && finding.related === undefined;
    said.add(what);
    if (repeat && afterRepeat) blocks.at(-1)?.push(renderHead(finding, stream, page));
    else if (repeat) blocks.push([renderHead(finding, stream, page)]);
    else {
      if (whole === FRAMED_FINDINGS)
        blocks.push([page.style("dim", "  From here on without the lines of the stream:")]);
      blocks.push([renderFinding(finding, stream, whole < FRAMED_FINDINGS ? page : { ...page, frames: undefined })]);
      whole++;
    }
    afterRepeat = repeat;
  }
  return blocks.map((lines) => lines.join("\n"));
}

function inWords(number: number): string {
  const [was, follows, exceeds] = number === 1 ? ["was", "it follows", "exceeds"] : ["were", "they follow", "exceed"];
  return `${count(number, "more finding")} ${was} held back: ${follows} from a fault above or ${exceeds} the limit of findings.`;
}

function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, "byte");
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
