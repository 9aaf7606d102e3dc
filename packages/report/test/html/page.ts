import { createHash } from "node:crypto";

/** The parts of a report's file, cut out as a browser would: an element ends at the first end tag. */
export interface PageParts {
  readonly policy: string;
  readonly title: string;
  readonly style: string;
  readonly json: string;
  readonly script: string;
}

export function partsOf(html: string): PageParts {
  const [, script = ""] = /<script>(.*?)<\/script/is.exec(html) ?? [];
  const [, json = ""] = /<script type="application\/json" id="data">(.*?)<\/script/is.exec(html) ?? [];
  const [, style = ""] = /<style>(.*?)<\/style/is.exec(html) ?? [];
  const [, title = ""] = /<title>(.*?)<\/title/is.exec(html) ?? [];
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return { policy, title, style, json, script };
}

export function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
