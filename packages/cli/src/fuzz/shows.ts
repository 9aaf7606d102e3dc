import type { Shows } from "@ssert/fuzz";
import { InvalidArgumentError } from "commander";

/** The words of `--shows`, and what each means to the fuzzer. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Partial<Shows>>>>> = {
  type: { yes: { type: true }, true: { type: true }, no: { type: false } },
  data: { text: { data: "text" }, json: { data: "json" } },
  id: { last: { id: "last" }, own: { id: "own" }, "own-or-empty": { id: "own-or-empty" }, no: { id: false } },
  retry: { each: { retry: "each" }, own: { retry: "own" }, no: { retry: false } },
};

/** `id=last,type=no` → what an API tells of events. A reader of flag values, for commander. */
export function shows(text: string): Partial<Shows> {
  const facts = text.split(",").map((fact) => {
    const [name = "", value = ""] = fact.trim().split("=");
    const meaning = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return meaning !== undefined && Object.hasOwn(meaning, value) ? meaning[value] : undefined;
  });
  if (facts.includes(undefined)) {
    throw new InvalidArgumentError(
      "Expected facts such as id=last,type=no: type=no, data=json, id=last|own|own-or-empty|no, retry=each|own|no.",
    );
  }
  return Object.assign({}, ...facts);
}
