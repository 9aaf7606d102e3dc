import { nowhere, type ParserAdapter, shownBy } from "../adapters/adapter.ts";
import type { Needs, Property } from "../properties/property.ts";
import type { PropertyResult } from "./check-result.ts";

/** Why this parser's API cannot show what a property is about; undefined where it can. */
export function hiddenNeed(adapter: ParserAdapter, { needs }: Property): string | undefined {
  const hidden = needs.find((need) => !isShown(adapter, need));
  return hidden && hiddenReasons[hidden];
}

export function notObservable(property: string, reason: string): PropertyResult {
  return { property, verdict: "not-observable", runs: 0, reason };
}

const hiddenReasons: Readonly<Record<Needs, string>> = {
  text: "the API shows data as parsed JSON only",
  type: "the API does not show types",
  id: "the API does not show ids",
  "last-id": "the API does not show the last event ID",
  "own-id": "the API does not show a block's own id",
  "empty-id": "the API shows no difference between no id and an empty one",
  retry: "the API does not show retry",
  moment: "the API answers only when the stream has ended",
  open: "the API has no parser that could be left open",
  reset: "the API has no reset",
  resume: "this is no client that connects again",
};

function isShown(adapter: ParserAdapter, need: Needs): boolean {
  const shows = shownBy(adapter);
  switch (need) {
    case "text":
      return shows.data === "text";
    case "type":
      return shows.type;
    case "id":
      return shows.id !== false;
    case "last-id":
      return shows.id === "last";
    case "own-id":
      return shows.id === "own" || shows.id === "own-or-empty";
    case "empty-id":
      return shows.id === "own" || shows.id === "last";
    case "retry":
      return shows.retry !== false;
    case "moment":
      return !("parse" in adapter);
    case "open":
      return "open" in adapter;
    case "resume":
      return "resume" in adapter;
    case "reset":
      return "open" in adapter && adapter.open(nowhere).reset !== undefined;
  }
}
