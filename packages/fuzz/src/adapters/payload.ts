import type { Case } from "../case/case.ts";

/** The payload in which an API shows a number, as its JSON text: digits in, something like `{"method":"12"}` out. */
export type Payload = (digits: string) => string;

/**
 * The case with a payload in place of every number that is a whole value of data. The oracle reads what the parser reads,
 * so that nothing but the data differs from the case that was drawn. A case that has payloads already stays as it is.
 */
export function withPayloads({ text, cuts }: Case, payload: Payload): Case {
  const places: { start: number; end: number; grown: number }[] = [];
  let before = 0;
  const grownText = text.replace(/(data: ?)([1-9]+)(?=[\r\n]|$)/g, (_, field: string, digits: string, at: number) => {
    const value = payload(digits);
    const start = at + field.length;
    places.push({ start, end: start + digits.length, grown: before });
    before += value.length - digits.length;
    return field + value;
  });
  // A cut inside a number stays as far from its start; one behind it stays behind the payload.
  const moved = (cut: number): number => {
    const place = places.findLast(({ start }) => start <= cut);
    if (place === undefined) return cut;
    if (cut < place.end) return cut + place.grown;
    const next = places[places.indexOf(place) + 1];
    return cut + (next?.grown ?? before);
  };
  return { text: grownText, cuts: cuts.map(moved) };
}

/** Whether data is what `withPayloads` writes. */
export function isPayload(data: string, payload: Payload): boolean {
  const digits = /[1-9]+(?=\D*$)/.exec(data)?.[0];
  return digits !== undefined && payload(digits) === data;
}
