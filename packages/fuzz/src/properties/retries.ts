import { casesOf } from "../grammar/cases.ts";
import { type Grammar, many, oneOf, seq, text } from "../grammar/grammar.ts";
import { dataLine, digits } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const inABlock = (retryLine: Grammar): Grammar => many(seq(retryLine, dataLine(), "\n"), 1, 4);

const retry = (name: string, title: string, grammar: Grammar): StreamProperty => ({
  name: `retry/${name}`,
  title,
  clause: "HTML 9.2.6",
  sentence: sentences.retry,
  needs: ["retry"],
  judge: "events",
  cases: casesOf(grammar),
});

export const retries: readonly StreamProperty[] = [
  retry("digits", "digits set the reconnection time", inABlock(seq("retry: ", digits, "\n"))),
  retry(
    "zeros",
    "leading zeros are digits too, and zero is a time",
    inABlock(seq("retry: ", text("0", "00", "010", "08"), "\n")),
  ),
  // An empty value is left out: whether it "consists of only ASCII digits" is read both ways.
  retry(
    "invalid",
    "anything but digits is ignored",
    inABlock(
      seq(
        text("retry: "),
        oneOf(
          seq(digits, text("a", ".0", "e1", " ", ",", "_0", "\t")),
          seq(text("-", "+", "a", ".", "0x", " ", "\t"), digits),
          text("a", "Infinity", "NaN", "-", "\xd9\xa1"),
        ),
        "\n",
      ),
    ),
  ),
];
