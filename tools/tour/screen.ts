import { styleText } from "node:util";

// What the tour shows: headed steps, commands as a user would type them, and what they print, indented.

type Format = Parameters<typeof styleText>[0];
const paint = (format: Format, text: string): string => styleText(format, text, { stream: process.stdout });

let step = 0;

export function heading(text: string): void {
  step++;
  console.log(`\n${paint("bold", `${step}. ${text}`)}`);
}

export function note(text: string): void {
  console.log(`   ${text}`);
}

/** A command line that can be copied. */
export function command(args: readonly string[]): void {
  console.log(`   ${paint("cyan", `$ ${args.map(quoted).join(" ")}`)}`);
}

export function output(text: string): void {
  for (const line of text.trimEnd().split("\n")) console.log(`   ${paint("dim", "│")} ${line}`.trimEnd());
}

/** Text as it comes, without a line end. */
export function trickle(text: string): void {
  process.stdout.write(text.replaceAll("\n", `\n   ${paint("dim", "│")} `));
}

export function startTrickle(label: string): void {
  process.stdout.write(`   ${paint("dim", "│")} ${paint("dim", label)} `);
}

export function good(text: string): void {
  console.log(`   ${paint("green", "✓")} ${text}`);
}

export function bad(text: string): void {
  console.error(`\n${paint("red", "✗")} ${text}`);
}

/** As a POSIX shell reads it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
