import { readFile } from "node:fs/promises";
import { loadBuiltinProtocol, type Protocol } from "@ssert/protocol";
import type { Summary } from "@ssert/report";
import { createTape, openTape, TapeError } from "@ssert/tape";
import { type Input, shrinkStream } from "@ssert/validate";
import { counted } from "../phrases.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { visible } from "../visible.ts";
import type { ShrinkFlags } from "./shrink-input.ts";

/** Writes the smallest stream that still fails as the input does, as a tape that names its protocol. */
export async function shrinkTo(
  input: Input,
  { errors, warnings }: Summary,
  { shrink: path = "", redactText = false }: ShrinkFlags,
  chosen: Protocol | undefined,
  terminal: Terminal,
): Promise<void> {
  if (errors + warnings === 0) {
    terminal.err(`nothing to shrink: ${visible(input.source)} has no findings\n`);
    return;
  }
  const named = (await openTape(input.source)).header?.protocol;
  const protocol = chosen ?? (named === undefined ? undefined : await loadBuiltinProtocol(named));
  terminal.progress("shrinking …");
  const before = await readFile(input.source);
  const shrunk = shrinkStream(before, { protocol, redactText });
  terminal.progress("");
  await write(path, shrunk.bytes, protocol?.name, redactText);
  const sizes = `${counted(before.length, "byte")} → ${counted(shrunk.events, "event")}, ${counted(shrunk.bytes.length, "byte")}`;
  terminal.err(`${sizes}, still ${shrunk.finding.rule}: ${path}\n`);
  if (shrunk.exhausted) terminal.err("it may become smaller yet: shrink the result again\n");
  if (redactText && shrunk.kept.length > 0) {
    const kept = shrunk.kept.map((text) => visible(JSON.stringify(text))).join(", ");
    terminal.err(`not redacted, since the fault needs it: ${kept}\n`);
  }
}

async function write(path: string, bytes: Uint8Array, protocol: string | undefined, redacted: boolean): Promise<void> {
  const header = {
    ssert: 1,
    recordedAt: new Date().toISOString(),
    tool: `ssert ${version}`,
    provenance: "edited",
    boundaries: "best-effort",
    ...(protocol !== undefined && { protocol }),
    ...(redacted && { redaction: ["text"] }),
  } as const;
  const writer = await createTape(path, header, { force: await isEdited(path) });
  writer.append(bytes, 0);
  await writer.finish("eof", 0);
}

/** What was shrunk before may be replaced; a recording never. */
async function isEdited(path: string): Promise<boolean> {
  try {
    return (await openTape(path)).header?.provenance === "edited";
  } catch (error) {
    if (error instanceof TapeError) return false;
    throw error;
  }
}
