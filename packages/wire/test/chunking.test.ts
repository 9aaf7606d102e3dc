import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoder, type WireEvent } from "../src/index.ts";
import { bytesOf, type Heard, listen } from "./listen.ts";
import { readByTheStandard } from "./standard.ts";
import { CUTS, cut, NEARLY_PLAIN, STREAM } from "./streams.ts";

const ANY = fc.oneof(STREAM, NEARLY_PLAIN);
const RUNS = { numRuns: 3000 };

/** Everything that is promised not to depend on the chunks. */
function told({ events, notes, comments, retries, order, end }: Heard): unknown {
  const spoken = events.map((event) => ({
    number: event.number,
    type: event.type,
    data: event.data,
    id: event.id,
    location: event.location(),
    fields: event.fields(),
  }));
  const without = (kind: string): string[] => order.filter((what) => !what.startsWith(kind));
  return {
    spoken,
    notes,
    comments,
    retries,
    end,
    noted: without("comment").filter((what) => !what.startsWith("retry")),
    said: without("note"),
  };
}

describe("the way a stream is cut", () => {
  test("changes nothing of its events, fields, places, notes, comments and retries", () => {
    fc.assert(
      fc.property(ANY, CUTS, (bytes, sizes) => {
        expect(told(listen(cut(bytes, sizes)))).toEqual(told(listen([bytes])));
      }),
      RUNS,
    );
  });

  test("changes nothing when chunks are large and many blocks come at once", () => {
    const large = fc
      .array(ANY, { minLength: 100, maxLength: 200 })
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
    fc.assert(
      fc.property(
        large,
        fc.array(fc.integer({ min: 900, max: 1300 }), { minLength: 1, maxLength: 4 }),
        (bytes, sizes) => {
          expect(told(listen(cut(bytes, sizes)))).toEqual(told(listen(cut(bytes, [1]))));
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each([1, 63, 64, 1000, 1024, 1025, 8192])("changes nothing over a long stream in chunks of %i bytes", (size) => {
    const text = Array.from({ length: 3000 }, (_, n) => `event: é\ndata: ${"x".repeat(n % 37)}${n}\r\n\r\n`).join("");
    const bytes = bytesOf(text);
    expect(told(listen(cut(bytes, [size])))).toEqual(told(listen([bytes])));
  });

  test("does not delay an event beyond the push that brings its blank line", () => {
    fc.assert(
      fc.property(ANY, (bytes) => {
        let count = 0;
        const decoder = createDecoder({ event: () => (count += 1) });
        for (let at = 0; at < bytes.length; at += 1) {
          decoder.push(bytes.subarray(at, at + 1));
          expect(count).toBe(readByTheStandard(bytes.subarray(0, at + 1)).events.length);
        }
      }),
    );
  });

  test("leaves the array free to be used again after a push", () => {
    fc.assert(
      fc.property(ANY, CUTS, (bytes, sizes) => {
        const events: WireEvent[] = [];
        const decoder = createDecoder({ event: (event) => events.push(event) });
        for (const chunk of cut(bytes, sizes)) {
          decoder.push(chunk);
          chunk.fill(0x0a);
        }
        expect(events.map((event) => event.fields())).toEqual(listen([bytes]).events.map((event) => event.fields()));
      }),
    );
  });
});

describe("the standard's own words", () => {
  test("give the same events and reconnection times", () => {
    fc.assert(
      fc.property(ANY, CUTS, (bytes, sizes) => {
        const standard = readByTheStandard(bytes);
        const { events, retries } = listen(cut(bytes, sizes));
        const mine = events.map(({ type, data }) => ({ type: type ?? "message", data }));
        expect(mine).toEqual(standard.events.map(({ type, data }) => ({ type, data })));
        expect(retries).toEqual(standard.reconnectionTimes);
      }),
      RUNS,
    );
  });

  test("give the same last event ID, which the id fields of all blocks so far tell", () => {
    fc.assert(
      fc.property(ANY, (bytes) => {
        let lastEventId = "";
        const { events, notes } = listen([bytes]);
        // An id in a block that dispatches nothing counts as well: only streams without such blocks are compared.
        fc.pre(notes.every(({ kind, event }) => kind !== "id" || event !== undefined));
        const ids = events.map(({ id }) => (lastEventId = id ?? lastEventId));
        expect(ids).toEqual(readByTheStandard(bytes).events.map((event) => event.lastEventId));
      }),
    );
  });
});
