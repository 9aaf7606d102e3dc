import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Finding, StreamReport } from "@ssert/report";
import {
  type BaselineEntry,
  entriesFor,
  excuse,
  parseBaseline,
  renderBaseline,
  type UnfitEntry,
} from "@ssert/validate";
import { CommandError, reasonOf } from "../errors.ts";
import { counted } from "../phrases.ts";
import type { Terminal } from "../terminal.ts";

/** The findings of a baseline, and what becomes of them in a run. */
export class KnownFindings {
  readonly #path: string;
  readonly #updating: boolean;
  readonly #today: string;
  readonly #bySource: ReadonlyMap<string, readonly BaselineEntry[]>;
  readonly #seen = new Set<string>();
  readonly #now: BaselineEntry[] = [];

  private constructor(path: string, entries: readonly BaselineEntry[], updating: boolean, today: string) {
    this.#path = path;
    this.#updating = updating;
    this.#today = today;
    this.#bySource = Map.groupBy(entries, ({ source }) => source);
  }

  /** A file that is to be written need not be there. Throws CommandError `unreadable`, ValidateError `bad-baseline`. */
  static async read(path: string, updating: boolean, now: Date = new Date()): Promise<KnownFindings> {
    const today = now.toISOString().slice(0, "2026-01-01".length);
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (cause) {
      const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
      if (missing && updating) return new KnownFindings(path, [], updating, today);
      const next = missing ? "; write it with --update-baseline" : "";
      throw new CommandError("unreadable", `--baseline: cannot read ${path}: ${reasonOf(cause)}${next}`, { cause });
    }
    return new KnownFindings(path, parseBaseline(text, path).entries, updating, today);
  }

  /** Every rule that entries are about, each once. */
  rules(): readonly string[] {
    const entries = [...this.#bySource.values()].flat();
    return [...new Set(entries.map(({ finding }) => finding.slice(0, finding.indexOf("|"))))];
  }

  /** Takes what is known out of a stream's report, and adds what is wrong with the entries. */
  excuse(stream: StreamReport): StreamReport {
    const source = this.#nameOf(stream.source);
    const entries = this.#bySource.get(source) ?? [];
    this.#seen.add(source);
    if (this.#updating) {
      const now = entriesFor(stream, source, entries).map((entry) => this.#fresh(entry));
      this.#now.push(...now);
      return excuse(stream, now, this.#today).stream;
    }
    const { stream: left, unfit } = excuse(stream, entries, this.#today);
    if (unfit.length === 0) return left;
    const findings = [...left.findings, ...unfit.map((entry) => this.#about(entry))];
    // What cannot be judged is not: an entry for it cannot be stale either.
    if (left.verdict === "unreadable" || left.verdict === "no-stream") return left;
    return { ...left, findings, verdict: "invalid" };
  }

  /** Tells of entries whose streams are gone, or writes the new baseline. */
  async finish(complete: boolean, terminal: Terminal): Promise<void> {
    const others = [...this.#bySource].filter(([source]) => !this.#seen.has(source));
    const gone = others.filter(([source]) => !existsSync(join(dirname(this.#path), source)));
    if (this.#updating) {
      if (!complete) {
        terminal.err(`${this.#path} was not written, since not every input was read\n`);
        return;
      }
      const kept = others.filter((entry) => !gone.includes(entry)).flatMap(([, entries]) => entries);
      await this.#write([...this.#now, ...kept], terminal);
      return;
    }
    for (const [source, entries] of gone) {
      const what = `${counted(entries.length, "finding")} of ${source}, which is gone`;
      terminal.err(`warning: ${this.#path} excuses ${what}: run --update-baseline\n`);
    }
  }

  async #write(entries: readonly BaselineEntry[], terminal: Terminal): Promise<void> {
    const before = [...this.#bySource.values()].flat().map(keyOf);
    const after = entries.map(keyOf);
    const added = after.filter((key) => !before.includes(key)).length;
    const removed = before.filter((key) => !after.includes(key)).length;
    try {
      await writeFile(this.#path, renderBaseline({ ssert: 1, entries }));
    } catch (cause) {
      throw CommandError.because(cause, "unwritable", `--update-baseline: cannot write ${this.#path}`);
    }
    terminal.err(`${this.#path}: ${counted(entries.length, "known finding")}, ${added} new, ${removed} gone\n`);
  }

  /** What is still found is not excused for ever: an entry that has expired must be thought about again. */
  #fresh(entry: BaselineEntry): BaselineEntry {
    const { expires, ...rest } = entry;
    return expires !== undefined && expires < this.#today ? rest : entry;
  }

  #nameOf(source: string): string {
    if (source === "-" || /^https?:/i.test(source)) return source;
    return relative(dirname(this.#path), source).split(sep).join("/");
  }

  #about({ entry: { finding, owner, expires, reason }, why }: UnfitEntry): Finding {
    const [rule = "", type = "", path = "", nth = ""] = finding.split("|");
    const place = [type === "" ? undefined : `\`${type}\``, path === "" ? undefined : path].filter(
      (part) => part !== undefined,
    );
    const what = `${rule}${place.length > 0 ? ` at ${place.join(" ")}` : ""}${nth === "1" ? "" : ` (number ${nth})`}`;
    const because = [reason, owner === undefined ? undefined : `owner: ${owner}`].filter((part) => part !== undefined);
    const told = because.length > 0 ? ` (${because.join("; ")})` : "";
    const message =
      why === "stale"
        ? `${this.#path} excuses ${what}, which is not found any more${told}. Remove the entry, or run --update-baseline.`
        : `${this.#path} excused ${what} until ${expires}${told}. Mend it, or decide anew.`;
    return { rule: `baseline/${why}`, severity: "error", message };
  }
}

function keyOf({ source, finding }: BaselineEntry): string {
  return JSON.stringify([source, finding]);
}
