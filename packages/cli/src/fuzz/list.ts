import { installedParsers, knownParsers, properties } from "@ssert/fuzz";
import { jsonText } from "../phrases.ts";

/** What `--list` shows: the properties, each with its clause, and the parsers, with the version that is found in `folder`. */
export function listProperties(folder: string, json: boolean): string {
  const installed = new Set(installedParsers(folder).map(({ installedAs }) => installedAs));
  const parsers = knownParsers.map(({ name }) => ({ name, installed: installed.has(name) }));
  if (json) {
    const listed = properties.map(({ name, title, clause, sentence }) => ({ name, title, clause, sentence }));
    return jsonText({ properties: listed, parsers });
  }
  const width = Math.max(...properties.map(({ name }) => name.length));
  return [
    `${properties.length} properties (--property NAME, or the group before the slash):`,
    ...properties.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`),
    "",
    `${parsers.length} parsers, of which ${installed.size} are installed here:`,
    ...parsers.map((parser) => `  ${parser.name}${parser.installed ? "" : "   (not installed)"}`),
    "",
  ].join("\n");
}
