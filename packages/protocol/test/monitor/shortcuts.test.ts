import type { Finding } from "@ssert/report";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMonitor, type Protocol } from "../../src/index.ts";
import { completed, created, text, thinking, tool } from "./pokee-stream.ts";
import { compile, pokee, type Sent, withRules } from "./streams.ts";

/** What JSON allows in a string and what it does not, as it stands between the quotation marks of a payload. */
const WRITTEN = [
  "words",
  "",
  "é 海 🌊",
  "\u2028",
  "\uFEFF",
  "\\n",
  '\\"',
  "\\\\",
  "\\/",
  "\\u0041",
  "\\ud83c\\udf0a",
  "\\ud83c",
  "\\u{41}",
  "\\x",
  "\\",
  "\t",
  "\0",
  '"',
  '","content":"twice',
  '","__proto__":"x',
  '","id":"t1',
  '"},{"content":"b',
  '{\\"q\\":',
  "1}",
  "9007199254740993",
  "a longer piece of text, which is no copy when it is cut out",
];

const written = fc.oneof(
  fc.constantFrom(...WRITTEN),
  fc.string({ unit: "binary" }).map((words) => JSON.stringify(words).slice(1, -1)),
  fc.string(),
);

/** Payloads about the shape of a delta: right ones, and ones with something wrong in one place. */
const payload = fc.oneof(
  { weight: 6, arbitrary: written.map((words) => `{"content":"${words}"}`) },
  { weight: 1, arbitrary: written.map((words) => `{"other":"${words}"}`) },
  { weight: 1, arbitrary: written.map((words) => `{"__proto__":"${words}"}`) },
  { weight: 1, arbitrary: fc.constantFrom("{}", "{ }", "[]", "{", "", '{"content":7}', "null", '{"content": "x"}') },
  { weight: 1, arbitrary: fc.json() },
);

const delta = fc
  .tuple(fc.constantFrom("text.delta", "thinking.delta", "tool_use.input_delta", "x.unknown"), payload)
  .map(([type, data]): Sent => ({ type, data }));

const BLOCKS = [
  [text.start, "text.delta", text.stop],
  [thinking.start, "thinking.delta", thinking.stop],
  [tool.start("t1"), "tool_use.input_delta", tool.stop],
] as const;

/** A block with a run of its deltas, of which one may be bad; its start or stop may be missing. */
const block = fc
  .tuple(fc.constantFrom(...BLOCKS), fc.array(fc.constantFrom("a", '\\"', "é"), { maxLength: 4 }), payload, fc.nat(9))
  .map(([[start, type, stop], good, bad, what]) => {
    const data = good.map((words) => `{"content":"${words}"}`);
    const deltas = (what % 2 === 0 ? [...data, bad, ...data] : data).map((each): Sent => ({ type, data: each }));
    return [...(what === 8 ? [] : [start]), ...deltas, ...(what === 9 ? [] : [stop])];
  });

/** Blocks, and what belongs to them, in any order. */
const part: fc.Arbitrary<readonly Sent[]> = fc.oneof(
  { weight: 3, arbitrary: block },
  { weight: 1, arbitrary: fc.array(delta, { maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<readonly Sent[]>(
      [text.start],
      [text.stop],
      [thinking.start],
      [tool.stop],
      [{ type: "text.start", data: '{"content":"words"}' }],
      [tool.start("t1")],
      [tool.executing("t1")],
      [tool.start("t1"), tool.input('{"q":'), tool.input('"tide"'), tool.input("}")],
      [{ type: "tool_use.executing", data: '{"id":"t1","name":"search","input":{"q":"tide"}}' }],
      [{ data: '{"content":"who am I?"}' }],
      [completed],
    ),
  },
);

const streams = fc.array(part, { maxLength: 12 }).map((parts) => [created, ...parts.flat()]);

interface Outcome {
  readonly findings: readonly Finding[];
  readonly state: readonly unknown[];
}

/** `spell` writes a payload in another way that means the same. Places are made up, so that spelling does not move them. */
function watch(protocol: Protocol, events: readonly Sent[], spell: (data: string) => string, damaged: number): Outcome {
  const findings: Finding[] = [];
  const monitor = createMonitor(protocol, { onFinding: (finding) => findings.push(finding) });
  const state: unknown[] = [];
  events.forEach(({ type, data }, index) => {
    const location = { offset: index, line: index + 1, column: 1 };
    const number = index + 1;
    if (number === damaged) monitor.note({ kind: "invalid-utf8", event: { number, type }, location, detail: "ff" });
    monitor.event({ number, type, data: spell(data), id: undefined, location: () => location, fields: () => [] });
    state.push([monitor.errors, monitor.heldBack, monitor.ended]);
  });
  monitor.end({ offset: events.length, line: events.length + 1, column: 1 });
  return { findings: findings.map(withoutSpelling), state: [...state, monitor.errors, monitor.truncated] };
}

/** Only what is no JSON, and what has no type, is shown as it is written. */
function withoutSpelling(finding: Finding): Finding {
  const spelled = finding.rule === "event/not-json" || finding.rule === "event/no-type";
  return { ...finding, message: spelled ? "" : finding.message.replace(/^` /, "`") };
}

const quickly = (protocol: Protocol, events: readonly Sent[], damaged = 0): Outcome => {
  return watch(protocol, events, (data) => data, damaged);
};

/** With a space before it no payload shows its shape; where the data may say its type, no event is known before it is parsed. */
const slowly = (protocol: Protocol, events: readonly Sent[], damaged = 0): Outcome => {
  return watch(SLOW.get(protocol) ?? protocol, events, (data) => ` ${data}`, damaged);
};

const PROTOCOLS: readonly (readonly [string, Protocol])[] = [
  ["as it is", pokee],
  ["with a warning for what has no opening", withRules(pokee, { "block/not-open": "warning" })],
  ["with rules that are off", withRules(pokee, { "block/already-open": "off", "event/payload": "off" })],
];

const SLOW = new Map(
  PROTOCOLS.map(([, protocol]) => [protocol, compile({ ...protocol.definition, type: ["/not here", "event"] })]),
);

describe.each(PROTOCOLS)("what is not parsed, with Pokee %s", (_name, protocol) => {
  test("is judged as if it were", () => {
    fc.assert(
      fc.property(streams, fc.nat(20), (events, damaged) => {
        expect(quickly(protocol, events, damaged)).toEqual(slowly(protocol, events, damaged));
      }),
      { numRuns: 1_500 },
    );
  });
});

describe("what the parts of a joined value say", () => {
  test("is the same, however they are written and cut", () => {
    const parts = fc.array(fc.string({ unit: "binary", maxLength: 15 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(parts, fc.boolean(), (pieces, right) => {
        const input = { words: pieces, more: right };
        const cut = JSON.stringify({ words: pieces, more: true }).match(/.{1,7}/gsu) ?? [];
        const events = [
          created,
          tool.start("t1"),
          ...cut.map((piece) => tool.input(piece)),
          { type: "tool_use.executing", data: JSON.stringify({ id: "t1", name: "search", input }) },
          tool.stop,
          tool.result("t1"),
          completed,
        ];
        const outcome = quickly(pokee, events);
        expect(outcome).toEqual(slowly(pokee, events));
        expect(outcome.findings.map(({ rule }) => rule)).toEqual(right ? [] : ["tool_use/input-differs"]);
      }),
      { numRuns: 500 },
    );
  });
});
