import { utf8 } from "../case/case.ts";
import { casesOf } from "../grammar/cases.ts";
import { anywhere, type CutPolicy, emptyChunks, everyByte } from "../grammar/cuts.ts";
import { type Grammar, many, maybe, oneOf, seq, text, widened } from "../grammar/grammar.ts";
import { commentLine, dataLine, idLine, plainBlock, typeLine } from "../grammar/pieces.ts";
import type { StreamProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const fullBlock = seq(maybe(commentLine), maybe(typeLine), maybe(idLine), many(dataLine(), 1, 2), "\n");

const unfinished = text(
  ...(["d", "data", "data:", "data: 1", "data: 1\n", "data: 1\r", "data: 1\r\n", "data: 1\ndata: 1"] as const),
  ...(["data: 1\nevent: a", "event: a\ndata: 1\n", "id: a\ndata: 1\n:"] as const),
);

// Around the sizes of buffers that parsers are built with, up to a line that no buffer of 64 KiB holds.
const sizes = [100, 1000, 1023, 1025, 4095, 4097, 8191, 8193, 16_385, 32_769, 65_535, 65_537, 70_000] as const;
const longValue: Grammar = {
  draw(dice) {
    const size = dice.pick(sizes);
    const piece = dice.pick(["1", "12345", "1 2"]);
    return piece
      .repeat(Math.ceil(size / piece.length))
      .slice(0, size - 1)
      .concat("1");
  },
  pattern: "[1-5 ]*[1-5]",
};

const streamProperty = (
  name: string,
  title: string,
  sentence: string,
  grammar: Grammar,
  cuts?: CutPolicy,
): StreamProperty => ({
  name,
  title,
  clause: "HTML 9.2.6",
  sentence,
  needs: [],
  judge: "events",
  cases: casesOf(grammar, cuts),
});

export const streams: readonly StreamProperty[] = [
  streamProperty(
    "stream/empty",
    "a stream without fields has no events",
    sentences.dataless,
    oneOf("", "\n", "\n\n", "\r\n\r\n", ":", ":\n\n", utf8("\ufeff"), utf8("\ufeff\n\n")),
  ),
  streamProperty(
    "stream/unfinished",
    "what has no blank line when the stream ends is discarded",
    sentences.unfinished,
    widened(seq(many(plainBlock(), 0, 3), unfinished), /(?:data: [1-9]+\n\n)*(?:[a-z: 1]+(?:\r\n|\r|\n)?)+/),
  ),
  {
    ...streamProperty(
      "stream/long",
      "a line may be of any length",
      sentences.data,
      seq(many(plainBlock(), 0, 1), "data: ", longValue, "\n\n", plainBlock()),
      { ...anywhere, draw: (dice, stream) => (dice.once(2) ? [] : [dice.between(1, stream.length - 1)]) },
    ),
    share: 0.05,
  },
  {
    ...streamProperty(
      "stream/many",
      "many events may come in one chunk",
      sentences.inOrder,
      many(plainBlock(), 20, 300),
    ),
    share: 0.05,
  },
  streamProperty(
    "chunks/anywhere",
    "a stream may be cut anywhere",
    sentences.inOrder,
    many(plainBlock(), 1, 4),
    anywhere,
  ),
  streamProperty("chunks/bytes", "chunks may be single bytes", sentences.inOrder, many(plainBlock(), 1, 4), everyByte),
  streamProperty(
    "chunks/fields",
    "every field may be cut anywhere",
    sentences.inOrder,
    many(fullBlock, 1, 3),
    anywhere,
  ),
  streamProperty("chunks/empty", "empty chunks are nothing", sentences.inOrder, many(plainBlock(), 1, 3), emptyChunks),
];
