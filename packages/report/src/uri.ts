/**
 * A stream's name as a URI reference (RFC 3986): addresses as they are, absolute paths as `file:`, paths relative to the
 * working directory as relative references, which code scanning takes from the root of the repository.
 */
export function uriOf(source: string): string {
  if (source === "-") return "stdin";
  if (/^https?:\/\//i.test(source) && URL.canParse(source)) return new URL(source).href;
  if (/^[a-z]:[\\/]/i.test(source)) return `file:///${encoded(source.replaceAll("\\", "/"))}`;
  const path = withoutDots(source);
  return path.startsWith("/") ? `file://${encoded(path)}` : encoded(path);
}

/** A path as a repository has it, without `./`: code scanning and annotations find the file by its text. */
export function withoutDots(path: string): string {
  return path.replace(/(^|\/)(?:\.\/+)+/g, "$1") || path;
}

/** With `:` encoded, the first segment cannot be read as a scheme. */
function encoded(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
