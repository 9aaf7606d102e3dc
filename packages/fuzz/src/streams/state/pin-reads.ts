import type { Dice } from "../../case/dice.ts";
import type { KindPlan, KindRole } from "../plan.ts";
import { drawJson } from "../schema/any-json.ts";
import { drawValue } from "../schema/draw.ts";
import { NONE } from "../schema/drawing.ts";
import type { SchemaNode } from "../schema/node.ts";
import { type Pin, type PinRule, sameJson } from "../schema/pin.ts";
import { drawText } from "../schema/text.ts";
import { isWhole } from "./closing.ts";
import { type Instance, isJson } from "./instance.ts";

/** What the joined texts of a kind must spell: see texts.ts. */
export type Texts = (kind: KindPlan, slot: number) => { readonly json: boolean; readonly at: readonly SchemaNode[] };

interface Reading {
  readonly dice: Dice;
  readonly texts: Texts;
  readonly hurry: boolean;
}

/** What the constants, counters and joined values of an instance ask of an event. False: it cannot come now. */
export function pinReads(pin: Pin, instance: Instance, part: KindRole, reading: Reading): boolean {
  for (const { of, at } of part.constants) {
    const place = pin.at(at.tokens);
    if (instance.constants.has(of.slot) && !place.add(sameAs(instance.constants.get(of.slot)))) return false;
  }
  for (const { of, at } of part.counters) {
    if (!pin.at(at.tokens).add(next(instance.counts.get(of.slot), of.from, of.step))) return false;
  }
  for (const { of, at } of part.joinedOf) {
    if (!pin.at(at.tokens).add(piece(instance, of, reading))) return false;
  }
  return part.joinedAt.every(({ of, at }) => {
    const state = instance.joined.get(of.slot);
    const place = pin.at(at.tokens);
    if (state === undefined || state.sent === "") return true;
    return isWhole(state, of.match) && place.add(spelled(state.sent, of.match));
  });
}

/** Empty values are not compared. */
function sameAs(first: unknown): PinRule {
  return {
    required: false,
    fixed: { value: first },
    fits: (value) => value === undefined || value === null || value === "" || sameJson(first, value),
  };
}

function next(latest: number | undefined, from: number | undefined, step: number | "up"): PinRule {
  if (step === "up") {
    const least = latest === undefined ? from : latest + 1;
    return {
      required: false,
      propose: (dice) => (least ?? dice.between(0, 1000)) + dice.between(0, 3),
      fits: (value) =>
        typeof value !== "number" || ((least === undefined || value >= least) && Number.isSafeInteger(value)),
    };
  }
  const value = latest === undefined ? from : latest + step;
  if (value === undefined) {
    return {
      required: false,
      propose: (dice) => dice.between(0, 1000),
      fits: (other) => other === undefined || Number.isSafeInteger(other),
    };
  }
  return { required: false, fixed: { value }, fits: (other) => other === undefined || other === value };
}

/** The next piece of a text that is joined: of one that must be JSON, the text is chosen now and handed out bit by bit. */
function piece(instance: Instance, of: KindRole["joinedOf"][number]["of"], reading: Reading): PinRule {
  const { json, at } = reading.texts(instance.kind, of.slot);
  if (!json) {
    return {
      required: false,
      propose: (dice) => drawText(dice),
      fits: (value) => value === undefined || typeof value === "string",
    };
  }
  const state = instance.joinedOf(of.slot);
  return {
    required: false,
    propose(dice) {
      state.whole ??= spell(at, dice);
      const left = state.whole.slice(state.sent.length);
      return reading.hurry || dice.once(4) ? left : left.slice(0, dice.between(0, Math.min(left.length, 12)));
    },
    fits: (value) =>
      value === undefined ||
      (typeof value === "string" &&
        (state.whole?.startsWith(state.sent + value) === true || (state.sent === "" && isJson(value)))),
  };
}

/** JSON text of a value that may stand where the joined text is held against it. */
function spell(at: readonly SchemaNode[], dice: Dice): string {
  const drawn = at.length === 0 ? NONE : drawValue(at, undefined, { dice, depth: 1, optional: false });
  const text = JSON.stringify(drawn === NONE ? drawJson(dice) : drawn, null, dice.once(8) ? dice.pick([1, "\t"]) : 0);
  return dice.once(12) ? ` ${text}\n` : text;
}

function spelled(sent: string, match: KindPlan["joined"][number]["match"]): PinRule {
  if (match === "equal")
    return { required: false, fixed: { value: sent }, fits: (value) => isMissing(value) || value === sent };
  if (match === "prefix") {
    return {
      required: false,
      propose: (dice) => sent + (dice.once(2) ? "" : drawText(dice)),
      fits: (value) => isMissing(value) || (typeof value === "string" && value.startsWith(sent)),
    };
  }
  if (match === "parses") return { required: false, fits: () => true };
  const value: unknown = JSON.parse(sent);
  return { required: false, fixed: { value }, fits: (other) => other === undefined || sameJson(value, other) };
}

/** What is no string is not held against a joined text. */
function isMissing(value: unknown): boolean {
  return typeof value !== "string";
}
