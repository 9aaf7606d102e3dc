import { displayWidth } from "@ssert/report";
import { expect, it } from "vitest";
import { type Column, tableText } from "../src/table.ts";

const COLUMNS: readonly Column[] = ["always", "name", 2, 1, 3];

const row = (verdict: string, name: string, ...rest: readonly string[]) => [
  { text: verdict, short: verdict.charAt(0) },
  { text: name },
  ...rest.map((text) => ({ text, short: text.charAt(0) })),
];

const ROWS = [
  row("✓ valid", "tapes/0001-post-v1-sessions-messages.sse", "12 events", "3 days old", ""),
  row("✗ truncated", "tapes/b.sse", "8 events", "bare", "unfinished"),
];

const lines = (room: number, rows = ROWS): readonly string[] => tableText(rows, COLUMNS, room).split("\n").slice(0, -1);

it("has everything where there is room, in columns", () => {
  expect(lines(Number.POSITIVE_INFINITY)).toEqual([
    "✓ valid      tapes/0001-post-v1-sessions-messages.sse  12 events  3 days old",
    "✗ truncated  tapes/b.sse                               8 events   bare        unfinished",
  ]);
});

it.each<readonly [room: number, first: string, second: string]>([
  [
    80,
    "✓ valid      tapes/0001-post-…ns-messages.sse  12 events  3 days old",
    "✗ truncated  tapes/b.sse                       8 events   bare        unfinished",
  ],
  [
    65,
    "✓ valid      tapes/0001-pos…s-messages.sse  12 events",
    "✗ truncated  tapes/b.sse                    8 events   unfinished",
  ],
  [50, "✓ valid      tapes/0001-p…messages.sse", "✗ truncated  tapes/b.sse                unfinished"],
  [36, "✓  tapes/0001-post…s-messages.sse", "✗  tapes/b.sse                     u"],
  [20, "✓  tapes/00…ages.sse", "✗  tapes/b.sse"],
])("at %i columns the least important goes first, names are cut in the middle", (room, first, second) => {
  expect(lines(room)).toEqual([first, second]);
});

it("has no line that is wider than its room, whatever the room and the names", () => {
  const names = [
    "a",
    "tapes/日本語のとても長い名前です.sse",
    "tapes/👩‍👩‍👧 family and friends at home.sse",
    "x".repeat(90),
  ];
  const rows = names.map((name, index) =>
    row("✗ invalid", name, `${10 ** index} events`, "bare", index === 2 ? "edited" : ""),
  );
  for (let room = 8; room < 160; room += 1) {
    for (const line of lines(room, rows)) expect(displayWidth(line), line).toBeLessThanOrEqual(room);
  }
});

it("gives a column in which no row has anything to the others", () => {
  expect(lines(80, [row("✓ valid", "a.sse", "", "", "edited")])).toEqual(["✓ valid  a.sse  edited"]);
});

it("counts no colours", () => {
  const painted = [
    { text: "✓", paint: (text: string) => `\u001b[32m${text}\u001b[39m` },
    { text: "name" },
    { text: "x" },
  ];
  expect(tableText([painted, row("✗✗✗", "n", "y")], COLUMNS, 40)).toBe(
    "\u001b[32m✓\u001b[39m    name  x\n✗✗✗  n     y\n",
  );
});

it("is nothing without rows", () => {
  expect(tableText([], COLUMNS, 40)).toBe("");
});
