import { toBytes } from "../case/case.ts";
import type { GrowthProperty } from "./property.ts";
import { sentences } from "./sentences.ts";

const repeat = (block: string, bytes: number): string => block.repeat(Math.max(1, Math.round(bytes / block.length)));

function* sliced(stream: string, size: number): Generator<Uint8Array> {
  for (let start = 0; start < stream.length; start += size) yield toBytes(stream.slice(start, start + size));
}

const work = { clause: "HTML 9.2.5", sentence: sentences.buffering, needs: [], judge: "work" } as const;
const memory = { clause: "HTML 9.2.6", sentence: sentences.dataless, needs: ["open"], judge: "memory" } as const;

export const growth: readonly GrowthProperty[] = [
  {
    ...work,
    name: "work/long-line",
    title: "a long line in small chunks takes time in proportion to its length",
    chunks: (bytes) => sliced(`data: ${"1".repeat(bytes)}\n\n`, 64),
  },
  {
    ...work,
    name: "work/many-events",
    title: "many events in one chunk take time in proportion to their number",
    chunks: (bytes) => [toBytes(repeat("data: 1\n\n", bytes))],
  },
  {
    ...work,
    name: "work/many-data-lines",
    title: "an event of many data lines takes time in proportion to their number",
    chunks: (bytes) => sliced(`${repeat("data: 1\n", bytes)}\n`, 4096),
  },
  {
    ...work,
    name: "work/many-comments",
    title: "many comments take time in proportion to their number",
    chunks: (bytes) => sliced(`${repeat(": 1\n", bytes)}data: 1\n\n`, 4096),
  },
  {
    ...memory,
    name: "memory/events",
    title: "a parser does not keep the events that it has shown",
    chunks: (bytes) => sliced(repeat(`data: ${"1".repeat(1000)}\n\n`, bytes), 4096),
  },
  {
    ...memory,
    name: "memory/comments",
    title: "a parser does not keep comments",
    sentence: sentences.comment,
    chunks: (bytes) => sliced(repeat(`: ${"1".repeat(1000)}\n`, bytes), 4096),
  },
  {
    ...memory,
    name: "memory/unknown-fields",
    title: "a parser does not keep fields that it ignores",
    sentence: sentences.otherwise,
    chunks: (bytes) => sliced(repeat(`unknown: ${"1".repeat(1000)}\n`, bytes), 4096),
  },
];
