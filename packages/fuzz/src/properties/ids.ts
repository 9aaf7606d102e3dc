import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, maybe, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, idLine, letters, plainBlock } from "../grammar/pieces.ts";
import type { Needs, StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const identified = seq(idLine, plainBlock());
const withNull = seq("id: ", text("\0", "a\0", "\0a", "a\0a"), "\n");

const idProperty = (
  name: string,
  title: string,
  needs: readonly Needs[],
  sentence: string,
  grammar: Grammar,
): StreamProperty => ({
  name: `id/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence,
  needs,
  judge: "events",
  cases: casesOf(grammar),
});

// Where the judgement is of the last event, that a block without data makes no event is another property.
export const ids: readonly StreamProperty[] = [
  idProperty("set", "the id field sets the id", ["id"], sentences.id, many(identified, 1, 4)),
  idProperty(
    "after-data",
    "the id field may follow the data",
    ["id"],
    sentences.inOrder,
    many(seq(dataLine(), idLine, "\n"), 1, 4),
  ),
  idProperty(
    "persist",
    "an id holds until the next one",
    ["last-id"],
    sentences.idPersists,
    seq(identified, many(oneOf(identified, plainBlock()), 1, 4)),
  ),
  idProperty(
    "own",
    "an event without an id does not show an earlier one as its own",
    ["own-id"],
    sentences.id,
    seq(identified, many(oneOf(identified, plainBlock()), 1, 4)),
  ),
  {
    ...idProperty(
      "reset",
      "an empty id resets it",
      ["empty-id"],
      sentences.id,
      many(seq(idLine, maybe(dataLine()), "\n", text("id:\n", "id: \n"), plainBlock()), 1, 3),
    ),
    judge: "last-event",
  },
  {
    ...idProperty(
      "no-data",
      "an id of a block without data counts for what follows",
      ["last-id"],
      sentences.idPersists,
      many(seq(idLine, "\n", plainBlock()), 1, 3),
    ),
    judge: "last-event",
  },
  {
    ...idProperty(
      "own-no-data",
      "an id of a block without data is not the next event's own",
      ["own-id"],
      sentences.dataless,
      many(seq(idLine, "\n", plainBlock()), 1, 3),
    ),
    judge: "last-event",
  },
  idProperty(
    "last",
    "of several id fields the last counts",
    ["id"],
    sentences.id,
    many(seq(many(idLine, 2, 3), plainBlock()), 1, 3),
  ),
  idProperty(
    "null",
    "an id with a NUL is ignored",
    ["id"],
    sentences.id,
    many(oneOf(seq(withNull, plainBlock()), seq(idLine, withNull, plainBlock())), 1, 3),
  ),
  idProperty(
    "value",
    "an id is a value like others: any text, one space off",
    ["id"],
    sentences.id,
    many(
      seq("id:", text("", " ", "  "), letters, text("", " ", ":a", utf8("é"), utf8("😀"), ","), "\n", plainBlock()),
      1,
      3,
    ),
  ),
];
