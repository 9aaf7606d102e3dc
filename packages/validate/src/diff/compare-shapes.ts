import type { Difference } from "./difference.ts";
import type { JsonKind, Shape } from "./shape.ts";

/** Differences of one kind of event that are listed; more say no more than that it is another event now. */
const MAX_LISTED = 50;

/** Tells where any JSON may stand. */
type IsFree = (tokens: readonly string[]) => boolean;

/** Compares what all events of one kind have in common, before and now. */
export function compareShapes(event: string, before: Shape, now: Shape, isFree: IsFree): readonly Difference[] {
  const found: Difference[] = [];
  compare(before, now, []);
  if (found.length <= MAX_LISTED) return found;
  const more = found.length - MAX_LISTED;
  const message = `\`${event}\` and ${more} more differences in its data`;
  return [...found.slice(0, MAX_LISTED), { tier: "info", aspect: "shape", event, message }];

  function add(tier: Difference["tier"], tokens: readonly string[], what: string): void {
    const path = tokens.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    found.push({
      tier,
      aspect: "shape",
      message: `\`${event}\` ${path === "" ? "as a whole" : path} ${what}`,
      event,
      path,
    });
  }

  function compare(was: Shape, is: Shape, tokens: readonly string[]): void {
    if (isFree(tokens)) return;
    compareKinds(was, is, tokens);
    if (was.isMap || is.isMap) return;
    if (was.items !== undefined && is.items !== undefined) compare(was.items, is.items, [...tokens, "*"]);
    const objects = { was: was.kinds.get("object") ?? 0, is: is.kinds.get("object") ?? 0 };
    if (objects.was === 0 || objects.is === 0) return;
    for (const [key, property] of was.properties) {
      const other = is.properties.get(key);
      const place = [...tokens, key];
      const always = property.count === objects.was;
      if (other !== undefined) {
        compareAlways(always, other.count === objects.is, place);
        compare(property, other, place);
      } else if (always) add("error", place, `is gone; it was in ${property.count} of ${objects.was}`);
      else add("info", place, `is gone; it was in ${property.count} of ${objects.was}`);
    }
    for (const [key, property] of is.properties) {
      if (was.properties.has(key)) continue;
      add("info", [...tokens, key], `is new: ${kindsOf(property)}, in ${property.count} of ${objects.is}`);
    }
  }

  function compareAlways(wasAlways: boolean, isAlways: boolean, tokens: readonly string[]): void {
    if (wasAlways && !isAlways) add("warning", tokens, "is not always there any more");
    if (!wasAlways && isAlways) add("info", tokens, "is always there now");
  }

  function compareKinds(was: Shape, is: Shape, tokens: readonly string[]): void {
    const added = [...is.kinds.keys()].filter((kind) => !was.kinds.has(kind));
    const gone = [...was.kinds.keys()].filter((kind) => !is.kinds.has(kind));
    if (added.length === 0 && gone.length === 0) return;
    // Fewer kinds break nobody. A kind beside those that still come may: null above all.
    const tier =
      added.length === 0 && is.kinds.size > 0
        ? "info"
        : gone.length === was.kinds.size
          ? tierOfChange(was, added)
          : "warning";
    add(tier, tokens, `was ${kindsOf(was)}, is ${kindsOf(is)}`);
  }
}

/** What was never anything but null, or was no JSON, could become anything. */
function tierOfChange(was: Shape, added: readonly JsonKind[]): Difference["tier"] {
  const onlyNull = was.kinds.size === 0 || (was.kinds.size === 1 && was.kinds.has("null"));
  return onlyNull || (added.length === 1 && added[0] === "null") ? "warning" : "error";
}

function kindsOf({ kinds }: Shape): string {
  return kinds.size === 0 ? "not JSON" : [...kinds.keys()].sort().join(" or ");
}
