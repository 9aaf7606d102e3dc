import type { Protocol } from "@ssert/protocol";
import { closingBreakers } from "./families/closing.ts";
import { constantBreakers } from "./families/constant.ts";
import { counterBreakers } from "./families/counters.ts";
import { eventBreakers } from "./families/event.ts";
import { exchangeBreakers } from "./families/exchange.ts";
import { framingBreakers } from "./families/framing.ts";
import { joinedBreakers } from "./families/joined.ts";
import { kindBreakers } from "./families/kinds.ts";
import { numberedBreakers } from "./families/numbered.ts";
import { openingBreakers } from "./families/opening.ts";
import { stepBreakers } from "./families/steps.ts";
import { streamBreakers } from "./families/stream.ts";
import type { Breaker } from "./fault.ts";

/** How each rule can be broken; a rule that several constructs yield, by each of them. */
export function breakersOf(protocol: Protocol): ReadonlyMap<string, readonly Breaker[]> {
  const known = CACHE.get(protocol);
  if (known !== undefined) return known;
  const all = [
    ...framingBreakers,
    ...eventBreakers(protocol),
    ...openingBreakers(protocol),
    ...closingBreakers(protocol),
    ...stepBreakers(protocol),
    ...kindBreakers(protocol),
    ...constantBreakers(protocol),
    ...counterBreakers(protocol),
    ...numberedBreakers(protocol),
    ...joinedBreakers(protocol),
    ...streamBreakers(protocol),
    ...exchangeBreakers,
  ];
  const byRule = new Map(
    protocol.rules.map(({ id }) => [id, all.filter(([rule]) => rule === id).map(([, breaker]) => breaker)]),
  );
  CACHE.set(protocol, byRule);
  return byRule;
}

/** Worked out once a protocol: a protocol never changes. */
const CACHE = new WeakMap<Protocol, ReadonlyMap<string, readonly Breaker[]>>();
