// The log of a step on GitHub Actions is read for commands: `::NAME …::TEXT` at the beginning of a line, spaces before it
// ignored, and of old `##[NAME …]TEXT` anywhere in it (actions/runner, src/Runner.Common/ActionCommand.cs: TryParseV2 trims
// the line's start, TryParse takes IndexOf("##[")). What a stream, a file's name or a message holds must not become one: it
// could forge annotations, or stop the commands of later steps.

const COMMAND = /^([^\S\n]*):(?=:)/gm;
const OLD_COMMAND = "##[";

/** Lines for people: the sign that would make a command is spelled out. */
export function inertText(text: string): string {
  return text.replace(COMMAND, "$1<U+003A>").replaceAll(OLD_COMMAND, "##<U+005B>");
}

/** XML that means the same. */
export function inertXml(xml: string): string {
  return xml.replace(COMMAND, "$1&#58;").replaceAll(OLD_COMMAND, "##&#91;");
}

/** JSON that means the same; its lines never begin with a colon. */
export function inertJson(json: string): string {
  return json.replaceAll(OLD_COMMAND, String.raw`##\u005b`);
}
