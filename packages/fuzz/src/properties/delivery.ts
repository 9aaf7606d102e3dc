import { casesOf } from "../grammar/cases.ts";
import { afterBlocks, anywhere, cutsWhere } from "../grammar/cuts.ts";
import { many, seq } from "../grammar/grammar.ts";
import { dataLine, plainBlock } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const delivered = { clause: "HTML 9.2.5", sentence: sentences.buffering, needs: ["moment"], judge: "prompt" } as const;

export const delivery: readonly StreamProperty[] = [
  {
    ...delivered,
    name: "delivery/lf",
    title: "an event is shown when the LF of its blank line arrives, not later",
    cases: casesOf(many(plainBlock("\n"), 2, 5), afterBlocks),
  },
  {
    ...delivered,
    name: "delivery/crlf",
    title: "an event is shown when the CRLF of its blank line arrives, not later",
    cases: casesOf(many(plainBlock("\r\n"), 2, 5), afterBlocks),
  },
  {
    ...delivered,
    name: "delivery/cr",
    title: "an event is shown when the CR of its blank line arrives, whatever comes after",
    cases: casesOf(
      many(plainBlock("\r"), 2, 4),
      cutsWhere((text, offset) => text.slice(offset - 2, offset) === "\r\r"),
    ),
  },
  {
    name: "delivery/not-early",
    title: "an event is shown when its block has ended, not earlier",
    clause: "HTML 9.2.6",
    sentence: sentences.blank,
    needs: ["moment"],
    judge: "not-early",
    cases: casesOf(many(seq(many(dataLine(), 1, 3), "\n"), 1, 3), anywhere),
  },
  {
    name: "session/fresh",
    title: "two parsers share nothing",
    clause: "HTML 9.2.6",
    sentence: sentences.buffers,
    needs: ["open"],
    judge: "fresh",
    cases: casesOf(many(seq("event: a\nid: a\n", many(dataLine(), 1, 2), "\n"), 1, 3), anywhere),
  },
  {
    // Without ids: whether the last event ID outlives a reset depends on what the reset is for.
    name: "session/reset",
    title: "after a reset the parser is as new",
    clause: "HTML 9.2.6",
    sentence: sentences.buffers,
    needs: ["reset"],
    judge: "reset",
    cases: casesOf(many(seq("event: a\n", many(dataLine(), 1, 2), "\n"), 1, 3), anywhere),
  },
];
