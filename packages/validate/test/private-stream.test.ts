import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinProtocol, createStreamCheck } from "@ssert/protocol";
import { createReport, renderJson } from "@ssert/report";
import { describe, expect, it } from "vitest";
import { privateStream, publicWords } from "../src/index.ts";

const pokee = builtinProtocol("pokee");
const words = publicWords([pokee?.definition]);
const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/** The report of a stream as JSON, once as it is and once private. */
function reports(text: string): { readonly open: string; readonly hidden: string } {
  const check = createStreamCheck({ protocol: pokee });
  check.push(new TextEncoder().encode(text));
  const stream = { source: "a.sse", ...check.end() };
  return { open: renderJson(createReport([stream])), hidden: renderJson(createReport([privateStream(stream, words)])) };
}

const SECRET = "s3cr3t";
const STREAM = {
  source: "a",
  protocol: null,
  verdict: "valid",
  events: 0,
  bytes: 0,
  findings: [],
  heldBack: 0,
} as const;
const created = event("message.created", { id: SECRET, session_id: SECRET, status: "in_progress" });

describe("a private report", () => {
  it.each([
    ["an id", event("tool_result", { id: SECRET, content: 1, is_error: false })],
    ["a value of the wrong type", event("tool_result", { id: "a", content: 1, is_error: SECRET })],
    [
      "a value that should be another",
      event("message.completed", { id: SECRET, status: `${SECRET} and more`, usage: {} }),
    ],
    ["an id that changed", event("message.completed", { id: `${SECRET}2`, status: "completed", usage: {} })],
    ["a type that is not known", event(SECRET, {})],
    ["a type with a backtick in it", event(`a\`${SECRET}\`b`, {})],
    ["a type with a quote in it", event(`a"${SECRET}`, {})],
    ["a type with both", event(`"\`${SECRET}\`" and \`${SECRET}`, {})],
    ["the value of a field", `id: ${SECRET} (1)\n${event("text.start", {})}`],
    ["data that is not JSON", `event: text.start\ndata: {"content":"${SECRET} and "quotes""}\n\n`],
    [
      "text that differs from its parts",
      [
        event("tool_use.start", { id: SECRET, name: SECRET }),
        event("tool_use.input_delta", { content: JSON.stringify({ [SECRET]: `my ${SECRET}` }) }),
        event("tool_use.executing", { id: SECRET, name: SECRET, input: { [SECRET]: `your ${SECRET}` } }),
      ].join(""),
    ],
  ])("does not hold %s", (_what, text) => {
    const { open, hidden } = reports(created + text);
    expect(open).toContain(SECRET);
    expect(hidden).not.toContain(SECRET);
  });

  it("keeps what the protocol itself says, the places and the rules", () => {
    const { hidden } = reports(created + event("message.completed", { id: SECRET, status: "done it", usage: {} }));
    const [finding] = JSON.parse(hidden).streams[0].findings;
    expect(finding).toMatchObject({
      rule: "event/payload",
      path: "/status",
      event: { number: 2, type: "message.completed" },
    });
    expect(finding.message).toBe('`message.completed`: /status must be "completed", got <7 characters>.');
  });

  it.each([
    ["a number where a text was expected", event("tool_result", { id: "a", content: 1, is_error: 4242424242 })],
    ["a number with a sign and a fraction", event("tool_result", { id: "a", content: 1, is_error: -4242424242.25 })],
  ])("does not hold %s", (_what, text) => {
    const { open, hidden } = reports(created + text);
    expect(open).toContain("4242424242");
    expect(hidden).not.toContain("4242424242");
  });

  it("keeps the numbers of the exchange, and of places", () => {
    const message = "The response's status is 500, expected 200. Clients read no events from it.";
    const finding = { rule: "http/status", severity: "error", message } as const;
    const { findings } = privateStream({ ...STREAM, findings: [finding] }, words);
    expect(findings).toEqual([finding]);
    const twice = event("text.start", {}) + event("text.start", {});
    expect(reports(created + twice).hidden).toContain("while the text of event 2 is still open");
  });

  it("names of a URL its server, and tells two of them apart", () => {
    const hidden = [
      `https://a.example:8443/v1/${SECRET}?q=1`,
      `https://a.example:8443/v1/${SECRET}?q=2`,
      "http://",
      "-",
    ].map((source) => privateStream({ ...STREAM, source }, words).source);
    expect(hidden[0]).toMatch(/^https:\/\/a\.example:8443\/#[0-9a-f]{8}$/);
    expect(new Set(hidden).size).toBe(4);
    expect(hidden.join(" ")).not.toContain(SECRET);
    const reason = `the response is text/html, status 302; it redirects to https://login.example/${SECRET}, which is not followed`;
    const told = privateStream({ ...STREAM, verdict: "unreadable", reason }, words).reason;
    expect(told).toMatch(/redirects to https:\/\/login\.example\/#[0-9a-f]{8}, which is not followed$/);
  });

  it("does not hold what a page says that came instead of a stream", () => {
    const reason = `the response is text/html, status 502; its body begins: <b>${SECRET} "and" more</b>`;
    const hidden = privateStream({ ...STREAM, verdict: "unreadable", reason }, words);
    expect(hidden.reason).toBe("the response is text/html, status 502; its body begins: <24 characters>");
  });

  it("gives the same id the same hash", () => {
    const { hidden } = reports(created + event("message.completed", { id: "other", status: "completed", usage: {} }));
    const { message, related } = JSON.parse(hidden).streams[0].findings[0];
    const [, now, before] = /^id is (#\w{8}), but it was (#\w{8})/.exec(message) ?? [];
    expect(now).not.toBe(before);
    expect(related[0].message).toBe(`${before} here`);
  });

  it("of no broken fixture shows a text that only the stream has", () => {
    const folder = fileURLToPath(new URL("../../../fixtures/pokee/broken", import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".sse"));
    expect(files.length).toBeGreaterThan(40);
    for (const file of files) {
      const text = readFileSync(join(folder, file), "utf8");
      const { hidden } = reports(text);
      for (const [, id = ""] of text.matchAll(/"((?:msg|ses|toolu)_\w+)"/g)) expect(hidden).not.toContain(id);
    }
  });
});
