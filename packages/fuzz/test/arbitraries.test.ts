import { arbitraries, interpretEventStream, toChunks } from "@ssert/fuzz";
import { createDecoder } from "@ssert/wire";
import fc from "fast-check";
import { expect, it } from "vitest";

const bytesOf = (chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));

function dataOf(chunks: readonly Uint8Array[]): readonly string[] {
  const data: string[] = [];
  const decoder = createDecoder({ event: (event) => data.push(event.data) });
  for (const chunk of chunks) decoder.push(chunk);
  decoder.end();
  return data;
}

it.each([...arbitraries.keys()])("%s draws streams for properties of one's own", (name) => {
  const arbitrary = arbitraries.get(name);
  expect(arbitrary).toBeDefined();
  if (arbitrary === undefined) return;
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const chunks = toChunks(drawn);
      expect(dataOf(chunks)).toEqual(interpretEventStream(bytesOf(chunks)).events.map(({ data }) => data));
    }),
    { numRuns: 20 },
  );
});

it("has the mixed ones and the narrow ones, and none for what is measured", () => {
  expect([...arbitraries.keys()]).toEqual(expect.arrayContaining(["mixed/tokens", "bom/first-cut", "utf8/ill-formed"]));
  expect(arbitraries.has("work/long-line")).toBe(false);
});
