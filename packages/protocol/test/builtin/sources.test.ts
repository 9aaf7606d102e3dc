import { readdirSync, readFileSync } from "node:fs";
import { builtinProtocol, builtinProtocols } from "@ssert/protocol";
import { describe, expect, test } from "vitest";

describe.each(builtinProtocols().map(({ name }) => name))("schemas/%s", (name) => {
  const folder = new URL(`../../../../schemas/${name}/`, import.meta.url);
  const schemaFiles = readdirSync(new URL("events/", folder));
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  const rules = builtinProtocol(name)?.rules ?? [];

  test.each(schemaFiles)("events/%s is a whole schema of the event that its name says", (file) => {
    const event = file.replace(".schema.json", "");
    const schema: unknown = JSON.parse(readFileSync(new URL(`events/${file}`, folder), "utf8"));
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:ssert:${name}:1:${event}`,
      title: expect.any(String),
      description: expect.any(String),
    });
    // Unknown properties are allowed: every one of these APIs adds some without a new version.
    expect(JSON.stringify(schema)).not.toMatch(/additionalProperties|unevaluatedProperties/);
  });

  test("every schema file is used, and every event that is no sentinel has one", () => {
    const { events } = JSON.parse(readFileSync(new URL("protocol.json", folder), "utf8"));
    const { variants = {} } = JSON.parse(readFileSync(new URL("protocol.json", folder), "utf8"));
    const used = new Set<unknown>();
    for (const [type, event] of Object.entries<{ schema?: unknown; literal?: unknown }>(events)) {
      expect(event.schema ?? event.literal, type).toEqual(expect.any(String));
      used.add(event.schema);
    }
    const files = schemaFiles.map((file) => `events/${file}`);
    const unused = files.filter((file) => !used.has(file) && !JSON.stringify(variants).includes(`"${file}"`));
    expect(unused).toEqual([]);
  });

  test("every rule that the protocol decides says by which decision, and the README has that decision", () => {
    for (const { id, severity, source } of rules) {
      // Framing, the response and the tool's own bounds are the same for every protocol, whose source may not speak of them.
      if (severity === "off" || (source === undefined && /^(sse|http|timing)\/|^stream\/forgotten$/.test(id))) continue;
      const decision = /decision (\d+)\)?$/.exec(source ?? "")?.[1];
      expect(readme, id).toContain(`\n${decision}. `);
    }
  });

  test("the README lists every rule with its severity", () => {
    for (const { id, severity } of rules) expect(readme).toMatch(new RegExp(`\\| \`${id}\` +\\| ${severity} +\\|`));
  });
});
