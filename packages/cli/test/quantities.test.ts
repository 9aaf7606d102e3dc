import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { count, milliseconds, port, seconds, size, speed } from "../src/quantities.ts";

describe("times", () => {
  it.each([
    ["30", 30_000],
    ["30s", 30_000],
    ["0.5", 500],
    ["500ms", 500],
    ["2m", 120_000],
    ["1h", 3_600_000],
    [" 1 S ", 1000],
  ])("a time in seconds, like curl's: %s", (text, expected) => {
    expect(seconds(text)).toBe(expected);
  });

  it.each([
    ["500", 500],
    ["500ms", 500],
    ["2s", 2000],
    ["0", 0],
  ])("a time in milliseconds: %s", (text, expected) => {
    expect(milliseconds(text)).toBe(expected);
  });

  it.each(["", "soon", "-1", "1 day", "1e3", "ms", "Infinity", "1constructor"])("%j is none", (text) => {
    expect(() => seconds(text)).toThrow(InvalidArgumentError);
    expect(() => seconds(text)).toThrow("Expected a time such as 30s, 500ms or 2m (a bare number counts s).");
    expect(() => milliseconds(text)).toThrow("a bare number counts ms");
  });
});

describe("sizes", () => {
  it.each([
    ["4096", 4096],
    ["10MB", 10_000_000],
    ["10mb", 10_000_000],
    ["1kB", 1000],
    ["16MiB", 16_777_216],
    ["1.5KiB", 1536],
  ])("%s is %i bytes", (text, expected) => {
    expect(size(text)).toBe(expected);
  });

  it.each(["", "big", "0", "-4", "10M"])("%j is none", (text) => {
    expect(() => size(text)).toThrow("Expected a size such as 4096, 10MB or 16MiB.");
  });
});

describe("ports", () => {
  it("are numbers from 0 to 65535", () => {
    expect([port("0"), port("8080"), port("65535")]).toEqual([0, 8080, 65_535]);
    for (const text of ["", "-1", "65536", "http", "80.5", "0x50"]) expect(() => port(text)).toThrow("Expected a port");
  });
});

describe("counts", () => {
  it("are whole numbers", () => {
    expect([count("0"), count("12")]).toEqual([0, 12]);
    for (const text of ["", "-1", "1.5", "many"]) expect(() => count(text)).toThrow("Expected a whole number");
  });
});

describe("speeds", () => {
  it("are words or a factor", () => {
    expect(["recorded", "instant", "2", "0.5", "10x"].map(speed)).toEqual(["recorded", "instant", 2, 0.5, 10]);
    for (const text of ["", "fast", "0", "-2", "2y"])
      expect(() => speed(text)).toThrow("Expected recorded, instant, or a factor");
  });
});
