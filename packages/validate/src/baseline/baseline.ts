import { nearestWord } from "@ssert/protocol";
import { ValidateError } from "../error.ts";

/** A finding that is known and lived with. */
export interface BaselineEntry {
  /** The stream, as its path from the baseline's folder, with `/`. */
  readonly source: string;
  /** Rule, type of event, place in its data, and which of these it is: `tool_call/not-open|tool_result|/id|1`. */
  readonly finding: string;
  /** Why it is lived with. */
  readonly reason?: string;
  /** Who will mend it. */
  readonly owner?: string;
  /** The last day on which it is excused, `2026-12-31`. */
  readonly expires?: string;
}

/** The file of `--baseline`. */
export interface Baseline {
  readonly ssert: 1;
  readonly entries: readonly BaselineEntry[];
}

const KEYS: readonly (keyof BaselineEntry)[] = ["source", "finding", "reason", "owner", "expires"];

/** Throws ValidateError `bad-baseline`, with the place and what was expected there. */
export function parseBaseline(text: string, path: string): Baseline {
  const value = parseJson(text, path);
  if (!isRecord(value) || value["ssert"] !== 1) {
    throw bad(path, 'expected {"ssert":1,"entries":[…]}; delete it and write one with --update-baseline');
  }
  const { entries } = value;
  if (!Array.isArray(entries))
    throw bad(path, "/entries must be a list; delete it and write one with --update-baseline");
  return { ssert: 1, entries: entries.map((entry, index) => readEntry(entry, `/entries/${index}`, path)) };
}

export function renderBaseline({ entries }: Baseline): string {
  const ordered = entries
    .toSorted((one, other) => compare(one.source, other.source) || compare(one.finding, other.finding))
    .map(({ source, finding, reason, owner, expires }) => ({ source, finding, reason, owner, expires }));
  return `${JSON.stringify({ ssert: 1, entries: ordered }, null, 2)}\n`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function readEntry(value: unknown, place: string, path: string): BaselineEntry {
  if (!isRecord(value)) throw bad(path, `${place} must be an object with source and finding`);
  for (const key of Object.keys(value)) {
    if (KEYS.some((known) => known === key)) continue;
    const nearest = nearestWord(key, KEYS);
    throw bad(
      path,
      `${place} has the key ${JSON.stringify(key)}${nearest === undefined ? `; known are ${KEYS.join(", ")}` : `; did you mean ${nearest}?`}`,
    );
  }
  const text = (key: keyof BaselineEntry): string | undefined => {
    const entry = Object.hasOwn(value, key) ? value[key] : undefined;
    if (entry === undefined || typeof entry === "string") return entry;
    throw bad(path, `${place}/${key} must be a string`);
  };
  const [source, finding, reason, owner, expires] = KEYS.map(text);
  if (source === undefined || finding === undefined) throw bad(path, `${place} must have source and finding`);
  if (!/^[^|]+\/[^|]+\|[^|]*\|[^|]*\|\d+$/.test(finding)) {
    throw bad(path, `${place}/finding must be RULE|EVENT|PATH|NUMBER, got ${JSON.stringify(finding)}`);
  }
  if (expires !== undefined && !isDay(expires)) {
    throw bad(path, `${place}/expires must be a day such as 2026-12-31, got ${JSON.stringify(expires)}`);
  }
  return {
    source,
    finding,
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
  };
}

function isDay(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")); // some editors write the mark
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ValidateError(
      "bad-baseline",
      `${path} is not JSON (${reason}); restore it, or delete it and write it anew with --update-baseline`,
      { cause },
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(path: string, what: string): ValidateError {
  return new ValidateError("bad-baseline", `${path}: ${what}`);
}
