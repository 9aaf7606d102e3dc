// Run by heap.test.ts with `--expose-gc`: feeds monitors with streams that would fill the memory, and prints in JSON what
// the heap holds before, half way and at the end of each, in bytes, and what was found.
import { createMonitor, type Protocol } from "../../src/index.ts";
import { define } from "./streams.ts";

const names = "begin end open part close";
const scopes = {
  stream: { open: "begin", close: "end" },
  text: {
    in: "stream",
    key: "/id",
    reuse: false,
    open: ["open", "x.*"],
    inner: { part: "any" },
    close: "close",
    constant: { about: "/about" },
    joined: { text: { of: { part: "/part" }, at: "close", match: "parses" } },
  },
} as const;
const events = { "x.*": {} };

const protocol: Protocol = define(names, scopes, { events });
const named: Protocol = define(names, scopes, { events, type: "event" });

type Attack = (event: (type: string, data: Readonly<Record<string, unknown>>) => void, turn: number) => void;

/** Each text is made anew for its event: none shares its letters with another. */
const long = (turn: number, length = 2_000): string => `${turn}`.padEnd(length, `-${turn}`);

const attacks: Readonly<Record<string, Attack>> = {
  "long keys that stay open": (event, turn) => event("open", { id: long(turn) }),
  "long keys that are closed": (event, turn) => {
    event("open", { id: long(turn) });
    event("close", { id: long(turn) });
  },
  "pieces of one letter that spell one text": (event, turn) =>
    event(turn === 0 ? "open" : "part", { id: 1, part: "x" }),
  "long pieces of many texts": (event, turn) => {
    event("open", { id: turn });
    event("part", { id: turn, part: long(turn) });
  },
  "long constants": (event, turn) => event("open", { id: turn, about: long(turn) }),
  "constants that are objects": (event, turn) => event("open", { id: turn, about: [{ text: long(turn) }] }),
  "long types that open scopes": (event, turn) => event(`x.${long(turn)}`, { id: turn }),
  "types that are not known": (event, turn) => event(long(turn), { id: turn }),
  "orphans of all keys": (event, turn) => event("part", { id: long(turn), part: long(turn) }),
  "the same opening again and again": (event) => event("open", { id: 1 }),
  "types in the line, cut out of a long text": (event, turn) => event(`x.${"y".repeat(100)}${turn}`, { id: turn }),
};

const TURNS = 20_000;
const limits = { maxOpen: 500, maxClosedKeys: 500, maxText: 10_000 };

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const results = Object.entries(attacks).map(([name, attack]) => {
  const rules = new Set<string>();
  const inLine = name.includes("in the line");
  const monitor = createMonitor(inLine ? named : protocol, { ...limits, onFinding: ({ rule }) => rules.add(rule) });
  const give = (t: string, data: Readonly<Record<string, unknown>>): void => {
    if (!inLine) monitor.event({ data: JSON.stringify({ t, ...data }) });
    // As a parser cuts it out of a chunk, which it keeps alive.
    else monitor.event({ event: `${" ".repeat(20_000)}${t}`.slice(20_000), data: JSON.stringify(data) });
  };
  give("begin", {});
  const before = heap();
  for (let turn = 0; turn < TURNS / 2; turn += 1) attack(give, turn);
  const half = heap();
  for (let turn = TURNS / 2; turn < TURNS; turn += 1) attack(give, turn);
  const result = { name, half: half - before, whole: heap() - before, rules: [...rules], ended: monitor.ended };
  return result;
});

console.log(JSON.stringify(results));
