import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../../streams/plan.ts";
import { draftsOf, edited, label } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf } from "../fault.ts";
import { livesIn } from "../legal.ts";
import { type Path, parseJson, valueAt, withValue } from "../reading/json.ts";
import { completedAt, type Frame, type Life } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

type JoinedPlan = KindPlan["joined"][number];

/** What the parts of a value spell. */
export function joinedBreakers({ plan }: Protocol): Breakers {
  return plan.scopes.flatMap(({ kinds }) =>
    kinds.flatMap((kind) =>
      kind.joined.flatMap((joined): Breakers => {
        const { match } = joined;
        return [
          ...(match === "parses" ? [] : [[joined.differs.id, changeWhole(kind, joined)] as const]),
          ...(match === "json" || match === "parses" ? [[joined.notJson.id, addBracket(kind, joined)] as const] : []),
        ];
      }),
    ),
  );
}

/** A value at a place of an event. */
interface Value {
  readonly frame: Frame;
  readonly path: Path;
  readonly value: unknown;
}

function piecesOf({ visits }: Life, joined: JoinedPlan): readonly Value[] {
  return visits
    .flatMap(({ frame, part }) =>
      part.joinedOf.flatMap(({ of, at }) =>
        of === joined ? [{ frame, path: at.tokens, value: valueAt(frame.data, at.tokens) }] : [],
      ),
    )
    .filter(({ value }) => typeof value === "string" && value !== "");
}

function wholesOf({ visits }: Life, joined: JoinedPlan): readonly Value[] {
  return visits
    .flatMap(({ frame, part }) =>
      part.joinedAt.flatMap(({ of, at }) =>
        of === joined ? [{ frame, path: at.tokens, value: valueAt(frame.data, at.tokens) }] : [],
      ),
    )
    .filter(({ value }) => value !== undefined);
}

function joinText(pieces: readonly Value[]): string {
  return pieces.map(({ value }) => value).join("");
}

/** Changes the value that the parts are held against. */
function changeWhole(kind: KindPlan, joined: JoinedPlan): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, kind.scope).filter((life) => life.kind === kind);
    return firstOf(dice, lives, (life) =>
      firstOf(dice, wholesOf(life, joined), (whole) => {
        const before = piecesOf(life, joined).filter(({ frame }) => frame.event <= whole.frame.event);
        const text = joinText(before);
        // Joined to nothing, there is nothing to compare.
        if (text === "") return undefined;
        const others = othersThan(whole.value, joined, text);
        const [other] = others.filter((value) => fits(whole, value));
        return other === undefined ? undefined : withValues(reading, [{ ...whole, value: other }], whole.frame.event);
      }),
    );
  };
}

/** Values that the parts do not spell, the smallest change first: a string that was JSON stays JSON, so that nothing else minds. */
function othersThan(value: unknown, { match }: JoinedPlan, text: string): readonly unknown[] {
  if (match === "json") {
    if (Array.isArray(value)) return [[...value, 7]];
    if (typeof value === "object" && value !== null)
      return [{ ...value, x_other: 7 }, ...Object.keys(value).map((name) => ({ ...value, [name]: "x_other" }))];
    return ["x_other", 7].filter((other) => other !== value);
  }
  if (typeof value !== "string") return [];
  const texts = [" ", "x"].map((start) => start + value);
  return texts.filter((other) => (match === "equal" ? other !== text : !other.startsWith(text)));
}

/** One piece is closed by a bracket that opens nothing. */
function addBracket(kind: KindPlan, joined: JoinedPlan): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, kind.scope).filter((life) => life.kind === kind);
    return firstOf(dice, lives, (life) => {
      const pieces = piecesOf(life, joined);
      const at = kind.joinedAtClose.includes(joined) ? completedAt(life) : wholesOf(life, joined)[0]?.frame.event;
      if (at === undefined) return undefined;
      const heard = pieces.filter(({ frame }) => frame.event <= at);
      return firstOf(dice, heard, (piece) => {
        const changed = { ...piece, value: `${String(piece.value)}]` };
        // In a string of the JSON a bracket is only a bracket.
        if (parseJson(joinText(heard.map((other) => (other === piece ? changed : other)))) !== undefined)
          return undefined;
        const alike = alsoWhole(life, joined, piece);
        if (alike === undefined) return undefined;
        return withValues(
          reading,
          [changed, ...alike.map((other) => ({ ...other, value: `${String(other.value)}]` }))],
          at,
        );
      });
    });
  };
}

/**
 * A piece may be, in another join, the whole that other pieces spell: then the last of these gets the bracket, too. Where it is
 * a piece of another join as well, there is no change that only this one minds.
 */
function alsoWhole(life: Life, joined: JoinedPlan, piece: Value): readonly Value[] | undefined {
  const samePlace = ({ frame, path }: Value): boolean =>
    frame === piece.frame && path.join("/") === piece.path.join("/");
  const others = life.kind.joined.filter((other) => other !== joined);
  if (others.some((other) => piecesOf(life, other).some(samePlace))) return undefined;
  const spelling = others.filter((other) => wholesOf(life, other).some(samePlace));
  return spelling.flatMap((other) =>
    piecesOf(life, other)
      .filter(({ frame }) => frame.event <= piece.frame.event)
      .slice(-1),
  );
}

function fits({ frame, path }: Value, value: unknown): boolean {
  const data = withValue(frame.data, path, value);
  return !frame.plan.checks.some((check) => check(data).length > 0);
}

function withValues(reading: Reading, values: readonly Value[], at: number): Fault | undefined {
  if (!values.every((value) => fits(value, value.value))) return undefined;
  const drafts = draftsOf(reading).map((draft, index) => {
    const own = values.filter(({ frame }) => frame.event === index);
    return own.length === 0
      ? draft
      : edited(
          draft,
          own.map(({ frame, path, value }) => ({ path: [...frame.at, ...path], value })),
        );
  });
  const what = values.map(
    ({ frame, path, value }) =>
      `/${[...frame.at, ...path].join("/")} of ${label(reading, frame.event)} ${JSON.stringify(value)}`,
  );
  return { drafts, at, change: `made ${what.join(" and ")}` };
}
