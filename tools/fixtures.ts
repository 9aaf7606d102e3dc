// Writes the streams of `fixtures/` from code that says what each of them is: `pnpm fixtures`. The same code gives
// the same bytes; a test regenerates them and compares.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTape, type TapeHeader } from "ssert/tape";
import { ANTHROPIC_MESSAGES } from "./fixtures/anthropic-messages.ts";
import { BROKEN } from "./fixtures/broken.ts";
import { type Chunk, chunks } from "./fixtures/chunks.ts";
import type { Fixture } from "./fixtures/fixture.ts";
import { OPENAI_CHAT } from "./fixtures/openai-chat.ts";
import { OPENAI_RESPONSES } from "./fixtures/openai-responses.ts";
import { SESSION } from "./fixtures/stream.ts";
import { VALID } from "./fixtures/valid.ts";
import { between, table } from "./markdown.ts";

export const FIXTURES: readonly Fixture[] = [
  ...VALID,
  ...BROKEN,
  ...ANTHROPIC_MESSAGES,
  ...OPENAI_RESPONSES,
  ...OPENAI_CHAT,
];

/** Writes every fixture below a folder, over what is there. */
export async function writeFixtures(folder: string): Promise<void> {
  for (const fixture of FIXTURES) await writeFixture(folder, fixture);
}

async function writeFixture(folder: string, fixture: Fixture): Promise<void> {
  const path = join(folder, `${fixture.path}.sse`);
  const parts = chunks(fixture);
  if (fixture.tape === undefined) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.concat(parts.map(({ bytes }) => bytes)));
    return;
  }
  const tape = await createTape(path, header(fixture.tape), { force: true });
  for (const { bytes, afterUs } of parts) if (!tape.append(bytes, afterUs)) await tape.drained();
  await tape.finish("eof", elapsedUs(parts) + 1000 * (fixture.tape.closeMs ?? 40));
}

function elapsedUs(parts: readonly Chunk[]): number {
  return parts.reduce((sum, { afterUs }) => sum + afterUs, 0);
}

function header({ message, response }: NonNullable<Fixture["tape"]>): TapeHeader {
  return {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "ssert 0.1.0",
    provenance: "synthetic",
    boundaries: "exact",
    protocol: "pokee",
    request: {
      method: "POST",
      url: `https://api.pokee.example/v1/sessions/${SESSION}/messages`,
      headers: { accept: "text/event-stream", "content-type": "application/json" },
      body: JSON.stringify({ message }),
    },
    response: response ?? { status: 200, headers: { "content-type": "text/event-stream" } },
  };
}

const PROTOCOLS: readonly string[] = [...new Set(FIXTURES.map(({ path }) => protocolOf(path)))];

/** The first folder of a fixture's path. */
function protocolOf(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

/** The fixtures as tables in Markdown, one a protocol. */
export function fixtureTables(): string {
  return PROTOCOLS.map((protocol) => `### ${protocol}\n\n${fixtureTable(protocol)}`).join("\n\n");
}

function fixtureTable(protocol: string): string {
  const rows = FIXTURES.filter(({ path }) => protocolOf(path) === protocol).map(({ path, about, tape }) => [
    `[${path}](${path}.sse)`,
    tape ? "yes" : "",
    about,
  ]);
  return table(["stream", "tape", "what it is"], rows);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("../fixtures", import.meta.url));
  for (const protocol of PROTOCOLS) await rm(join(folder, protocol), { recursive: true, force: true });
  await writeFixtures(folder);
  const readme = join(folder, "README.md");
  await writeFile(readme, between(await readFile(readme, "utf8"), "streams", fixtureTables()));
  console.log(`${FIXTURES.length} streams in ${folder}`);
}
