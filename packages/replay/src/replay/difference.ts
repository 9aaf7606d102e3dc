import { isObject } from "./json.ts";
import type { RequestFacts } from "./request.ts";

/** One thing in which a request differs from a recorded one; a side that has nothing there is left out. */
export interface Difference {
  /** `method`, `path`, `query NAME`, `body` (with ` /POINTER` into JSON, or ` byte N`). */
  readonly at: string;
  readonly recorded?: string;
  readonly received?: string;
}

/** Values are shown to be recognised, not to be read. */
const SHOWN_CHARACTERS = 120;

export function requestDifferences(recorded: RequestFacts, received: RequestFacts): readonly Difference[] {
  const differences: Difference[] = [];
  if (recorded.method !== received.method) differences.push(at("method", recorded.method, received.method));
  if (recorded.path !== received.path) differences.push(at("path", recorded.path, received.path));
  differences.push(
    ...queryDifferences(recorded.query, received.query),
    ...bodyDifferences(recorded.body, received.body),
  );
  return differences;
}

function at(place: string, recorded: string | undefined, received: string | undefined): Difference {
  return {
    at: place,
    ...(recorded === undefined ? {} : { recorded: shorten(recorded) }),
    ...(received === undefined ? {} : { received: shorten(received) }),
  };
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)` : text;
}

type Query = RequestFacts["query"];

function queryDifferences(recorded: Query, received: Query): readonly Difference[] {
  const names = new Set([...recorded, ...received].map(([name]) => name));
  return [...names].flatMap((name) => {
    const [then, now] = [valuesOf(recorded, name), valuesOf(received, name)];
    return then === now ? [] : [at(`query ${name}`, then, now)];
  });
}

function valuesOf(query: Query, name: string): string | undefined {
  const values = query.flatMap(([other, value]) => (other === name ? [value] : []));
  return values.length === 0 ? undefined : values.join(", ");
}

type Body = RequestFacts["body"];

function bodyDifferences(recorded: Body, received: Body): readonly Difference[] {
  if (recorded !== undefined && "json" in recorded && received !== undefined && "json" in received) {
    return jsonDifferences(recorded.json, received.json, "");
  }
  const [then, now] = [bytesOf(recorded), bytesOf(received)];
  if (then !== undefined && now !== undefined) {
    if (then.equals(now)) return [];
    let byte = 0;
    while (byte < then.length && then[byte] === now[byte]) byte += 1;
    return [at(`body byte ${byte}`, excerpt(then, byte), excerpt(now, byte))];
  }
  return then === now ? [] : [at("body", then && excerpt(then, 0), now && excerpt(now, 0))];
}

function bytesOf(body: Body): Buffer | undefined {
  if (body === undefined) return undefined;
  return "bytes" in body ? body.bytes : Buffer.from(body.canonical);
}

function excerpt(bytes: Buffer, from: number): string {
  return bytes.toString("utf8", from, from + SHOWN_CHARACTERS);
}

function jsonDifferences(recorded: unknown, received: unknown, pointer: string): readonly Difference[] {
  const [then, now] = [membersOf(recorded), membersOf(received)];
  if (then === undefined || now === undefined || Array.isArray(recorded) !== Array.isArray(received)) {
    const [thenText, nowText] = [JSON.stringify(recorded), JSON.stringify(received)];
    return thenText === nowText ? [] : [at(`body ${pointer || "/"}`, thenText, nowText)];
  }
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const place = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (then.has(key) && now.has(key)) return jsonDifferences(then.get(key), now.get(key), place);
    return [at(`body ${place}`, JSON.stringify(then.get(key)), JSON.stringify(now.get(key)))];
  });
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) return new Map(value.map((item: unknown, index) => [String(index), item]));
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}
