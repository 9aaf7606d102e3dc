/** Indents code that has each bracket at the end or the beginning of a line, as generators write it; comments stay whole. */
export function indented(code: string): string {
  let depth = 0;
  let comment = false;
  return code
    .split("\n")
    .map((raw) => {
      const line = raw.trim();
      if (comment || line.startsWith("/*")) {
        comment = !line.endsWith("*/");
        return line === "" ? "" : "  ".repeat(depth) + (line.startsWith("*") ? " " : "") + line;
      }
      if (/^[})\]]/.test(line)) depth -= 1;
      const indentation = "  ".repeat(Math.max(0, depth));
      if (/[{([]$/.test(line)) depth += 1;
      return line === "" ? "" : indentation + line;
    })
    .join("\n");
}
