export { table } from "../packages/protocol/src/documents/markdown/table.ts";

/** Puts generated text between the markers `<!-- NAME: … -->` and `<!-- /NAME -->` of a page. */
export function between(page: string, name: string, text: string): string {
  const marked = new RegExp(`(<!-- ${name}: [^>]*-->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(page)) throw new Error(`the page has no markers <!-- ${name}: … --> and <!-- /${name} -->`);
  return page.replace(marked, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
}
