import type { TimelineEvent } from "../src/timeline.ts";
import { hasMark } from "./plain-text.ts";

/** The block's lines, without their ends. */
export function linesOf({ raw }: TimelineEvent): readonly string[] {
  return raw.split(/\r\n|\r|\n/);
}

/** The event's data as the standard joins it. Of a block that is cut, what there is of it. */
export function dataOf(event: TimelineEvent): string {
  return linesOf(hasMark(event) ? { ...event, raw: event.raw.slice(1) } : event)
    .flatMap((line) => {
      const [, value] = /^data(?:: ?(.*))?$/s.exec(line) ?? [];
      return /^data(?::|$)/.test(line) ? [value ?? ""] : [];
    })
    .join("\n");
}
