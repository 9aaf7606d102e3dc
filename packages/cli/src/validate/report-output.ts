import { access, constants, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Report } from "@ssert/report";
import { makeFolder } from "@ssert/tape";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { FILE_NAMES, type Format, type FormatContext, render } from "./report-formats.ts";

export interface OutputFlags {
  readonly format?: readonly Format[];
  readonly json?: boolean;
  readonly output?: string;
  readonly outputDir?: string;
}

/** One report in one format, and where it goes: a file, or standard output without one. */
export interface Destination {
  readonly format: Format;
  readonly file?: string;
  /** The flag that named the file, for an error. */
  readonly flag?: "--output" | "--output-dir";
}

/**
 * Where each report goes; a format named twice is one. Standard output takes one report: throws CommandError `usage` when the
 * flags leave a choice.
 */
export function destinationsOf({ format = [], json = false, output, outputDir }: OutputFlags): readonly Destination[] {
  const wanted: ReadonlySet<Format> = new Set([...format, ...(json ? (["json"] as const) : [])]);
  const formats: readonly Format[] = wanted.size === 0 ? ["pretty"] : [...wanted];
  const [first = "pretty", ...more] = formats;
  if (output !== undefined && outputDir !== undefined) {
    throw new CommandError("usage", "--output and --output-dir are two places for one report: give one of them");
  }
  if (outputDir !== undefined) return inFolder(formats, outputDir);
  if (more.length > 0) {
    const where = output === undefined ? "stdout takes one report" : "--output takes one report";
    throw new CommandError(
      "usage",
      `${where}, but --format names ${formats.join(", ")}: add --output-dir DIR${output === undefined ? "" : " instead"}; pretty then goes to stdout, the others to DIR`,
    );
  }
  return [output === undefined ? { format: first } : { format: first, file: output, flag: "--output" }];
}

/** A page is for a browser: on a screen full of it nobody finds anything. A pipe or a redirection takes it. */
export function refusePageOnScreen(destinations: readonly Destination[], { columns }: Terminal): void {
  const toStdout = destinations.some(({ format, file }) => format === "html" && file === undefined);
  if (!toStdout || columns === undefined) return;
  throw new CommandError(
    "usage",
    "--format html makes a page for a browser: add --output report.html, or send stdout to a file",
  );
}

function inFolder(formats: readonly Format[], folder: string): readonly Destination[] {
  if (formats.every((format) => format === "pretty")) {
    const names = Object.keys(FILE_NAMES).join(", ");
    throw new CommandError(
      "usage",
      `--output-dir has nothing to hold: pretty goes to stdout; add a --format that goes to a file (${names}), or use --output FILE`,
    );
  }
  return formats.map((format) =>
    format === "pretty" ? { format } : { format, file: join(folder, FILE_NAMES[format]), flag: "--output-dir" },
  );
}

/**
 * Finds out before the work, not after it, whether reports can be written; makes the folder of `--output-dir`. Throws
 * CommandError `unwritable`.
 */
export async function checkWritable(destinations: readonly Destination[]): Promise<void> {
  for (const { file, flag } of destinations) {
    if (file === undefined) continue;
    try {
      if (flag === "--output-dir") await makeFolder(dirname(file));
      const stats = await stat(file).catch(() => undefined);
      if (stats?.isDirectory()) throw new Error(`EISDIR: ${file} is a folder`);
      await access(stats ? file : dirname(file), constants.W_OK);
    } catch (error) {
      throw unwritable(flag, error);
    }
  }
}

function unwritable(flag: Destination["flag"] = "--output", error: unknown): CommandError {
  return CommandError.because(error, "unwritable", `${flag}: cannot write the report`);
}

/**
 * Sends a report to its places: first to standard output, so that it is seen even where a file cannot be written. `style`
 * of the context is for standard output; what goes to a file has no colours.
 */
export async function deliver(
  report: Report,
  destinations: readonly Destination[],
  context: FormatContext,
  terminal: Terminal,
): Promise<void> {
  const ordered = destinations.toSorted((a, b) => Number(a.file !== undefined) - Number(b.file !== undefined));
  for (const { format, file, flag } of ordered) {
    if (file === undefined) {
      for (const part of await render(format, report, context)) terminal.out(part);
    } else {
      await write(file, await render(format, report, { ...context, style: (_format, text) => text }), flag);
      terminal.err(`report written to ${file}\n`);
    }
  }
}

async function write(file: string, text: Iterable<string>, flag: Destination["flag"]): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw unwritable(flag, error);
  }
}
