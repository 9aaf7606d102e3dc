import type { ReportingDescriptor } from "sarif";
import type { Severity } from "./finding.ts";
import { printable } from "./pretty/printable.ts";
import type { RuleDescription } from "./rule-description.ts";

/** A rule as SARIF describes it, with what code scanning filters and orders by. `found`: the severity of its findings. */
export function sarifRule({ id, title, source, severity }: RuleDescription, found: Severity): ReportingDescriptor {
  const shortDescription = { text: printable(title) };
  const helpUri = source === undefined ? undefined : addressIn(source);
  return {
    id: printable(id), // and no `name`: it must not be the same (SARIF 3.49.7; Microsoft's validator, SARIF1001)
    shortDescription,
    fullDescription: shortDescription,
    help: {
      text: printable(source === undefined ? title : `${title}. Source: ${source}`),
      markdown: `${markdown(title)}.${source === undefined ? "" : `\n\nSource: ${markdown(source)}`}`,
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: severity === "off" ? { enabled: false } : { level: severity },
    properties: {
      tags: [printable(id.split("/", 1)[0] ?? id)],
      precision: "very-high", // a rule is broken or it is not
      "problem.severity": found,
    },
  };
}

/** Where the rule's source can be read. */
function addressIn(source: string): string | undefined {
  const [address] = /https?:\/\/[^\s<>"'`)\]]+/.exec(source) ?? [];
  return address !== undefined && URL.canParse(address) ? new URL(address).href : undefined;
}

/** Words with code between backticks as Markdown, in which nothing else is a sign. */
function markdown(text: string): string {
  const pieces = printable(text).split("`");
  const plain = (piece: string): string => piece.replaceAll(/[\\*_[\]<>#|~&]/g, String.raw`\$&`);
  // An odd number of backticks: one of them is no mark.
  if (pieces.length % 2 === 0) return plain(pieces.join("'"));
  return pieces.map((piece, index) => (index % 2 === 0 ? plain(piece) : `\`${piece}\``)).join("");
}
