import type { ShardChoice } from "@ssert/validate";
import { InvalidArgumentError } from "commander";

// Readers of flag values, for commander: each returns the value or says what was expected, with an example.

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
/** As the units are defined: kB and MB are decimal, KiB and MiB binary. */
const BYTES: ReadonlyMap<string, number> = new Map([
  ["b", 1],
  ["kb", 1e3],
  ["mb", 1e6],
  ["gb", 1e9],
  ["kib", 2 ** 10],
  ["mib", 2 ** 20],
  ["gib", 2 ** 30],
]);

function quantity(text: string, units: ReadonlyMap<string, number>, bare: number): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const scale = unit === "" ? bare : units.get(unit.toLowerCase());
  return number === undefined || scale === undefined ? undefined : Number(number) * scale;
}

function durationIn(bare: "s" | "ms"): (text: string) => number {
  return (text) => {
    const milliseconds = quantity(text, MILLISECONDS, bare === "s" ? 1000 : 1);
    if (milliseconds !== undefined) return milliseconds;
    throw new InvalidArgumentError(`Expected a time such as 30s, 500ms or 2m (a bare number counts ${bare}).`);
  };
}

/** `30`, `30s`, `500ms`, `2m` → milliseconds; a bare number is seconds, as in curl. */
export const seconds: (text: string) => number = durationIn("s");

/** `500`, `500ms`, `2s` → milliseconds; a bare number is milliseconds. */
export const milliseconds: (text: string) => number = durationIn("ms");

/** `4096`, `10MB`, `16MiB` → bytes. */
export function size(text: string): number {
  const bytes = quantity(text, BYTES, 1);
  if (bytes !== undefined && bytes >= 1) return Math.floor(bytes);
  throw new InvalidArgumentError("Expected a size such as 4096, 10MB or 16MiB.");
}

export function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("Expected a port from 0 to 65535; 0 takes a free one.");
}

export function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number such as 0 or 10.");
}

/** `recorded`, `instant`, or a factor: 2 is twice as fast. */
export function speed(text: string): "recorded" | "instant" | number {
  if (text === "recorded" || text === "instant") return text;
  const factor = /^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1];
  if (factor !== undefined && Number(factor) > 0) return Number(factor);
  throw new InvalidArgumentError("Expected recorded, instant, or a factor such as 2 (twice as fast) or 0.5.");
}

export function runs(text: string): number {
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1 up, such as 1000.");
}

/** Of 32 bits, as what draws from it takes them. */
export function seed(text: string): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number === (number | 0)) return number;
  throw new InvalidArgumentError("Expected a whole number of at most 31 bits, such as 7.");
}

export function percent(text: string): number {
  const number = Number(text.replace(/%$/, ""));
  if (/^\d+(?:\.\d+)?%?$/.test(text) && number <= 100) return number;
  throw new InvalidArgumentError("Expected a percentage from 0 to 100, such as 90.");
}

/** As exact as a whole number can be: it names one of very many streams. */
export function anySeed(text: string): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("Expected a whole number such as 7.");
}

export function jobs(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError("Expected a number of threads from 1 up, such as 2.");
}

/** `2/4`: the second of four shares. */
export function shard(text: string): ShardChoice {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const choice = { index: Number(index), count: Number(count) };
  if (choice.index >= 1 && choice.index <= choice.count) return choice;
  throw new InvalidArgumentError("Expected I/N such as 2/4: the second of four shares.");
}
