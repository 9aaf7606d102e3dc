import type { TimelineEvent } from "../src/timeline.ts";
import { counted } from "./text.ts";

// Tabs and line ends are what text has.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Named one by one up to so many. */
const NAMED = 3;

/** What a block holds that its text does not show as it is, in words. None: it is plain text. */
export function oddities(event: TimelineEvent): readonly string[] {
  const { raw } = event;
  const ends = [...(/\r\n/.test(raw) ? ["CR LF"] : []), ...(/\r(?!\n)/.test(raw) ? ["CR"] : [])];
  return [...unseen(event), ...(ends.length > 0 ? [`lines that end in ${ends.join(" and ")}`] : [])];
}

/** Whether its bytes say more than its text does. CR is not enough: all events of a stream have it, or none. */
export function isBinary(event: TimelineEvent): boolean {
  return unseen(event).length > 0;
}

/** Whether the stream's byte order mark stands in the block. */
export function hasMark({ raw, offset }: TimelineEvent): boolean {
  return offset === 0 && raw.startsWith("\ufeff");
}

function unseen(event: TimelineEvent): readonly string[] {
  const { raw, illFormed = [] } = event;
  const bad = illFormed.reduce((sum, { hex }) => sum + hex.length / 2, 0);
  const controls = raw.match(CONTROLS) ?? [];
  return [
    ...(hasMark(event) ? ["a byte order mark"] : []),
    ...(bad > 0 ? [`${counted(bad, "byte")} that ${bad === 1 ? "is" : "are"} no UTF-8`] : []),
    ...(controls.length > 0 ? [`${counted(controls.length, "control character")} (${namesOf(controls)})`] : []),
  ];
}

function namesOf(characters: readonly string[]): string {
  const names = [...new Set(characters)].map(
    (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return names.length > NAMED ? `${names.slice(0, NAMED).join(", ")}, …` : names.join(", ");
}
