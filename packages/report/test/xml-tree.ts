import { XmlElement as LibraryElement, ParseOption, XmlDocument, XsdValidator } from "libxml2-wasm";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** A text of any length, and nothing that is asked for over a network. */
const OPTION = ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_NONET;

/** Parses XML strictly, as a CI server does: throws at whatever is not well-formed, forbidden characters among it. */
export function parseXml(xml: string, schema?: XsdValidator): XmlElement {
  const document = XmlDocument.fromString(xml, { option: OPTION });
  try {
    schema?.validate(document);
    return treeOf(document.root);
  } finally {
    document.dispose();
  }
}

/** What a schema says, to be held against a document when it is parsed. */
export function parseXsd(xsd: string): XsdValidator {
  const document = XmlDocument.fromString(xsd);
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}

function treeOf(element: LibraryElement): XmlElement {
  const children: XmlElement[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof LibraryElement) children.push(treeOf(node));
  }
  const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
  return { name: element.name, attributes, children, text: element.content };
}

/** All elements of a name, at any depth. */
export function elementsOf(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
