/** Values that differ between any two answers, so that they are compared only when asked for. */
export type ValueKind = "ids" | "text" | "numbers";

export const VALUE_KINDS: readonly ValueKind[] = ["ids", "text", "numbers"];

/** What was seen at one place of one kind of event, over a whole stream. */
export interface SeenValues {
  readonly kind: ValueKind;
  /** Text of deltas joined, so that other pieces of the same text are no difference; of ids and numbers one a line. */
  text: string;
  capped: boolean;
}

/** By JSON Pointer, with `*` for every element of a list. */
export type Values = Map<string, SeenValues>;

/** A session's text takes some hundred kilobytes; what is beyond is not compared, and the difference says so. */
const MAX_TEXT = 1024 * 1024;
/** Places come from data. */
const MAX_PLACES = 1_000;
const MAX_DEPTH = 32;

/** Adds the values of one event's data. `wanted` says which kinds are compared. */
export function addValues(values: Values, data: unknown, wanted: ReadonlySet<ValueKind>, path = "", depth = 0): void {
  if (typeof data === "string") {
    const kind = isId(path) ? "ids" : "text";
    if (wanted.has(kind)) add(values, path, kind, data);
  } else if (typeof data === "number") {
    if (wanted.has("numbers")) add(values, path, "numbers", String(data));
  } else if (typeof data === "object" && data !== null && depth < MAX_DEPTH) {
    const entries = Array.isArray(data) ? data.map((item) => ["*", item] as const) : Object.entries(data);
    for (const [key, value] of entries) addValues(values, value, wanted, `${path}/${escaped(key)}`, depth + 1);
  }
}

function add(values: Values, path: string, kind: ValueKind, text: string): void {
  let seen = values.get(path);
  if (seen === undefined) {
    if (values.size === MAX_PLACES) return;
    seen = { kind, text: "", capped: false };
    values.set(path, seen);
  }
  if (seen.text.length > MAX_TEXT) seen.capped = true;
  else seen.text += kind === "text" ? text : `${text}\n`;
}

/** `/id`, `/message/id`, `/item_id`, `/toolCallId`: how the APIs at hand call what names something. */
function isId(path: string): boolean {
  return /(?:\/id|_id|[a-z]Id)$/.test(path);
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
