import { readdirSync, readFileSync } from "node:fs";
import { builtinProtocol } from "@ssert/protocol";
import { expect, test } from "vitest";

const folder = new URL("../../../../schemas/pokee/", import.meta.url);
const schemaFiles = readdirSync(new URL("events/", folder));
const readme = readFileSync(new URL("README.md", folder), "utf8");

test.each(schemaFiles)("events/%s is a whole schema of the event that its name says", (file) => {
  const type = file.replace(".schema.json", "");
  const schema: unknown = JSON.parse(readFileSync(new URL(`events/${file}`, folder), "utf8"));
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:ssert:pokee:1:${type}`,
    title: expect.any(String),
    description: expect.any(String),
  });
  // Unknown properties are allowed (decision 9).
  expect(JSON.stringify(schema)).not.toMatch(/additionalProperties|unevaluatedProperties/);
});

test("there is a schema file for every event, and no other", () => {
  const events = Object.keys(builtinProtocol("pokee")?.definition.events ?? {});
  expect(schemaFiles.map((file) => file.replace(".schema.json", "")).sort()).toEqual(events.sort());
});

test("every rule that is on says by which decision, and the README has that decision", () => {
  const rules = builtinProtocol("pokee")?.rules ?? [];
  for (const { id, severity, source } of rules) {
    if (severity === "off" || id === "stream/forgotten") continue; // the tool's own bound, which no source knows
    const decision = /decision (\d+)\)?$/.exec(source ?? "")?.[1];
    expect(readme, id).toContain(`\n${decision}. `);
  }
});

test("the README lists every rule with its severity", () => {
  for (const { id, severity } of builtinProtocol("pokee")?.rules ?? []) {
    expect(readme).toMatch(new RegExp(`\\| \`${id}\` +\\| ${severity} +\\|`));
  }
});
