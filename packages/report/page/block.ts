import type { TimelineEvent } from "../src/timeline.ts";

/** The block's lines, without their ends. */
export function linesOf({ raw }: TimelineEvent): readonly string[] {
  return raw.split(/\r\n|\r|\n/);
}

/** The event's data as the standard joins it. Of a block that is cut, what there is of it. */
export function dataOf(event: TimelineEvent): string {
  return linesOf(event)
    .flatMap((line) => {
      const [, value] = /^data(?:: ?(.*))?$/s.exec(line) ?? [];
      return /^data(?::|$)/.test(line) ? [value ?? ""] : [];
    })
    .join("\n");
}
