import { styleText } from "node:util";
import type { Protocol } from "@ssert/protocol";
import type { Style } from "@ssert/report";
import { expect, type MatcherState } from "vitest";
import { type Conformity, toConformTo } from "./conform.ts";
import { type ExpectedEvent, toDecodeTo } from "./decode.ts";

declare module "vitest" {
  // The type parameters are Vitest's own and must be the same here.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Does the stream keep to its protocol: a built-in one by its name, or one of `parseProtocol`? A tape brings its own.
     * The stream is its text, bytes, a Response (of which a clone is read), a stream of either, or a tape. To be awaited.
     */
    toConformTo(protocol?: string | Protocol, options?: Conformity): Promise<void>;
    /** Does the stream decode to these events, and no others? To be awaited. */
    toDecodeTo(events: readonly ExpectedEvent[]): Promise<void>;
  }
}

expect.extend({
  toConformTo(received: unknown, protocol?: string | Protocol, options: Conformity = {}) {
    return toConformTo(received, protocol, options, styleOf(this));
  },
  toDecodeTo(received: unknown, events: readonly ExpectedEvent[]) {
    return toDecodeTo(received, events, (actual, expected) => this.equals(actual, expected));
  },
});

/** Vitest knows whether its reporter shows colours; Node knows all that the report uses. */
function styleOf({ utils }: MatcherState): Style {
  const colours = utils.BOLD_WEIGHT("x") !== "x";
  return (format, text) => (colours ? styleText(format, text, { validateStream: false }) : text);
}
