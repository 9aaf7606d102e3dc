import { SaxesParser } from "saxes";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Parses XML strictly, as a CI server does: throws at whatever is not well-formed, forbidden characters among it. */
export function parseXml(xml: string): XmlElement {
  // As UTF-8 and back: so does a file.
  const text = new TextDecoder("utf-8", { fatal: true }).decode(new TextEncoder().encode(xml));
  const document: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.write(text).close();
  const [root] = document.children;
  if (root === undefined) throw new Error("no root element");
  return root;
}

/** All elements of a name, at any depth. */
export function elementsOf(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
