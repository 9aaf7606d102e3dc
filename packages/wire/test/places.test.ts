import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, Location } from "../src/index.ts";
import { bytesOf, listen, stream } from "./listen.ts";
import { CUTS, cut, NEARLY_PLAIN, STREAM } from "./streams.ts";

const ANY = fc.oneof(STREAM, NEARLY_PLAIN);

/** Line and column as an editor shows them for the byte at `offset`: by decoding everything before it. */
function naivePlace(bytes: Uint8Array, offset: number): Location {
  const lines = new TextDecoder().decode(bytes.subarray(0, offset)).split(/\r\n|\n|\r/);
  return { offset, line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function textFrom(bytes: Uint8Array, { offset }: Location): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(offset));
}

/** The field's line as it can have been written. */
function spellings({ name, value }: Field): string[] {
  return value === "" ? [name, `${name}:`, `${name}: `] : [`${name}:${value}`, `${name}: ${value}`];
}

describe("places", () => {
  test("point to the bytes they claim, with the line and column that an editor shows", () => {
    fc.assert(
      fc.property(ANY, CUTS, (bytes, sizes) => {
        for (const event of listen(cut(bytes, sizes)).events) {
          const fields = event.fields();
          for (const field of fields) {
            expect(field.location).toEqual(naivePlace(bytes, field.location.offset));
            expect(field.valueLocation).toEqual(naivePlace(bytes, field.valueLocation.offset));
            const line = textFrom(bytes, field.location).split(/\r\n|\n|\r/)[0];
            expect(spellings(field)).toContain(line);
            expect(textFrom(bytes, field.valueLocation).split(/\r\n|\n|\r/)[0]).toBe(field.value);
          }
          const data = fields.filter(({ name }) => name === "data");
          expect(event.location()).toEqual(data[0]?.valueLocation);
          expect(event.data).toBe(data.map(({ value }) => value).join("\n"));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("of notes and of the end are right as well", () => {
    fc.assert(
      fc.property(ANY, CUTS, (bytes, sizes) => {
        const { notes, end } = listen(cut(bytes, sizes));
        for (const { location } of notes) expect(location).toEqual(naivePlace(bytes, location.offset));
        expect(end).toEqual(naivePlace(bytes, bytes.length));
      }),
      { numRuns: 2000 },
    );
  });

  test("may be asked for in any order, again and again", () => {
    fc.assert(
      fc.property(ANY, fc.infiniteStream(fc.nat()), (bytes, picks) => {
        const { events } = listen([bytes]);
        const inOrder = listen([bytes]).events.map((event) => event.location());
        for (const pick of picks.take(events.length * 2)) {
          const ordinal = pick % events.length;
          expect(events[ordinal]?.location()).toEqual(inOrder[ordinal]);
        }
      }),
    );
  });

  test("count a byte order mark in offsets, not in columns", () => {
    const [event] = listen("\uFEFFevent: a\ndata: x\n\n").events;
    expect(event?.fields()[0]).toEqual({
      name: "event",
      value: "a",
      location: { offset: 3, line: 1, column: 1 },
      valueLocation: { offset: 10, line: 1, column: 8 },
    });
    expect(event?.location()).toEqual({ offset: 18, line: 2, column: 7 });
  });

  test("count UTF-16 units in columns and bytes in offsets", () => {
    const [event] = listen("é𝄞: 1\ndata:x\n\n").events;
    expect(event?.fields()[0]?.valueLocation).toEqual({ offset: 8, line: 1, column: 6 });
    expect(event?.location()).toEqual({ offset: 15, line: 2, column: 6 });
  });

  test("stay right behind ill-formed bytes, of which each piece is one column", () => {
    const [event] = listen([stream([0xff, 0xe2, 0x82], "x: 1\ndata: ", [0xf0, 0x9f], "\n\n")]).events;
    expect(event?.fields()[0]).toMatchObject({
      name: "\uFFFD\uFFFDx",
      valueLocation: { offset: 6, line: 1, column: 6 },
    });
    expect(event?.location()).toEqual({ offset: 14, line: 2, column: 7 });
    expect(event?.data).toBe("\uFFFD");
  });

  test("go on over many pieces of a large chunk", () => {
    const block = "event: é\ndata: 1\n\n";
    const { events } = listen([bytesOf(block.repeat(20_000))]);
    const size = bytesOf(block).length;
    expect(events).toHaveLength(20_000);
    expect(events[19_999]?.location()).toEqual({ offset: 19_999 * size + 16, line: 59_999, column: 7 });
  });
});
