import type { Severity } from "../src/finding.ts";
import type { Verdict } from "../src/report.ts";
import { EVERYTHING, type Filter } from "./filter.ts";
import { VERDICTS } from "./icons.ts";

/** What is shown, as the address has it behind its `#`, so that a link can point at an event and a reload changes nothing. */
export interface Place {
  /** Counted from 1. */
  readonly stream: number | undefined;
  readonly event: number | undefined;
  /** Of the stream's findings, counted from 1. */
  readonly finding: number | undefined;
  readonly filter: Filter;
}

export function readPlace(): Place {
  const words = new URLSearchParams(location.hash.slice(1));
  const verdicts = new Set(words.get("verdict")?.split(","));
  return {
    stream: numberOf(words.get("stream")),
    event: numberOf(words.get("event")),
    finding: numberOf(words.get("finding")),
    filter: {
      ...EVERYTHING,
      text: words.get("search") ?? "",
      verdicts: new Set<Verdict>(VERDICTS.filter((verdict) => verdicts.has(verdict))),
      severity: severityOf(words.get("severity")),
      rule: words.get("rule") ?? undefined,
    },
  };
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

export function severityOf(text: string | null): Severity | undefined {
  return text === "error" || text === "warning" ? text : undefined;
}

/** Browsers refuse to write the address some hundred times in ten seconds, which is what a key that is held down does. */
const REST_MS = 150;
let waiting: { readonly hash: string; readonly timer: number } | undefined;

/** `jump`: Back leads to where one was before. Without it the place takes that one's stead, a moment later. */
export function writePlace(place: Place, jump: boolean): void {
  const hash = hashOf(place);
  if (jump) {
    const before = forgetWaiting();
    if (before !== undefined) history.replaceState(null, "", before);
    if (hash !== location.hash) history.pushState(null, "", hash);
    return;
  }
  forgetWaiting();
  const timer = setTimeout(() => {
    waiting = undefined;
    if (hash !== location.hash) history.replaceState(null, "", hash);
  }, REST_MS);
  waiting = { hash, timer };
}

/** Told when somebody goes Back or Forward, or changes the address. */
export function onPlace(listener: (place: Place) => void): void {
  addEventListener("hashchange", () => {
    forgetWaiting();
    listener(readPlace());
  });
}

function forgetWaiting(): string | undefined {
  const hash = waiting?.hash;
  clearTimeout(waiting?.timer);
  waiting = undefined;
  return hash;
}

function hashOf({ stream, event, finding, filter: { text, verdicts, severity, rule } }: Place): string {
  const words = new URLSearchParams();
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== "") words.set(name, String(value));
  };
  add("stream", stream);
  add("event", event);
  add("finding", finding);
  add("search", text);
  add("verdict", [...verdicts].join(","));
  add("severity", severity);
  add("rule", rule);
  return `#${words}`;
}
