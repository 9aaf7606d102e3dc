import type { Protocol } from "@ssert/protocol";
import type { KindPlan } from "../../streams/plan.ts";
import { donorsOf, staysInside, transplant } from "../donors.ts";
import { draftsOf, edited, label, renumbered } from "../draft.ts";
import { type Breaker, type Breakers, type Fault, firstOf, range } from "../fault.ts";
import { livesIn } from "../legal.ts";
import { type Path, parseJson, valueAt, withValue } from "../reading/json.ts";
import { completedAt, type Frame, type Life, openedAt, stepAt } from "../reading/life.ts";
import type { Reading } from "../reading/read.ts";

type JoinedPlan = KindPlan["joined"][number];

/** What the parts of a value spell. */
export function joinedBreakers(protocol: Protocol): Breakers {
  return protocol.plan.scopes.flatMap(({ kinds }) =>
    kinds.flatMap((kind) =>
      kind.joined.flatMap((joined): Breakers => {
        const { match } = joined;
        return [
          ...(match === "parses"
            ? []
            : [
                [joined.differs.id, changeWhole(kind, joined)] as const,
                [joined.differs.id, insertPiece(protocol, kind, joined, "")] as const,
              ]),
          ...(match === "json" || match === "parses"
            ? [
                [joined.notJson.id, addBracket(kind, joined)] as const,
                [joined.notJson.id, insertPiece(protocol, kind, joined, "]")] as const,
              ]
            : []),
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

/** A piece of another stream where there is none: it spells something else than the whole, or, ended by a bracket, no JSON. */
function insertPiece(protocol: Protocol, kind: KindPlan, joined: JoinedPlan, ending: string): Breaker {
  return (reading, dice) => {
    const lives = livesIn(reading, kind.scope).filter(
      (life) => life.kind === kind && piecesOf(life, joined).length === 0,
    );
    return firstOf(dice, lives, (life) => {
      const [whole] = wholesOf(life, joined);
      const at = kind.joinedAtClose.includes(joined) ? completedAt(life) : whole?.frame.event;
      if (at === undefined) return undefined;
      return firstOf(dice, donorsOf(protocol, kind), (donor) => {
        const { role, frame } = donor.visit;
        const part = role.kinds[kind.index];
        const place = part?.joinedOf.find(({ of }) => of === joined)?.at;
        // With one more of what comes once it would be another fault, and as a piece of another join, too.
        if (
          place === undefined ||
          part?.joinedOf.length !== 1 ||
          part.joinedAt.length > 0 ||
          !isRepeatable(part.inner?.times)
        )
          return undefined;
        const positions = range(openedAt(life) + 1, at).filter(
          (position) => stepAt(life, position) === part.inner?.step && staysInside(donor, life, position),
        );
        const draft = transplant(donor, life);
        const text = `x${ending}`;
        if (draft === undefined || positions.length === 0 || isSpelt(text, whole?.value, joined, ending))
          return undefined;
        const changed = edited(draft, [{ path: [...frame.at, ...place.tokens], value: text }]);
        if (frame.plan.checks.some((check) => check(parseJson(changed.data)).length > 0)) return undefined;
        const position = dice.pick(positions);
        return {
          drafts: renumbered(reading, draftsOf(reading).toSpliced(position, 0, changed)),
          at: at + 1,
          change: `put a new ${frame.name} with ${JSON.stringify(text)} before event ${position + 1}`,
        };
      });
    });
  };
}

function isRepeatable(times: string | undefined): boolean {
  return times === "any" || times === "some";
}

/** Does the piece spell the whole after all? Of a join that is parsed, a piece that is no JSON breaks the other rule. */
function isSpelt(text: string, whole: unknown, { match }: JoinedPlan, ending: string): boolean {
  if (ending !== "") return false;
  if (match === "json") return true;
  return typeof whole !== "string" || (match === "equal" ? whole === text : whole.startsWith(text));
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
