import { existsSync, readdirSync, readFileSync } from "node:fs";
import { encodeEvent } from "@ssert/wire";
import { describe, expect, test } from "vitest";
import { checkDefinition, createStreamCheck, type Protocol } from "../../src/index.ts";

// Protocols that are not shipped: they prove that the language can say them. The streams are invented; recordings are read
// where they lie beside the project.
const RECORDINGS = new URL("../../../../../shared/recordings/", import.meta.url);

async function load(name: string): Promise<Protocol> {
  const { findings, protocol } = await checkDefinition(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
  expect(findings).toEqual([]);
  if (protocol === undefined) throw new Error(`${name} is no protocol`);
  return protocol;
}

function found(protocol: Protocol, bytes: Uint8Array): readonly string[] {
  const check = createStreamCheck({ protocol });
  check.push(bytes);
  const { findings, heldBack } = check.end();
  expect(heldBack).toBe(0);
  return findings.map(({ rule, event }) => `${rule}@${event?.number ?? "end"}`);
}

/** A stream of data without `event:` lines; strings as they are. */
function stream(...data: readonly unknown[]): Uint8Array {
  const events = data.map((value) => encodeEvent({ data: typeof value === "string" ? value : JSON.stringify(value) }));
  return new TextEncoder().encode(events.join(""));
}

/** Findings in recordings; in all others there are none. */
const RECORDED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "mistral-chat": {},
  gemini: {
    "vertexai-sdk-test-data-streaming-failure-error-mid-stream.sse": ["sse/unterminated@end"],
  },
  "vercel-ui-message-stream": {},
  a2a: {},
  "mcp-streamable-http": {},
};

test.for(Object.keys(RECORDED))("recorded %s", async (name, { skip }) => {
  const folder = new URL(`${name}/`, RECORDINGS);
  skip(!existsSync(folder), "no recordings beside the project");
  const protocol = await load(name);
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith(".sse"))) {
    const findings = found(protocol, readFileSync(new URL(file, folder)));
    expect({ file, findings }).toEqual({ file, findings: RECORDED[name]?.[file] ?? [] });
  }
});

const chunk = (choice: object): object => ({ id: "c", model: "m", created: 1, choices: [{ index: 0, ...choice }] });
const first = chunk({ delta: { role: "assistant", content: "" }, finish_reason: null });
const tools = (args: string): object =>
  chunk({
    delta: { tool_calls: [{ id: "t", function: { name: "n", arguments: args } }] },
    finish_reason: "tool_calls",
  });
const t = (type: string, rest: object = {}): object => ({ type, ...rest });
const rpc = (rest: object): object => ({ jsonrpc: "2.0", id: 1, ...rest });
const update = (state: string): object => rpc({ result: { statusUpdate: { taskId: "t", status: { state } } } });
const artifact = (last?: boolean): object =>
  rpc({
    result: {
      artifactUpdate: {
        taskId: "t",
        artifact: { artifactId: "a" },
        ...(last === undefined ? {} : { lastChunk: last }),
      },
    },
  });
const task = rpc({ result: { task: { id: "t" } } });
const progress = (value: number): object => ({
  jsonrpc: "2.0",
  method: "notifications/progress",
  params: { progressToken: "p", progress: value },
});
const m = (message_type: string, rest: object = {}): object => ({ message_type, ...rest });
const run = { threadId: "t", runId: "r" };

interface Case {
  readonly what: string;
  readonly data: readonly unknown[];
  readonly findings?: readonly string[];
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "mistral-chat": [
    { what: "text", data: [first, chunk({ delta: { content: "Hi" }, finish_reason: "stop" }), "[DONE]"] },
    { what: "a tool call that lacks its index", data: [first, tools("{}"), "[DONE]"] },
    { what: "arguments that are cut", data: [first, tools("{"), "[DONE]"], findings: ["call/arguments-not-json@2"] },
    {
      what: "another model",
      data: [first, { ...tools("{}"), model: "x" }, "[DONE]"],
      findings: ["completion/model-changed@2"],
    },
    { what: "a choice that does not end", data: [first, "[DONE]"], findings: ["choice/unclosed@2"] },
    { what: "no sentinel", data: [first, tools("{}")], findings: ["stream/truncated@end"] },
  ],
  gemini: [
    { what: "chunks, without any end", data: [{ candidates: [] }, { promptFeedback: {} }] },
    { what: "an error that is an event", data: [{ candidates: [] }, { error: { code: 499 } }] },
    {
      what: "another model",
      data: [
        { candidates: [], modelVersion: "a" },
        { candidates: [], modelVersion: "b" },
      ],
      findings: ["response/model-changed@2"],
    },
  ],
  "vercel-ui-message-stream": [
    {
      what: "text left open after an error",
      data: [t("start"), t("text-start", { id: "1" }), t("error", { errorText: "x" }), t("finish"), "[DONE]"],
    },
    { what: "text left open after an abort", data: [t("start"), t("text-start", { id: "1" }), t("abort"), "[DONE]"] },
    {
      what: "text left open",
      data: [t("start"), t("text-start", { id: "1" }), t("finish"), "[DONE]"],
      findings: ["text/unclosed@3"],
    },
    { what: "no [DONE]", data: [t("start"), t("finish")], findings: ["stream/truncated@end"] },
    { what: "no [DONE] after an abort", data: [t("start"), t("abort")], findings: ["stream/truncated@end"] },
    {
      what: "an input without deltas",
      data: [
        t("start"),
        t("tool-input-available", { toolCallId: "c", toolName: "n", input: 1 }),
        t("tool-output-available", { toolCallId: "c" }),
        t("finish"),
        "[DONE]",
      ],
    },
    {
      what: "an output of an unknown call",
      data: [t("start"), t("tool-output-available", { toolCallId: "c" }), t("finish"), "[DONE]"],
      findings: ["tool/not-open@2"],
    },
    {
      what: "data of any name, anywhere",
      data: [t("start"), t("data-weather", { data: 1 }), t("source-url"), t("finish"), "[DONE]"],
    },
    {
      what: "data without data",
      data: [t("start"), t("data-weather"), t("finish"), "[DONE]"],
      findings: ["event/payload@2"],
    },
    {
      what: "a type that nobody knows",
      data: [t("start"), t("note"), t("finish"), "[DONE]"],
      findings: ["event/unknown-type@2"],
    },
  ],
  a2a: [
    { what: "one message", data: [rpc({ result: { message: {} } })] },
    { what: "a message, then more", data: [rpc({ result: { message: {} } }), task], findings: ["answer/closed@2"] },
    {
      what: "a task with an artifact",
      data: [task, update("TASK_STATE_WORKING"), artifact(), artifact(true), update("TASK_STATE_COMPLETED")],
    },
    {
      what: "an artifact after its last chunk",
      data: [task, artifact(true), artifact(), update("TASK_STATE_FAILED")],
      findings: ["artifact/closed@3"],
    },
    {
      what: "a message in a task",
      data: [task, rpc({ result: { message: {} } }), update("TASK_STATE_COMPLETED")],
      findings: ["answer/already-open@2"],
    },
    { what: "a task that never ends", data: [task, update("TASK_STATE_WORKING")], findings: ["stream/truncated@end"] },
    { what: "updates without a task", data: [update("TASK_STATE_COMPLETED")], findings: ["answer/not-open@1"] },
    { what: "an interrupted task", data: [task, update("TASK_STATE_INPUT_REQUIRED")] },
    {
      what: "another request's id",
      data: [task, { ...update("TASK_STATE_COMPLETED"), id: 2 }],
      findings: ["answer/id-changed@2"],
    },
    { what: "an error", data: [task, rpc({ error: {} })] },
  ],
  "mcp-streamable-http": [
    { what: "empty data first", data: ["", progress(1), progress(3), rpc({ result: {} })] },
    { what: "a response alone", data: [rpc({ result: {} })] },
    {
      what: "progress that goes back",
      data: [progress(2), progress(1), rpc({ result: {} })],
      findings: ["progress/progress-jumps@2"],
    },
    {
      what: "empty data later",
      data: [progress(1), progress(2), "", rpc({ result: {} })],
      findings: ["exchange/out-of-order@3"],
    },
    { what: "two responses", data: [rpc({ result: {} }), rpc({ result: {} })], findings: ["exchange/closed@2"] },
    { what: "no response", data: [progress(1)], findings: ["stream/truncated@end"] },
  ],
  "ag-ui": [
    {
      what: "two runs",
      data: [t("RUN_STARTED", run), t("RUN_FINISHED", run), t("RUN_STARTED", run), t("RUN_ERROR", { message: "x" })],
    },
    {
      what: "messages that interleave, one of them again",
      data: [
        t("RUN_STARTED", run),
        t("TEXT_MESSAGE_START", { messageId: "a" }),
        t("TEXT_MESSAGE_START", { messageId: "b" }),
        t("TEXT_MESSAGE_END", { messageId: "a" }),
        t("TEXT_MESSAGE_START", { messageId: "a" }),
        t("TEXT_MESSAGE_END", { messageId: "b" }),
        t("TEXT_MESSAGE_END", { messageId: "a" }),
        t("RUN_FINISHED", run),
      ],
    },
    {
      what: "content of what is not open",
      data: [t("RUN_STARTED", run), t("TOOL_CALL_ARGS", { toolCallId: "a", delta: "" }), t("RUN_FINISHED", run)],
      findings: ["tool_call/not-open@2"],
    },
    {
      what: "a step that stays open",
      data: [t("RUN_STARTED", run), t("STEP_STARTED", { stepName: "a" }), t("RUN_FINISHED", run)],
      findings: ["step/unclosed@3"],
    },
  ],
  "agent-session": [
    {
      what: "two turns, a citation within content, a tool that answers later",
      data: [
        m("session.status_running"),
        m("content.start", { index: 0 }),
        m("content.delta", { index: 0, text: "Yes" }),
        m("citation.start", { index: 0, citation: 1 }),
        m("citation.end", { index: 0, citation: 1 }),
        m("content.end", { index: 0, text: "Yes." }),
        m("tool.called", { call_id: "x" }),
        m("session.status_idle"),
        m("session.status_running"),
        m("tool.answered", { call_id: "x" }),
        m("session.status_idle"),
        m("session.deleted"),
      ],
    },
    {
      what: "deltas that are no prefix",
      data: [
        m("session.status_running"),
        m("content.start", { index: 0 }),
        m("content.delta", { index: 0, text: "No" }),
        m("content.end", { index: 0, text: "Yes." }),
        m("session.status_idle"),
        m("session.deleted"),
      ],
      findings: ["content/text-differs@4"],
    },
    {
      what: "a citation without content",
      data: [
        m("session.status_running"),
        m("citation.start", { index: 0, citation: 1 }),
        m("citation.end", { index: 0, citation: 1 }),
        m("session.status_idle"),
        m("session.deleted"),
      ],
      findings: ["content/not-open@2"],
    },
  ],
};

describe.each(Object.keys(CASES))("%s", (name) => {
  test.each(CASES[name] ?? [])("$what", async ({ data, findings = [] }) => {
    expect(found(await load(name), stream(...data))).toEqual(findings);
  });
});
