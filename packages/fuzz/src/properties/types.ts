import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, letters, plainBlock, typeLine } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const typed = seq(typeLine, plainBlock());

const typeProperty = (name: string, title: string, sentence: string, grammar: Grammar): StreamProperty => ({
  name: `event/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence,
  needs: ["type"],
  judge: "events",
  cases: casesOf(grammar),
});

export const types: readonly StreamProperty[] = [
  typeProperty("type", "the event field names the type", sentences.typeOf, many(typed, 1, 4)),
  typeProperty("default", "without an event field the type is message", sentences.typeOf, many(plainBlock(), 1, 4)),
  typeProperty(
    "after-data",
    "the event field may follow the data",
    sentences.inOrder,
    many(seq(dataLine(), typeLine, "\n"), 1, 4),
  ),
  typeProperty(
    "value",
    "a type is a value like others: one space off, the rest kept",
    sentences.type,
    many(seq("event:", text("", " ", "  ", "\t"), letters, text("", " ", ":a", " a"), "\n", plainBlock()), 1, 3),
  ),
  typeProperty(
    "reset",
    "a type holds for one event",
    sentences.typeReset,
    many(oneOf(typed, seq(typed, plainBlock())), 1, 3),
  ),
  {
    // The last event only: that the block without data makes no event is another property.
    ...typeProperty(
      "leak",
      "the type of a block without data is forgotten",
      sentences.dataless,
      many(seq(typeLine, "\n", plainBlock()), 1, 3),
    ),
    judge: "last-event",
  },
  typeProperty(
    "last",
    "of several event fields the last counts",
    sentences.type,
    many(seq(many(seq("event: ", text("a", "b", "c"), "\n"), 2, 3), plainBlock()), 1, 3),
  ),
  typeProperty(
    "empty",
    "an empty event field leaves the type message",
    sentences.typeOf,
    many(seq(text("event:\n", "event: \n"), plainBlock()), 1, 3),
  ),
  typeProperty(
    "emptied",
    "an empty event field takes an earlier one back",
    sentences.type,
    many(seq(typeLine, text("event:\n", "event: \n"), plainBlock()), 1, 3),
  ),
];
