import type { ParserAdapter } from "../adapters/adapter.ts";
import { withPayloads } from "../adapters/payload.ts";
import type { Case } from "../case/case.ts";
import { streamPropertyNamed } from "../properties/select.ts";
import { declare } from "./check.ts";
import type { PropertyResult } from "./check-result.ts";
import { hiddenNeed, notObservable } from "./observable.ts";
import { tryCase } from "./try-case.ts";

export interface Play {
  /** Without one, or one that is no more: every event in order. */
  readonly property?: string | undefined;
  readonly case: Case;
  readonly timeLimitMs: number;
}

/** Gives a fresh parser one case that is known, and judges it as its property does. */
export async function playCase(adapter: ParserAdapter, play: Play): Promise<PropertyResult> {
  const found = streamPropertyNamed(play.property);
  const property = found.name;
  const hidden = hiddenNeed(adapter, found);
  if (hidden !== undefined) return notObservable(property, hidden);
  const candidate = adapter.payload === undefined ? play.case : withPayloads(play.case, adapter.payload);
  const verdict = await tryCase(adapter, found, candidate, play.timeLimitMs);
  if (verdict === "unseen") return notObservable(property, "this case does not come through this API");
  if (verdict === undefined) return { property, verdict: "pass", runs: 1 };
  const counterexample = {
    case: candidate,
    mismatch: verdict,
    origin: "saved" as const,
    path: "",
    found: 0,
    confirmed: true,
  };
  return declare(adapter, { property, verdict: "bug", runs: 1, counterexample });
}
