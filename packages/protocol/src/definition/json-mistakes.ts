/** What is most likely wrong with a text at the place where a JSON parser gave up, in plain words. */
export function explainJson(text: string, offset: number): string {
  const rest = text.slice(offset, offset + LOOK);
  const head = text.slice(0, offset);
  const before = head.slice(-LOOK).trimEnd();
  const [next = ""] = rest;
  if (next === "") return unfinished(text);
  if (before !== "" && openIn(head).open.length === 0) {
    return `the file has ended before this: a } or ] above is one too many, or this ${JSON.stringify(next)} is`;
  }
  if (next === "\\") return `${rest.slice(0, 2)} is no escape: a backslash is written \\\\`;
  if (/^\/[/*]/.test(rest)) return "JSON has no comments: take it out, or move the words into `source`";
  if (/['`“”]/.test(next)) return 'strings stand in double quotes: "…"';
  if (/[}\]]/.test(next) && before.endsWith(",")) return "the comma before it is one too many";
  if (/[}\]]/.test(next) && before.endsWith(":")) return "a value is missing before it";
  if (next === ",")
    return /[[{,]$/.test(before) ? "this comma is one too many" : "a value is missing before this comma";
  if (/[\r\n]/.test(next)) return "a string must end on the line that it begins on: a quotation mark is missing";
  if (before.endsWith("\\")) return `\\${next} is no escape: a backslash is written \\\\`;
  if (/^(?:True|False|None|undefined|NaN|Infinity)\b/.test(rest)) return "JSON's words are true, false and null";
  if (/[\d.+]/.test(next) && !/["}\]]$/.test(head.slice(-1)) && /[\d.:[,-]\s*$/.test(head.slice(-LOOK)))
    return "JSON's numbers have no leading + or 0, and a digit on both sides of the point";
  if (/["{[\dtfn-]/.test(next) && /["}\]\da-z]$/.test(before))
    return waitsForColon(head) ? "a colon is missing before it" : "a comma is missing before it";
  if (/[}\]]/.test(next)) return `this ${next} closes nothing that is open here`;
  if (/[A-Za-z_$]/.test(next)) return "keys and strings stand in double quotes";
  if (next === "=") return "a key is followed by a colon";
  return `${JSON.stringify(next)} has no place here`;
}

/** How many UTF-16 units around the place are looked at. */
const LOOK = 200;

/** Does a text end in a key that waits for its colon? */
function waitsForColon(head: string): boolean {
  const { open } = openIn(head);
  const [, leading] = /([{,])\s*"(?:[^"\\]|\\.){0,100}"\s*$/.exec(head.slice(-LOOK)) ?? [];
  return leading !== undefined && head[open.at(-1) ?? -1] === "{";
}

function unfinished(text: string): string {
  const { open, inString } = openIn(text);
  if (inString) return "the text ends within a string: a quotation mark is missing";
  const last = open.at(-1);
  if (last === undefined) return "there is nothing in it";
  const line = text.slice(0, last).split(/\r\n|\r|\n/).length;
  return `the text ends too early: the ${text[last] ?? ""} of line ${line} is never closed`;
}

/** The first line end within a string: where a quotation mark was left out, whatever a parser makes of the rest. */
export function brokenString(text: string): number | undefined {
  let inString = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text[offset];
    if (unit === '"') inString = !inString;
    else if (inString && (unit === "\n" || unit === "\r")) return offset;
    else if (inString) offset += unit === "\\" ? 1 : 0;
  }
  return undefined;
}

/** The braces and brackets that are open at the end of a text. */
function openIn(text: string): { readonly open: readonly number[]; readonly inString: boolean } {
  const open: number[] = [];
  let inString = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text[offset];
    if (unit === '"') inString = !inString;
    else if (inString) offset += unit === "\\" ? 1 : 0;
    else if (unit === "{" || unit === "[") open.push(offset);
    else if (unit === "}" || unit === "]") open.pop();
  }
  return { open, inString };
}
