import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, maybe, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, digits, letters, plainBlock } from "../grammar/pieces.ts";
import type { Needs, StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const spaces = text(" ", "  ", "\t", " \t", "\t ");

// A block whose only plain data line stands between lines that are to be ignored.
const ignoring = (line: Grammar): Grammar =>
  many(seq(oneOf(seq(line, dataLine()), seq(dataLine(), line), seq(line, line, dataLine())), "\n"), 1, 3);

const named = (...names: readonly [string, ...string[]]): Grammar =>
  seq(text(...names), text(":", ": "), oneOf(digits, letters), "\n");

const field = (
  name: string,
  title: string,
  sentence: string,
  grammar: Grammar,
  needs: readonly Needs[] = [],
): StreamProperty => ({
  name: `field/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence,
  needs,
  judge: "events",
  cases: casesOf(grammar),
});

export const fields: readonly StreamProperty[] = [
  field(
    "no-space",
    "the space after the colon may be missing",
    sentences.value,
    many(seq("data:", digits, "\n\n"), 1, 4),
  ),
  field(
    "one-space",
    "one space after the colon is taken away, more is kept",
    sentences.value,
    many(seq("data: ", spaces, maybe(digits), "\n\n"), 1, 4),
    ["text"],
  ),
  field(
    "leading-tab",
    "a tab after the colon is kept",
    sentences.value,
    many(seq("data:\t", maybe(text(" ", "\t")), digits, "\n\n"), 1, 4),
    ["text"],
  ),
  field(
    "trailing-space",
    "space at the end of a value is kept",
    sentences.value,
    many(seq("data: ", digits, spaces, "\n\n"), 1, 4),
    ["text"],
  ),
  field(
    "colon-in-value",
    "only the first colon divides a line",
    sentences.value,
    many(seq("data: ", many(oneOf(":", digits, ": "), 1, 4), "\n\n"), 1, 4),
    ["text"],
  ),
  field(
    "no-colon",
    "a line without a colon is a field with an empty value",
    sentences.noColon,
    many(seq(text("data\n", "data\ndata\n"), dataLine(), "\n"), 1, 3),
    ["text"],
  ),
  field(
    "unknown",
    "other fields are ignored",
    sentences.otherwise,
    ignoring(named("a", "dat", "dataa", "datadata", "eventt", "evt", "i", "idd", "data-id", "type", "message", "0")),
  ),
  field(
    "unknown-no-colon",
    "other lines without a colon are ignored",
    sentences.otherwise,
    ignoring(seq(text("a", "dat", "dataa", "data 1", "0", "{}"), "\n")),
  ),
  field(
    "space-in-name",
    "a space or tab around the name makes it another name",
    sentences.otherwise,
    ignoring(seq(text(" data", "data ", "\tdata", "data\t", "  data"), text(":", ": "), digits, "\n")),
  ),
  field(
    "case",
    "names are compared literally",
    sentences.literally,
    ignoring(named("Data", "DATA", "dAta", "Event", "EVENT", "Id", "ID", "Retry")),
  ),
  field(
    "prototype",
    "names of every object's properties are unknown fields",
    sentences.otherwise,
    ignoring(named("__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "prototype", "length")),
  ),
  field(
    "prototype-type",
    "names of every object's properties are types like others",
    sentences.type,
    many(seq("event: ", text("__proto__", "toString", "valueOf"), "\n", plainBlock()), 1, 3),
    ["type"],
  ),
];
