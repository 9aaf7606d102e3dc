import type { Case } from "../case/case.ts";

/** The payload in which an API shows a number, as its JSON text: digits in, something like `{"method":"12"}` out. */
export type Payload = (digits: string) => string;

/**
 * The case with a payload in place of every number that is a whole value of data. The oracle reads what the parser reads,
 * so that nothing but the data differs from the case that was drawn. A case that has payloads already stays as it is.
 */
export function withPayloads({ text, cuts }: Case, payload: Payload): Case {
  const pieces: string[] = [];
  const moved: number[] = [];
  let copied = 0;
  let grown = 0;
  // Cuts up to `end` go as far to the right as the text in front of them has grown; inside a number, as its start.
  const move = (end: number): void => {
    for (let cut = cuts[moved.length]; cut !== undefined && cut < end; cut = cuts[moved.length])
      moved.push(cut + grown);
  };
  for (const { 0: number, index } of text.matchAll(/(?<=data: ?)[1-9]+(?=[\r\n]|$)/g)) {
    const value = payload(number);
    pieces.push(text.slice(copied, index), value);
    copied = index + number.length;
    move(copied);
    grown += value.length - number.length;
  }
  move(Number.POSITIVE_INFINITY);
  return { text: pieces.join("") + text.slice(copied), cuts: moved };
}

/** Whether data is what `withPayloads` writes. */
export function isPayload(data: string, payload: Payload): boolean {
  const digits = /[1-9]+(?=\D*$)/.exec(data)?.[0];
  return digits !== undefined && payload(digits) === data;
}
