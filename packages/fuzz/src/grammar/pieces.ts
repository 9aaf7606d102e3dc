import { type Grammar, many, seq, text } from "./grammar.ts";

/** One to three digits without a leading zero: data that a parser of JSON payloads takes too. */
export const digits: Grammar = many(text("1", "2", "3", "4", "5", "6", "7", "8", "9"), 1, 3);

/** One or two letters, as a type, an id or a comment. */
export const letters: Grammar = many(text("a", "b", "c", "d"), 1, 2);

/** `data: 12`, the plainest line with data; it has its one space, since leaving that out is a property of its own. */
export const dataLine = (end: Grammar | string = "\n"): Grammar => seq("data: ", digits, end);

/** `data: 12` and a blank line: what every parser reads, so that only what stands around it can go wrong. */
export const plainBlock = (end: Grammar | string = "\n"): Grammar => seq(dataLine(end), end);

/** `event: ab` */
export const typeLine: Grammar = seq("event: ", letters, "\n");

/** `id: ab` */
export const idLine: Grammar = seq("id: ", letters, "\n");

/** `: ab` */
export const commentLine: Grammar = seq(": ", letters, "\n");
