import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createTape, encodeBody, keptHeaders, type TapeEnd, type TapeHeader } from "@ssert/tape";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { appendAll, HEADER, newFolder } from "./folder.ts";

const schema: unknown = JSON.parse(
  await readFile(new URL("../../../schemas/tape.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: true, strictTuples: false, strictTypes: false }).addSchema(Object(schema), "tape");
const matches = (shape: string, line: unknown): boolean =>
  ajv.validate({ $ref: `tape#/$defs/${shape}` }, line) === true;
const isLine = (line: unknown): boolean => ajv.validate({ $ref: "tape" }, line) === true;

const FULL: TapeHeader = {
  ...HEADER,
  protocol: "pokee",
  request: { method: "POST", url: "https://h/v1", headers: keptHeaders({ Accept: "*/*" }), body: '{"message":"hi"}' },
  response: { status: 200, headers: keptHeaders({ "Content-Type": "text/event-stream" }) },
  redaction: ["email"],
};

describe("schemas/tape.schema.json", () => {
  it.each<[string, TapeHeader, TapeEnd]>([
    ["bare", HEADER, "eof"],
    ["full", FULL, "cut"],
    [
      "binary",
      {
        ...FULL,
        request: { method: "PUT", url: "http://h/", headers: {}, body: encodeBody(Uint8Array.of(255)) ?? "" },
      },
      "interrupted",
    ],
  ])("describes each line of a tape with a %s header", async (_, header, end) => {
    const path = join(await newFolder(), "x.sse");
    const tape = await createTape(path, header);
    await appendAll(tape, [
      [0, "a"],
      [12.6, "b"],
      [-3, "c"],
    ]);
    await tape.finish(end, 17.2);
    const lines = (await readFile(`${path}.tape`, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines.map(isLine)).toEqual(lines.map(() => true));
    expect(lines.map((line) => ["header", "chunk", "trailer"].filter((shape) => matches(shape, line)))).toEqual([
      ["header"],
      ["chunk"],
      ["chunk"],
      ["chunk"],
      ["trailer"],
    ]);
  });

  it.each([
    ["a later format", { ...HEADER, ssert: 2 }],
    ["a time without a zone", { ...HEADER, recordedAt: "2026-08-01 09:30" }],
    ["a secret", { ...FULL, response: { status: 200, headers: { "set-cookie": "a=b" } } }],
    ["a name in capitals", { ...FULL, response: { status: 200, headers: { Date: "today" } } }],
    ["an empty chunk", [1, 0]],
    ["a time that runs backwards", [-1, 5]],
    ["an unknown end", { end: "gone", bytes: 0, sha256: "0".repeat(64), elapsedUs: 0, redacted: 0 }],
  ])("refuses %s", (_, line) => {
    expect(isLine(line)).toBe(false);
  });
});
