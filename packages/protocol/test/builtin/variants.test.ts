import { builtinProtocol, builtinProtocols } from "@ssert/protocol";
import { expect, test } from "vitest";
import { found, line, type Sent } from "../monitor/streams.ts";

/** What a vendor sends otherwise, which rule of the base it breaks, and what its variant still finds. */
interface Deviation {
  readonly variant: string;
  readonly what: string;
  readonly stream: readonly Sent[];
  readonly base: readonly string[];
}

const SAME = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const data = (value: unknown): Sent => ({ data: JSON.stringify(value) });
const chunk = (choices: readonly unknown[], more = {}): Sent => data({ ...SAME, choices, ...more });
const choice = (delta: object, reason: string | null = null): Sent =>
  chunk([{ index: 0, delta, finish_reason: reason }]);
const ROLE = choice({ role: "assistant", content: "Hi" });
const STOP = choice({}, "stop");
const DONE: Sent = { data: "[DONE]" };

const typed = (type: string, rest: object): Sent => line(type, { type, ...rest });
const unnamed = ({ data }: Sent): Sent => ({ data });
const at = (type: string, sequence: number, rest: object): Sent =>
  typed(`response.${type}`, { sequence_number: sequence, ...rest });
const state = (type: string, sequence: number, status: string): Sent => {
  const response = { id: "r", object: "response", created_at: 1, model: "m", output: [], status };
  return at(type, sequence, { response });
};
const item = { type: "function_call", id: "i", call_id: "c", name: "n", arguments: "{}" };
const responses = (secondId = "i"): readonly Sent[] => [
  state("created", 0, "in_progress"),
  at("output_item.added", 1, { output_index: 0, item }),
  at("function_call_arguments.delta", 2, { output_index: 0, item_id: secondId, delta: "{}" }),
  at("function_call_arguments.done", 3, { output_index: 0, item_id: "i", arguments: "{}" }),
  at("output_item.done", 4, { output_index: 0, item }),
  state("completed", 5, "completed"),
];

const DEVIATIONS: readonly Deviation[] = [
  {
    variant: "openai-chat+azure",
    what: "a first chunk about the prompt",
    stream: [chunk([], { id: "", object: "", created: 0, model: "" }), ROLE, STOP, DONE],
    base: ["event/payload@1"],
  },
  {
    variant: "openai-chat+openrouter",
    what: "a choice ends twice, the last time with its usage",
    stream: [ROLE, STOP, choice({ content: "" }, "stop"), DONE],
    base: ["choice/closed@3"],
  },
  {
    variant: "openai-chat+groq",
    what: "a named error",
    stream: [ROLE, { type: "error", data: '{"error":{"message":"Over capacity"}}' }],
    base: ["event/name@2"],
  },
  {
    variant: "openai-chat+perplexity",
    what: "no sentinel",
    stream: [ROLE, STOP],
    base: ["stream/truncated@end"],
  },
  {
    variant: "openai-responses+openrouter",
    what: "no event lines, and a sentinel",
    stream: [...responses().map(unnamed), DONE],
    base: ["event/name@1", "response/closed@7"],
  },
  {
    variant: "openai-responses+open-responses",
    what: "a sentinel",
    stream: [...responses(), DONE],
    base: ["response/closed@7"],
  },
  {
    variant: "openai-responses+bedrock-mantle",
    what: "no event lines",
    stream: responses().map(unnamed),
    base: ["event/name@1"],
  },
  {
    variant: "openai-responses+github-copilot",
    what: "an item's id is another on every event",
    stream: responses("j"),
    base: ["item/id-changed@3"],
  },
  {
    variant: "openai-responses+resumed",
    what: "begins in an item",
    stream: responses().slice(2),
    base: ["response/not-open@1"],
  },
];

function foundBy(name: string, stream: readonly Sent[]): readonly string[] {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`there is no ${name}`);
  return found(protocol, stream);
}

test.each(DEVIATIONS)("$variant: $what", ({ variant, stream, base }) => {
  expect(foundBy(variant.replace(/\+.*/, ""), stream)).toEqual(base);
  expect(foundBy(variant, stream)).toEqual([]);
});

test("every variant is shown", () => {
  const variants = builtinProtocols().flatMap(({ name, variants }) => variants.map((variant) => `${name}+${variant}`));
  expect(DEVIATIONS.map(({ variant }) => variant).sort()).toEqual(variants.sort());
});

test("a variant finds what it does not excuse", () => {
  expect(foundBy("openai-chat+perplexity", [ROLE])).toEqual(["stream/truncated@end"]);
  expect(foundBy("openai-chat+groq", [{ ...ROLE, type: "chunks" }, STOP, DONE])).toEqual(["event/name@1"]);
  expect(foundBy("openai-chat+openrouter", [ROLE, STOP])).toEqual(["stream/truncated@end"]);
  expect(foundBy("openai-responses+github-copilot", responses("j").toSpliced(2, 1))).toEqual([
    "response/sequence_number-jumps@3",
  ]);
  expect(foundBy("openai-responses+resumed", responses().slice(2, -1))).toEqual(["stream/truncated@end"]);
  expect(foundBy("openai-responses+open-responses", responses())).toEqual(["stream/truncated@end"]);
  expect(foundBy("openai-responses+open-responses", [...responses(), DONE, DONE])).toEqual(["response/closed@8"]);
  const holed = responses().toSpliced(3, 1).slice(2);
  expect(foundBy("openai-responses+resumed", holed)).toEqual(["response/sequence_number-jumps@2"]);
});
