import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, maybe, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, idLine, letters, plainBlock } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const identified = seq(idLine, plainBlock());

const resume = (name: string, title: string, sentence: string, grammar: Grammar): StreamProperty => ({
  name: `resume/${name}`,
  title,
  clause: "HTML 9.2.3",
  sentence,
  needs: ["resume"],
  judge: "resume",
  cases: casesOf(grammar),
});

export const resumes: readonly StreamProperty[] = [
  resume("id", "the next request has the last id", sentences.resume, many(identified, 1, 3)),
  resume("none", "without an id the next request has none", sentences.resume, many(plainBlock(), 1, 3)),
  resume(
    "persist",
    "the last id counts whatever events came after it",
    sentences.idPersists,
    seq(identified, many(plainBlock(), 1, 3)),
  ),
  resume(
    "no-data",
    "an id of a block without data counts",
    sentences.idPersists,
    seq(many(identified, 0, 2), idLine, "\n"),
  ),
  resume(
    "unfinished",
    "an id of a block that the cut left unfinished does not count",
    sentences.unfinished,
    seq(maybe(identified), idLine, maybe(dataLine())),
  ),
  resume(
    "reset",
    "after an empty id the next request has none",
    sentences.resume,
    seq(identified, text("id\n", "id:\n", "id: \n"), plainBlock()),
  ),
  resume(
    "null",
    "an id with a NUL does not count",
    sentences.id,
    seq(maybe(identified), "id: ", text("\0", "a\0", "\0a"), "\n", plainBlock()),
  ),
  resume(
    "non-latin1",
    "an id of any text is sent as UTF-8",
    sentences.resume,
    seq("id: ", maybe(letters), oneOf(utf8("é"), utf8("€"), utf8("😀")), "\n", plainBlock()),
  ),
];
