// A writer of the little XML that reports need. Of the writers on npm, junit-report-builder 5.1.2 imports Node's `fs` and is
// 800 kB with its lodash; junit-xml 1.2.0 writes U+0000 as it is, which no XML parser reads.

export type Attributes = Readonly<Record<string, string | number>>;

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** An element with attributes in their order, and with text (escaped here) or with elements (made here), or empty. */
export function element(name: string, attributes: Attributes, content: string | readonly string[] = []): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const tag = name + list.join("");
  if (typeof content === "string") return `<${tag}>${escapeText(content)}</${name}>`;
  return content.length === 0 ? `<${tag}/>` : `<${tag}>\n${content.join("\n")}\n</${name}>`;
}

/**
 * What XML 1.0 forbids even as a reference (production 2, Char) becomes U+FFFD. `>` is always escaped: `]]>` must not stand
 * in text. CR is a reference, since a parser would make it LF.
 */
function escapeText(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(SPECIAL, (character) => ENTITIES[character] ?? character);
}

/** For an attribute in double quotes, where a parser would make spaces of tabs and line feeds. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const SPECIAL = /[&<>\r]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
