import type { Protocol } from "../../src/index.ts";
import { compile } from "../monitor/streams.ts";

const names = [
  'a"b',
  "a;b#35;c",
  "a --> b : c",
  "<script>alert(1)</script>",
  "a{b}",
  "état.日本語",
  "🙂",
  "end note",
  "%% x",
  "```",
  "&amp;",
  "--",
  "state",
  "[*]",
  "a|b",
];

/** A protocol whose names are all that could be taken for syntax. */
export const odd: Protocol = compile({
  protocol: "odd-日本 <names>",
  version: "1",
  source: "a | b\n<c> `d`",
  type: "event",
  events: Object.fromEntries([...names, "one", "two", "end"].map((name) => [name, {}])),
  scopes: {
    "the stream; <all>": { open: "one", inner: { "a*": "any" }, close: "end", constant: { 'i"d;#35;': "/a/b" } },
    "a-b": {
      in: "the stream; <all>",
      key: ["/x", "/y"],
      open: "two",
      inner: Object.fromEntries(names.map((n) => [n, "any"])),
    },
    a_b: {
      in: "the stream; <all>",
      kinds: Object.fromEntries(names.map((name) => [`kind ${name}`, { open: name, close: `end` }])),
    },
  },
});
