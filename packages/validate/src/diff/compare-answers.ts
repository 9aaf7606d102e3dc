import type { Answers, EndpointAnswers } from "./answers.ts";
import type { Difference, Tier } from "./difference.ts";

type Kinds = ReadonlySet<string>;

/**
 * What is answered in another way: by the request, if both sides have it, else by the endpoint; where tapes do not say which request
 * they answer, by all there is. An answer that does not come any more is an error, and so is a stream that became JSON; one that
 * comes as well is a warning.
 */
export function compareAnswers(before: Answers, now: Answers): readonly Difference[] {
  const isOther = (kind: string): boolean => before.others.has(kind) || now.others.has(kind);
  const shared = [...before.endpoints.keys()].filter((name) => now.endpoints.has(name));
  if (shared.length === 0 || before.unasked > 0 || now.unasked > 0) {
    return compareKinds("the response was", before.kinds, now.kinds, isOther);
  }
  return shared.flatMap((name) =>
    compareEndpoint(name, before.endpoints.get(name) ?? NONE, now.endpoints.get(name) ?? NONE, isOther),
  );
}

const NONE: EndpointAnswers = { kinds: new Set(), bodies: new Map() };

/** Whether a kind of answer is no stream. */
type IsOther = (kind: string) => boolean;

function compareEndpoint(
  name: string,
  was: EndpointAnswers,
  is: EndpointAnswers,
  isOther: IsOther,
): readonly Difference[] {
  const whole = compareKinds(`\`${name}\` was answered with`, was.kinds, is.kinds, isOther);
  if (whole.some(({ tier }) => tier === "error")) return whole;
  const moved = new Map<string, { readonly tier: Tier; requests: number }>();
  for (const [body, kinds] of was.bodies) {
    const other = is.bodies.get(body);
    if (other === undefined || !isMoved(kinds, other)) continue;
    const change = `was answered with ${named(kinds)}, is with ${named(other)}${noStream(kinds, other, isOther)}`;
    const known = moved.get(change);
    if (known === undefined) moved.set(change, { tier: tierOf(kinds), requests: 1 });
    else known.requests += 1;
  }
  if (moved.size === 0) return whole;
  return [...moved].map(([change, { tier, requests }]) => {
    const which = requests === 1 ? "a request" : `each of ${requests} requests`;
    return { tier, aspect: "response", message: `${which} to \`${name}\` ${change}` };
  });
}

function compareKinds(subject: string, was: Kinds, is: Kinds, isOther: IsOther): readonly Difference[] {
  if (was.size === 0 || is.size === 0) return [];
  if (isMoved(was, is)) {
    const verb = subject.endsWith(" with") ? "is with" : "is";
    const message = `${subject} ${named(was)}, ${verb} ${named(is)}${noStream(was, is, isOther)}`;
    return [{ tier: tierOf(was), aspect: "response", message }];
  }
  const added = new Set([...is].filter((kind) => !was.has(kind)));
  if (added.size === 0) return [];
  return [
    { tier: "warning", aspect: "response", message: `${subject} ${named(was)}; ${named(added)} comes as well now` },
  ];
}

/** Nothing of what a client knew comes again. */
function isMoved(was: Kinds, is: Kinds): boolean {
  return [...was].every((kind) => !is.has(kind));
}

/** Nobody relies upon a refusal: what comes in its place has only not been seen. */
function tierOf(was: Kinds): Tier {
  return [...was].every((kind) => Number.parseInt(kind, 10) >= 400) ? "warning" : "error";
}

function noStream(was: Kinds, is: Kinds, isOther: IsOther): string {
  const streamed = [...was].some((kind) => !isOther(kind));
  return streamed && [...is].every(isOther) ? ": it is no stream any more" : "";
}

function named(kinds: Kinds): string {
  return [...kinds].sort().join(" and ");
}
