/** The JSON value that a text says, in a box since it may be any; undefined for what is not JSON. */
export function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
