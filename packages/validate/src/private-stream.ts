import { createHash } from "node:crypto";
import type { Finding, Related, StreamReport } from "@ssert/report";

/**
 * A stream's report that can be shown to anyone: of what the stream holds there are only hashes of what may name something
 * (the same text, the same hash, so that a finding and its other place still agree) and the lengths of the rest. `words`: the
 * protocol's own, which are no secret. Paths of files are kept; of a URL, whose path and query often name a session, the server.
 */
export function privateStream(stream: StreamReport, words: ReadonlySet<string>): StreamReport {
  const veil = new Veil(words);
  return {
    ...stream,
    source: serverOf(stream.source),
    findings: stream.findings.map((finding) => veil.finding(finding)),
    ...(stream.reason !== undefined && { reason: veil.reason(stream.reason) }),
  };
}

/**
 * Texts in quotes, as messages show values (cut ones end in `…`), and names in backticks, as they show types and properties.
 * Whichever begins first holds the other's sign.
 */
const SHOWN = /"(?:[^"\\]|\\.)*"…?|`[^`]*`/g;

/** A number where a message shows a value: what came, or an id. Places and counts stand elsewhere. */
const NUMBER =
  /(?<=\b(?:got|is|was) )-?\d(?:[\d.e+-]*\d)?|^-?\d(?:[\d.e+-]*\d)?(?= here$)|-?\d(?:[\d.e+-]*\d)?(?= of event )/gi;

/** What a response says that is no event stream: a page, an error with names in it. */
const BODY = /(?<=; its body begins: ).*/s;

/** Where a redirect leads. */
const TARGET = /(?<=; it redirects to )\S+(?=,)/;

/** Rules that are about numbers of the exchange, which no stream holds. */
const OF_EXCHANGE = /^(?:http|timing|tape|baseline)\//;

/** What could be an id: one word that is not long. */
const WORD = /^[\w.:@/+=-]{1,64}$/;

class Veil {
  readonly #words: ReadonlySet<string>;

  constructor(words: ReadonlySet<string>) {
    this.#words = words;
  }

  finding(finding: Finding): Finding {
    const { rule, path, event, related } = finding;
    // Of what framing is about, the brackets hold the bytes, the value or the name itself.
    const message = rule.startsWith("sse/") ? finding.message.replace(/ \(.*\)/s, "") : finding.message;
    const numbers = OF_EXCHANGE.test(rule) ? (text: string): string => text : withoutNumbers;
    return {
      ...finding,
      message: numbers(this.text(this.#withoutPath(message, path))),
      ...(path !== undefined && { path: this.#path(path) }),
      ...(event !== undefined && { event: { ...event, type: event.type === null ? null : this.#name(event.type) } }),
      ...(related !== undefined && { related: related.map((other) => this.#related(other)) }),
    };
  }

  text(message: string): string {
    return message.replaceAll(SHOWN, (shown) =>
      shown.startsWith("`") ? `\`${this.#name(shown.slice(1, -1))}\`` : this.#value(shown),
    );
  }

  reason(reason: string): string {
    return this.text(reason.replace(BODY, lengthOf).replace(TARGET, serverOf));
  }

  /** Messages name the place, or the end of it; keys may hold anything, blanks and quotes too. */
  #withoutPath(message: string, path: string | undefined): string {
    const tokens = (path ?? "").split("/").slice(1);
    for (const [index] of tokens.entries()) {
      const end = `/${tokens.slice(index).join("/")}`;
      if (message.includes(end)) return message.replaceAll(end, this.#path(end));
    }
    return message;
  }

  #related({ message, event, ...rest }: Related): Related {
    return {
      ...rest,
      message: withoutNumbers(this.text(message)),
      ...(event !== undefined && { event: { ...event, type: event.type === null ? null : this.#name(event.type) } }),
    };
  }

  #value(quoted: string): string {
    const text = parsed(quoted.replace(/…$/, ""));
    if (this.#words.has(text)) return quoted;
    return WORD.test(text) ? hashOf(text) : lengthOf(text);
  }

  /** Types with their subtypes, patterns, `event: x` and properties: all that the protocol knows stays. */
  #name(name: string): string {
    const known = name.split(/[[\]]|^event: /).every((part) => part === "" || this.#knows(part));
    if (known) return name;
    return WORD.test(name) ? hashOf(name) : lengthOf(name);
  }

  #knows(word: string): boolean {
    return this.#words.has(word) || this.#words.has(word.replace(/\*$/, ""));
  }

  #path(pointer: string): string {
    const tokens = pointer.split("/").map((token) => {
      const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
      return token === "" || /^\d+$/.test(token) || this.#words.has(key) ? token : hashOf(key);
    });
    return tokens.join("/");
  }
}

/** Of a URL, with a hash of the rest; other names are as they are. */
function serverOf(source: string): string {
  if (!/^https?:/i.test(source)) return source;
  const url = URL.parse(source);
  return url === null ? hashOf(source) : `${url.origin}/${hashOf(url.pathname + url.search)}`;
}

function withoutNumbers(message: string): string {
  return message.replaceAll(NUMBER, hashOf);
}

function parsed(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : quoted;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Enough of it to tell the ids of one report apart. */
function hashOf(text: string): string {
  return `#${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}

function lengthOf(text: string): string {
  const units = text.length;
  return `<${units} character${units === 1 ? "" : "s"}>`;
}

/** Every name, key and text that a protocol file has, and what framing rules are about: nothing of them comes from a stream. */
export function publicWords(definitions: readonly unknown[]): ReadonlySet<string> {
  const words = new Set([
    "event",
    "data",
    "id",
    "retry",
    "message",
    "{}",
    "text/event-stream",
    "event:",
    "data:",
    "id:",
    "retry:",
    "ssert",
  ]);
  const collect = (value: unknown): void => {
    if (typeof value === "string") words.add(value);
    else if (Array.isArray(value)) for (const item of value) collect(item);
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        words.add(key);
        // `t[subtype]` and pointers are made of words.
        for (const part of key.split(/[[\]]/)) words.add(part);
        collect(item);
      }
    }
  };
  for (const definition of definitions) collect(definition);
  for (const word of [...words]) for (const part of word.split(/[[\]/]/)) words.add(part);
  return words;
}
