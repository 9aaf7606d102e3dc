import { grouped } from "../src/pretty/count.ts";
import { printable } from "../src/pretty/printable.ts";
import { el } from "./dom.ts";

/** Text of a stream, a name or a message, so that no control, mark of direction or invisible character works in it. */
export const visible: (text: string) => string = printable;

export function nameOf(source: string): string {
  return source === "-" ? "standard input" : visible(source);
}

/** `980 B`, `3.5 kB`, `12 MB` */
export function bytes(number: number): string {
  const units = ["kB", "MB", "GB"];
  if (number < 1000) return `${number} B`;
  let value = number / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}

/** `640 µs`, `12.5 ms`, `1.25 s`, `2 min 5 s` */
export function duration(us: number): string {
  if (us === 0) return "0 s";
  if (us < 1000) return `${us} µs`;
  if (us < 100_000) return `${trimmed(us / 1000, us < 10_000 ? 2 : 1)} ms`;
  if (us < 1_000_000) return `${Math.round(us / 1000)} ms`;
  if (us < 120_000_000) return `${trimmed(us / 1_000_000, 2)} s`;
  const seconds = Math.round(us / 1_000_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `3.380 s`: one below the other they line up. */
export function arrival(us: number): string {
  return `${(us / 1_000_000).toFixed(3)} s`;
}

function trimmed(number: number, digits: number): string {
  return String(Number(number.toFixed(digits)));
}

/** What stands between backticks as code. */
export function withCode(text: string): HTMLSpanElement {
  const pieces = visible(text).split("`");
  // An odd number of backticks: one of them is no mark.
  if (pieces.length % 2 === 0) return el("span", {}, pieces.join("`"));
  return el("span", {}, ...pieces.map((piece, index) => (index % 2 === 0 ? piece : el("code", {}, piece))));
}

export function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}
