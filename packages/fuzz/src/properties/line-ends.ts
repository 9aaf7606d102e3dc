import { casesOf } from "../grammar/cases.ts";
import { afterCr, type CutPolicy, insideCrLf } from "../grammar/cuts.ts";
import { type Grammar, many, maybe, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, plainBlock } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

// A comment without its end: it is never processed, and keeps a last CR from standing at the end of the stream.
const afterwards = ":";

// Whoever takes one line end for two sees a blank line between these two data lines.
const twoLines = seq(dataLine("\r\n"), dataLine("\r\n"), "\r\n");

// The two line ends of a block's data line and blank line. CR and then LF would be one line end.
const twoEnds = oneOf(
  seq(dataLine("\n"), text("\n", "\r", "\r\n")),
  seq(dataLine("\r\n"), text("\n", "\r", "\r\n")),
  seq(dataLine("\r"), text("\r", "\r\n")),
);

const lineEnd = (name: string, title: string, grammar: Grammar, cuts?: CutPolicy): StreamProperty => ({
  name: `line-ends/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence: sentences.lineEnds,
  needs: [],
  judge: "events",
  cases: casesOf(grammar, cuts),
});

export const lineEnds: readonly StreamProperty[] = [
  lineEnd("lf", "LF ends a line", many(plainBlock("\n"), 1, 8)),
  lineEnd("crlf", "CRLF ends a line", many(plainBlock("\r\n"), 1, 8)),
  lineEnd("crlf-once", "CRLF is one line end, not two", many(twoLines, 1, 4)),
  lineEnd("cr", "a lone CR ends a line", seq(many(plainBlock("\r"), 1, 8), afterwards)),
  lineEnd("mixed", "each line may end in its own way", seq(many(twoEnds, 1, 8), afterwards)),
  lineEnd("crlf-cut", "a CRLF cut by a chunk is still one line end", many(twoLines, 1, 3), insideCrLf),
  lineEnd("cr-cut", "a chunk may end with a lone CR", seq(many(plainBlock("\r"), 1, 4), afterwards), afterCr),
  lineEnd(
    "cr-at-end",
    "a blank line that ends in CR counts when the stream ends there",
    seq(many(plainBlock("\n"), 0, 2), dataLine(text("\n", "\r")), "\r"),
  ),
  lineEnd(
    "blank-lines",
    "blank lines between events are nothing",
    seq(maybe(many("\n", 1, 3)), many(seq(plainBlock("\n"), many("\n", 0, 4)), 1, 4)),
  ),
];
