/** Smaller neighbours of a JSON value, the boldest first: less in it, and last something plainer in one place. */
export function* plainerValues(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield* plainerTexts(value);
  else if (typeof value === "number") yield* plainerNumbers(value);
  else if (Array.isArray(value)) yield* plainerLists(value);
  else if (typeof value === "object" && value !== null) yield* plainerObjects(value);
}

function* plainerTexts(text: string): Generator<string> {
  if (text.length > 0) yield "";
  if (text.length > 1) {
    yield "a";
    yield text.slice(0, text.length >> 1).toWellFormed();
  }
}

function* plainerNumbers(number: number): Generator<number> {
  if (number !== 0) yield 0;
  if (Math.abs(number) > 1) yield 1;
}

function* plainerLists(list: readonly unknown[]): Generator<readonly unknown[]> {
  if (list.length > 0) yield [];
  if (list.length > 1) for (const index of list.keys()) yield list.toSpliced(index, 1);
  for (const [index, item] of list.entries()) {
    for (const plainer of plainerValues(item)) yield list.with(index, plainer);
  }
}

function* plainerObjects(object: object): Generator<object> {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(object);
  if (entries.length > 0) yield {};
  if (entries.length > 3) {
    const half = entries.length >> 1;
    yield Object.fromEntries(entries.slice(0, half));
    yield Object.fromEntries(entries.slice(half));
  }
  for (const index of entries.keys()) yield Object.fromEntries(entries.toSpliced(index, 1));
  for (const [index, [name, item]] of entries.entries()) {
    for (const plainer of plainerValues(item)) yield Object.fromEntries(entries.with(index, [name, plainer]));
  }
}
