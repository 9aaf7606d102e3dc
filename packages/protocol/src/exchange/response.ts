import type { RuleTable } from "../compile/plan.ts";
import type { Reporter } from "../monitor/reporter.ts";
import { code } from "../payload/words.ts";

/** What is known of the HTTP response that carried the stream. */
export interface ResponseFacts {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `http/status` and `http/content-type`. Parameters of the media type, such as a charset, are the standard's business. */
export function checkResponse(rules: RuleTable, reporter: Reporter, { status, headers }: ResponseFacts): void {
  if (status !== 200) {
    const message = `The response's status is ${status}, expected 200. Clients read no events from it.`;
    reporter.reportAside(rules.rule("http/status"), undefined, () => ({ message }));
  }
  const given = headers["content-type"];
  if (given !== undefined && mediaType(given) === "text/event-stream") return;
  const came = given === undefined ? "missing" : code(given.slice(0, 80));
  const message = `The response's content-type is ${came}, expected \`text/event-stream\`. EventSource fails without it.`;
  reporter.reportAside(rules.rule("http/content-type"), undefined, () => ({ message }));
}

function mediaType(header: string): string {
  return (header.split(";")[0] ?? "").trim().toLowerCase();
}
