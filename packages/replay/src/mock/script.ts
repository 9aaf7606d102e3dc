import { type MockEvent, openText, textBlock, thinkingBlock, toolRun } from "./events.ts";
import { poemFor } from "./poems.ts";

/** Ids for one answer. `toolId` gives another one each time. */
export interface ScriptIds {
  readonly messageId: string;
  readonly sessionId: string;
  readonly toolId: () => string;
}

/** What one kind of answer is chosen by, and how it is made. */
interface Script {
  readonly name: string;
  /** Any of these words, whole and in any case. */
  readonly words: readonly string[];
  /** The answer between `message.created` and its end. */
  readonly body: (message: string, ids: ScriptIds) => readonly MockEvent[];
  /** Where it ends in `message.error`: why. */
  readonly error?: string;
}

/** The first script with a word of the message answers; `HELP` where none has one. */
const SCRIPTS: readonly Script[] = [
  {
    name: "fail",
    words: ["fail", "fails", "failure", "error", "crash"],
    body: (message) => openText(`I began to work on ${quote(message)}, but`),
    error: "the agent failed, as the message asked it to",
  },
  { name: "unicode", words: ["unicode", "emoji", "utf"], body: (message) => textBlock(unicodeText(message)) },
  { name: "tools", words: ["tool", "tools", "weather", "search"], body: toolsBody },
  {
    name: "thinking",
    words: ["think", "thinking", "why", "reason"],
    body: (message) => [
      ...thinkingBlock(
        `The question is ${quote(message)}. I should say what I know, and what I only guess. The honest answer is short.`,
      ),
      ...textBlock(
        `About ${quote(message)}: I thought about it first, and you saw me do so. A mock knows no better answer.`,
      ),
    ],
  },
  { name: "long", words: ["long", "slow", "count"], body: (message) => textBlock(longText(message)) },
  {
    name: "writing",
    words: ["poem", "poems", "write", "story", "verse"],
    body: (message) => textBlock(`${poemFor(message)}\n\n(You asked for ${quote(message)})`),
  },
];

const HELP: Script = {
  name: "help",
  words: [],
  body: (message) =>
    textBlock(
      `You said ${quote(message)}. I am a mock of the PokeePokee API: I answer from a script. ` +
        'Try "write a poem", "why is the sky blue", "use tools for the weather", "unicode", "a long answer" or "fail".',
    ),
};

/** The whole answer to a message. Pure: the same message and ids give the same events. */
export function script(message: string, ids: ScriptIds): readonly MockEvent[] {
  const chosen = choose(message);
  const body = chosen.body(message, ids);
  const id = ids.messageId;
  return [
    { type: "message.created", data: { id, session_id: ids.sessionId, status: "in_progress" } },
    ...body,
    chosen.error === undefined
      ? { type: "message.completed", data: { id, status: "completed", usage: usage(message, body) } }
      : { type: "message.error", data: { id, error: chosen.error } },
  ];
}

function choose(message: string): Script {
  const said = new Set(message.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  return SCRIPTS.find(({ words }) => words.some((word) => said.has(word))) ?? HELP;
}

/** Enough of the prompt to know it again. */
const QUOTED_CODE_POINTS = 80;

function quote(message: string): string {
  // JSON may bring half of a surrogate pair, which no client could print.
  const line = message.trim().replace(/\s+/gu, " ").toWellFormed();
  // A prompt may have a megabyte; a code point takes two of a string's units at most.
  const points = Array.from(line.slice(0, 2 * (QUOTED_CODE_POINTS + 1)));
  const cut = points.length > QUOTED_CODE_POINTS;
  return `“${points.slice(0, QUOTED_CODE_POINTS).join("")}${cut ? "…" : ""}”`;
}

function toolsBody(message: string, { toolId }: ScriptIds): readonly MockEvent[] {
  return [
    ...textBlock(`For ${quote(message)} I will look in two places.`),
    ...toolRun({
      name: "get_weather",
      id: toolId(),
      input: { city: "Zürich", days: 2, units: { temperature: "celsius" } },
      content: {
        days: [
          { high: 24.5, sky: "sunny" },
          { high: 19, sky: "rain" },
        ],
      },
      isError: false,
    }),
    ...toolRun({
      name: "search_web",
      id: toolId(),
      input: { query: quote(message), limit: 3 },
      content: "3 results, none of them real",
      isError: false,
    }),
    ...textBlock("The weather tool says sunny, then rain. The search found three pages that a mock made up."),
  ];
}

function unicodeText(message: string): string {
  return (
    `For ${quote(message)}: Grüße, naïve café, Ελληνικά, Кириллица, 日本語, 한국어, हिन्दी, עברית, العربية. ` +
    "Two UTF-16 units: 𝄞 😀. One face, many code points: 👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301. Separators: [\u2028] [\u2029] [\u0085]. End."
  );
}

const LONG_SENTENCES = 100;

function longText(message: string): string {
  const sentences = [`This is a long answer to ${quote(message)}.`];
  for (let number = 1; number <= LONG_SENTENCES; number += 1)
    sentences.push(`Sentence ${number} of ${LONG_SENTENCES}.`);
  return sentences.join(" ");
}

/** Four characters a token is the rule of thumb for English. */
function usage(message: string, body: readonly MockEvent[]): { input_tokens: number; output_tokens: number } {
  let characters = 0;
  for (const { data } of body) {
    const { content } = data;
    if (typeof content === "string") characters += content.length;
  }
  return { input_tokens: Math.ceil(message.length / 4), output_tokens: Math.ceil(characters / 4) };
}
