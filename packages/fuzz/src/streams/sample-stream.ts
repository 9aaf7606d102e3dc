import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import { FuzzError } from "../error.ts";
import { indexOf, type ProtocolIndex } from "./protocol-index.ts";
import { encodeSample, type SampleEvent, type SampleStream } from "./sample.ts";
import { seededDice } from "./seeded-dice.ts";
import { type Target, walk } from "./walk.ts";

/** What a sample is to have in it. */
export interface Aim {
  /** An event, or a part of one: `type`, `type[subtype]`, or `type[*]` for a subtype that the file does not name. */
  readonly event: string;
  /** JSON Pointer into its data: this place is there. */
  readonly property?: string | undefined;
  /** It comes straight behind this event. */
  readonly after?: string | undefined;
}

export interface SampleOptions {
  /** The same seed gives the same stream. */
  readonly seed: number;
  /** About how many events: past this number the stream is brought to its end. By the seed when absent, from 1 to 30. */
  readonly size?: number | undefined;
  /** By the seed when absent: every event, with and without each of its optional properties, has its turn. */
  readonly aim?: Aim | undefined;
}

/** A walk that gets lost is begun anew so many times. */
const ATTEMPTS = 60;

/**
 * A valid stream of a protocol: the monitor finds nothing in it, not even a warning. Throws a FuzzError "cannot-draw" for a
 * protocol, or an aim, of which none can be made.
 */
export function sampleStream(protocol: Protocol, options: SampleOptions): SampleStream {
  const index = indexOf(protocol);
  const target = options.aim === undefined ? undefined : targetOf(options.aim, index);
  let rejected: StreamResult | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const dice = seededDice(options.seed + Math.imul(attempt, 0x9e37_79b1));
    const size = options.size ?? dice.pick([1, 3, 6, 10, 15, 20, 30]);
    // An aim of one's own may not be reachable with every ending and at every size: it is dropped at last.
    const own = attempt < ATTEMPTS / 2 ? randomTarget(index, dice) : undefined;
    const events = walk(index, dice, size, target ?? own);
    if (events === undefined) continue;
    const result = checkSample(protocol, events);
    if (isClean(result)) return { events };
    rejected = result;
  }
  const [finding] = rejected?.findings ?? [];
  const why = finding === undefined ? "every walk got lost on the way" : `${finding.rule}: ${finding.message}`;
  const what = options.aim === undefined ? "" : ` with ${JSON.stringify(options.aim)}`;
  throw new FuzzError(
    "cannot-draw",
    `no valid stream of ${protocol.id}${what} was found in ${ATTEMPTS} attempts; ${why}`,
  );
}

/** What the monitor says of some events. */
export function checkSample(protocol: Protocol, events: readonly SampleEvent[]): StreamResult {
  const check = createStreamCheck({ protocol });
  check.push(encodeSample(events));
  return check.end();
}

/** Nothing at all, warnings included, and nothing held back. */
export function isClean({ verdict, findings, heldBack }: StreamResult): boolean {
  return verdict === "valid" && findings.length === 0 && heldBack === 0;
}

function targetOf({ event, property, after }: Aim, index: ProtocolIndex): Target {
  const find = (label: string): Target["variant"] => {
    const variant = index.all.find((candidate) => candidate.label === label);
    if (variant !== undefined) return variant;
    const known = index.all.map((candidate) => candidate.label).join(", ");
    throw new FuzzError("cannot-draw", `${index.protocol.id} has no event ${JSON.stringify(label)}; it has: ${known}`);
  };
  return {
    variant: find(event),
    property: property
      ?.split("/")
      .slice(1)
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~")),
    after: after === undefined ? undefined : find(after),
  };
}

function randomTarget(index: ProtocolIndex, dice: ReturnType<typeof seededDice>): Target | undefined {
  return dice.once(3) ? undefined : { variant: dice.pick(index.all) };
}
