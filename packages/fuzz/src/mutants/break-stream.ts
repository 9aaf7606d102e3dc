import type { MemoryOptions, Protocol, ResponseFacts } from "@ssert/protocol";
import type { Dice } from "../case/dice.ts";
import type { Arrivals } from "../sent/sent-stream.ts";
import { encodeSample, type SampleEvent, type SampleStream } from "../streams/sample.ts";
import { breakersOf } from "./breakers.ts";
import { type Fault, firstOf } from "./fault.ts";
import { type Reading, readLives } from "./reading/read.ts";

/** A stream with one fault: it breaks one rule, and no other. */
export interface Mutant {
  readonly rule: string;
  readonly bytes: Uint8Array;
  /** What was done to a valid stream, in a sentence. */
  readonly change: string;
  /** Number of the event at which the finding must show, from 1; undefined: at the end of the input, or with the response. */
  readonly at: number | undefined;
  /** Absent where the fault is in the framing. */
  readonly events?: readonly SampleEvent[];
  /** For `http/*`. */
  readonly response?: ResponseFacts;
  /** For `timing/*`. */
  readonly arrivals?: Arrivals;
  /** For what a monitor with little memory forgets. */
  readonly memory?: MemoryOptions;
}

/**
 * The smallest change to a valid stream that breaks exactly this rule. Undefined if the stream does not allow it (it has no
 * such event, or the change would be no fault there, or two), or if the protocol has no such rule.
 */
export function breakStream(protocol: Protocol, stream: SampleStream, rule: string, dice: Dice): Mutant | undefined {
  return breakReading(readLives(protocol, stream), rule, dice);
}

/** The same for a stream that has been read. */
export function breakReading(reading: Reading, rule: string, dice: Dice): Mutant | undefined {
  const breakers = breakersOf(reading.protocol).get(rule) ?? [];
  const fault = firstOf(dice, breakers, (breaker) => breaker(reading, dice));
  return fault === undefined ? undefined : toMutant(rule, fault);
}

function toMutant(rule: string, { drafts, at, change, bytes, response, arrivals, memory }: Fault): Mutant {
  const events = drafts.map(({ event, data }) => ({ event, data }));
  return {
    rule,
    bytes: bytes ?? encodeSample(events),
    change,
    at: at === undefined ? undefined : at + 1,
    ...(bytes === undefined ? { events } : {}),
    ...(response === undefined ? {} : { response }),
    ...(arrivals === undefined ? {} : { arrivals: arrivals(events.map((event) => encodeSample([event]))) }),
    ...(memory === undefined ? {} : { memory }),
  };
}
