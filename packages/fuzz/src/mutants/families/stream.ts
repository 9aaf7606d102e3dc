import type { Protocol } from "@ssert/protocol";
import type { Dice } from "../../case/dice.ts";
import { draftsOf, label } from "../draft.ts";
import type { Breakers, Fault } from "../fault.ts";
import { firstOf } from "../fault.ts";
import type { Life } from "../reading/life.ts";
import { openedAt } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

/** The stream as a whole. */
export function streamBreakers(_: Protocol): Breakers {
  return [
    ["stream/truncated", cutBeforeEnd],
    ["stream/forgotten", tooManyOpen],
    ["stream/forgotten", tooManyClosed],
  ];
}

/** Without the event that ends it, and what may come behind it. A stream that needs no such event ends too early if it is empty. */
function cutBeforeEnd(reading: Reading): Fault | undefined {
  const { plan } = reading.protocol;
  const needsEnd = plan.stream.kinds.some((kind) => kind.close.length > 0);
  const end = needsEnd ? reading.end : 0;
  if (needsEnd && end >= reading.events.length) return undefined;
  return {
    drafts: draftsOf(reading).slice(0, end),
    at: undefined,
    change: end === 0 ? "took all events" : `cut the stream before ${label(reading, end)}`,
  };
}

/** A long key counts for several: one for each so many characters, as the monitor's memory documents. */
const CHARACTERS = 64;

function weightOf({ scope, key }: Life): number {
  if (!scope.keyed) return 1;
  const text = key.length === 1 ? key[0] : JSON.stringify(key);
  return typeof text === "string" ? 1 + Math.floor(text.length / CHARACTERS) : 1;
}

/** So small a memory for open instances that one of them is forgotten when another of its scope opens. */
function tooManyOpen(reading: Reading, dice: Dice): Fault | undefined {
  const crowded = reading.lives.flatMap((life) => {
    const before = reading.lives.filter((other) => other.born < life.born && other.gone > life.born);
    const another =
      life.scope.keyed && before.some((other) => other.scope === life.scope && other.parent === life.parent);
    const weight = openBefore(reading, life);
    return another ? [{ life, weight }] : [];
  });
  return firstOf(dice, crowded, ({ life, weight }) => {
    // With less room something would have been forgotten earlier, or something else as well: it is said once a scope.
    const early = crowded.some(
      (other) =>
        other.weight + weightOf(other.life) > weight &&
        (other.life.scope !== life.scope || other.life.born < life.born),
    );
    if (early || othersForgetToo(reading, life, weight)) return undefined;
    const at = openedAt(life);
    return {
      drafts: draftsOf(reading),
      at,
      memory: { maxOpen: weight },
      change: `gave the monitor room for ${weight} open instances`,
    };
  });
}

/**
 * Will another scope meet the bound as well, with what this one leaves open? What is forgotten is the oldest in a bay, so of
 * the reading alone it cannot be told how much room there is behind it: whatever opens in another scope while the memory is
 * full may find none.
 */
function othersForgetToo(reading: Reading, life: Life, room: number): boolean {
  return reading.lives.some(
    (other) =>
      other.scope !== life.scope && other.born > life.born && openBefore(reading, other) + weightOf(other) >= room,
  );
}

function openBefore(reading: Reading, life: Life): number {
  const before = reading.lives.filter((other) => other.born < life.born && other.gone > life.born);
  return before.reduce((sum, other) => sum + weightOf(other), 0);
}

/** So small a memory for closed keys that one of them is forgotten when another is closed. */
function tooManyClosed(reading: Reading, dice: Dice): Fault | undefined {
  const closed = reading.lives.filter(
    ({ scope, gone, parent }) => parent !== undefined && !scope.reuse && gone < parent.gone,
  );
  const all = closed.toSorted((left, right) => left.gone - right.gone);
  const sums = all.map((life, index) => {
    // The keys in a parent are forgotten with it.
    const kept = all.slice(0, index + 1).filter((other) => other.parent !== undefined && other.parent.gone > life.gone);
    return { life, sum: kept.reduce((sum, other) => sum + weightOf(other), 0) };
  });
  return firstOf(dice, sums, ({ life, sum }) => {
    const room = sum - 1;
    const beyond = sums.filter((other) => other.sum > room);
    if (beyond.some((other) => other.life.scope !== life.scope || other.life.gone < life.gone)) return undefined;
    const change = `gave the monitor room for ${room} closed keys`;
    return { drafts: draftsOf(reading), at: life.until, memory: { maxClosedKeys: room }, change };
  });
}
