import { readFile } from "node:fs/promises";
import { type Protocol, withSeverities } from "@ssert/protocol";
import { byPosition, type StreamReport } from "@ssert/report";
import { createTape, openTape, TapeError } from "@ssert/tape";
import { type Input, shrinkStream } from "@ssert/validate";
import { CommandError } from "../errors.ts";
import { counted } from "../phrases.ts";
import { version } from "../version.ts";
import { visible } from "../visible.ts";
import type { Run } from "./run.ts";

/** What is to be shrunk, and what the run has told of it. */
export interface ToShrink {
  readonly input: Input;
  readonly told: StreamReport | undefined;
  readonly protocolOf: (named: string | undefined) => Promise<Protocol | undefined>;
}

/** Writes the smallest stream that still fails as the input does, as a tape that names its protocol. */
export async function shrinkTo({ input, told, protocolOf }: ToShrink, { flags, policy, terminal }: Run): Promise<void> {
  const { shrink: path = "", redactText = false } = flags;
  const rule = ruleOf(told);
  if (rule === undefined) {
    terminal.err(`nothing to shrink: ${visible(input.source)} ${nothingOf(told)}\n`);
    return;
  }
  const named = await protocolOf((await openTape(input.source)).header?.protocol);
  const protocol = named && withSeverities(named, new Map(Object.entries(policy.severities ?? {})));
  terminal.progress("shrinking …");
  const before = await readFile(input.source);
  const shrunk = shrinkStream(before, { protocol, rule, redactText });
  terminal.progress("");
  await write(path, shrunk.bytes, protocol?.name, redactText);
  const sizes = `${counted(before.length, "byte")} → ${counted(shrunk.events, "event")}, ${counted(shrunk.bytes.length, "byte")}`;
  terminal.err(`${sizes}, still ${shrunk.finding.rule}: ${path}\n`);
  if (shrunk.exhausted) terminal.err("it may become smaller yet: shrink the result again\n");
  if (redactText && shrunk.kept.length > 0) {
    const words = shrunk.kept.map((text) => visible(JSON.stringify(text))).join(", ");
    const kept = policy.private ? counted(shrunk.kept.length, "word") : words;
    terminal.err(`not redacted, since the fault needs it: ${kept}\n`);
  }
}

/** Not about what the stream holds: the response as a whole, when it came, the recording, the baseline. */
const OUTSIDE = /^(?:http|timing|tape|baseline)\//;

/** The rule of the first error in the stream itself, else of the first warning. Throws CommandError for faults outside of it. */
function ruleOf(told: StreamReport | undefined): string | undefined {
  const findings = byPosition(told?.findings ?? []);
  const inside = findings.filter(({ rule }) => !OUTSIDE.test(rule));
  const target = inside.find(({ severity }) => severity === "error") ?? inside[0];
  if (target === undefined && findings.length > 0) {
    const rules = [...new Set(findings.map(({ rule }) => rule))].join(", ");
    throw new CommandError(
      "usage",
      `--shrink: ${rules} is not about what the stream holds, so a smaller one shows nothing`,
    );
  }
  return target?.rule;
}

function nothingOf(told: StreamReport | undefined): string {
  if (told?.verdict === "unreadable") return "could not be read";
  return told?.verdict === "no-stream" ? "is no event stream" : "has no findings";
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
  const writer = await createTape(path, header, { force: await isShrunk(path) }).catch((error: unknown) => {
    throw error instanceof TapeError && error.code === "exists" ? refused(path, error) : error;
  });
  writer.append(bytes, 0);
  await writer.finish("eof", 0);
}

function refused(path: string, cause: unknown): CommandError {
  return new CommandError(
    "unwritable",
    `--shrink: ${path} is there and was not written by --shrink: name another file`,
    {
      cause,
    },
  );
}

/** What was shrunk before may be replaced; a recording never, even if somebody has edited it: it names its request. */
async function isShrunk(path: string): Promise<boolean> {
  try {
    const { header } = await openTape(path);
    return header?.provenance === "edited" && header.request === undefined && header.response === undefined;
  } catch (error) {
    if (error instanceof TapeError) return false;
    throw error;
  }
}
