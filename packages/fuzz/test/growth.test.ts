import { describe, expect, it } from "vitest";
import { adapterOf, Parser } from "../planted/parser.ts";
import type { GrowthProperty } from "../src/properties/property.ts";
import { properties } from "../src/properties/table.ts";
import { checkGrowth } from "../src/run/check-growth.ts";

const property = (name: string): GrowthProperty => {
  const found = properties.find((candidate) => candidate.name === name);
  if (found === undefined || !("chunks" in found)) throw new Error(`${name} is no property of growth`);
  return found;
};

/** A parser whose work is counted instead of timed: `cost` milliseconds for a stream of so many bytes. */
function counted(cost: (bytes: number, attempt: number) => number) {
  let now = 0;
  let streams = 0;
  const adapter = {
    name: "counted",
    open: () => {
      let bytes = 0;
      streams += 1;
      const attempt = streams;
      return {
        push: (chunk: Uint8Array) => {
          bytes += chunk.length;
        },
        end: () => {
          now += cost(bytes, attempt);
        },
      };
    },
  };
  return { adapter, options: { clock: () => now } };
}

const work = property("work/long-line");

describe("work", () => {
  it.each([
    ["in proportion", (bytes: number) => bytes / 1e4],
    ["a little more than that, as sorting is", (bytes: number) => (bytes * Math.log2(bytes)) / 1e5],
    ["too little to be measured", () => 0.1],
    ["with a large fixed part", (bytes: number) => 50 + bytes / 1e4],
  ])("%s is fine", async (_, cost) => {
    const { adapter, options } = counted(cost);
    expect((await checkGrowth(adapter, work, options)).problem).toBeUndefined();
  });

  it.each([
    ["with the square", (bytes: number) => bytes ** 2 / 1e9],
    ["with the square, beside a part in proportion", (bytes: number) => bytes / 1e4 + bytes ** 2 / 1e9],
    ["with the cube", (bytes: number) => bytes ** 3 / 1e15],
  ])("%s is found", async (_, cost) => {
    const { adapter, options } = counted(cost);
    expect((await checkGrowth(adapter, work, options)).problem).toMatch(
      /^4 times the bytes took \d+\.\d times the work/,
    );
  });

  it("that only once took long is fine: something else was running", async () => {
    const { adapter, options } = counted((bytes, attempt) => (attempt > 8 && attempt < 14 ? bytes : bytes / 1e3));
    expect((await checkGrowth(adapter, work, options)).problem).toBeUndefined();
  });
});

describe("memory", () => {
  const memory = property("memory/comments");

  it("that comes and goes is fine", async () => {
    const readings = [0, 9e6, 1e6, 8e6];
    let reading = 0;
    const used = () => readings[reading++ % readings.length] ?? 0;
    expect((await checkGrowth(adapterOf("right", Parser), memory, { used })).problem).toBeUndefined();
  });

  it("that grows with every size, in every attempt, is found", async () => {
    let kept = 0;
    const used = () => {
      kept += 2 * 1024 * 1024;
      return kept;
    };
    expect((await checkGrowth(adapterOf("keeper", Parser), memory, { used })).problem).toBeDefined();
  });
});
