import { type Difference, requestDifferences } from "./difference.ts";
import type { Recorded } from "./library.ts";
import type { RequestFacts } from "./request.ts";

/** The body of a 404: what came, what was recorded that is nearest to it, and where the two differ. */
export interface Miss {
  readonly error: string;
  readonly nearest?: {
    readonly tape: string;
    readonly request: string;
    readonly differences: readonly Difference[];
    /** Differences beyond those shown. */
    readonly more?: number;
  };
  readonly hint: string;
}

/** More would not help to see what is wrong. */
const SHOWN_DIFFERENCES = 10;

/** Bodies may have megabytes and folders thousands of tapes: only those that are near by method and path are compared whole. */
const COMPARED_WHOLE = 20;

export function describeMiss(received: RequestFacts, recorded: readonly Recorded[]): Miss {
  const nearest = recorded
    .map((candidate) => ({ candidate, distance: lineDistance(candidate.facts, received) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, COMPARED_WHOLE)
    .map(({ candidate, distance }) => {
      const differences = requestDifferences(candidate.facts, received);
      return { candidate, differences, distance: distance + differences.length };
    })
    .toSorted((a, b) => a.distance - b.distance)[0];
  const error = `no tape answers ${requestLine(received)}`;
  const hint =
    "record this request, or change it to one that was recorded; key order, white space and the origin do not matter";
  if (nearest === undefined) return { error, hint };
  const more = nearest.differences.length - SHOWN_DIFFERENCES;
  return {
    error,
    nearest: {
      tape: nearest.candidate.tape,
      request: requestLine(nearest.candidate.facts),
      differences: nearest.differences.slice(0, SHOWN_DIFFERENCES),
      ...(more > 0 ? { more } : {}),
    },
    hint,
  };
}

function requestLine({ method, path, query }: RequestFacts): string {
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  return `${method} ${path}${search === "" ? "" : `?${search}`}`;
}

/** A wrong path is further away than a wrong method, and either is further than what a query or a body can make. */
const SEGMENT_DISTANCE = 10_000;
const METHOD_DISTANCE = 5_000;

function lineDistance(a: RequestFacts, b: RequestFacts): number {
  const [ours, theirs] = [a.path.split("/"), b.path.split("/")];
  let distance = Math.abs(ours.length - theirs.length) * SEGMENT_DISTANCE;
  for (let at = 0; at < Math.min(ours.length, theirs.length); at += 1) {
    if (ours[at] !== theirs[at]) distance += SEGMENT_DISTANCE;
  }
  return distance + (a.method === b.method ? 0 : METHOD_DISTANCE);
}
