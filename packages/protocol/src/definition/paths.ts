/**
 * Does a path lead out of the folder that it starts in? A protocol file may come from anywhere, so it may name only what lies
 * beside or below it: no absolute path, no URL, no way up.
 */
export function leavesFolder(path: string): boolean {
  if (/^(?:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path)) return true;
  let depth = 0;
  for (const part of path.split(/[/\\]/)) {
    if (part === "..") depth -= 1;
    else if (part !== "" && part !== ".") depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
