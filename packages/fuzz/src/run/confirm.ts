import { type ParserAdapter, type ShownEvent, shownBy, type View } from "../adapters/adapter.ts";
import { withPayloads } from "../adapters/payload.ts";
import type { Case } from "../case/case.ts";
import { toBytes } from "../case/case.ts";
import { interpretEventStream } from "../oracle/interpret.ts";
import type { Property, StreamProperty } from "../properties/property.ts";
import { checkGrowth } from "./check-growth.ts";
import { canShow, type Mismatch } from "./judge.ts";
import { type CaseVerdict, tryCase } from "./try-case.ts";

/**
 * What a package's public entry says to a finding in a part below it: it shows it too, it contradicts it, or its API does
 * not show what the finding is about.
 */
export interface Confirmation {
  /** The public entry. */
  readonly name: string;
  readonly confirmed: true | false | "not observable there";
}

/** Runs what was found once more, through the public entry of the adapter's package; undefined if there is no other. */
export async function confirmFinding(
  adapter: ParserAdapter,
  property: Property,
  found: Case | undefined,
  timeLimitMs: number,
): Promise<Confirmation | undefined> {
  const { publicEntry } = adapter;
  if (publicEntry === undefined) return undefined;
  const confirmed =
    "chunks" in property
      ? await growsThere(publicEntry, property)
      : found === undefined
        ? unseen
        : await showsThere(adapter, publicEntry, property, found, timeLimitMs);
  return { name: publicEntry.name, confirmed };
}

const unseen = "not observable there";

async function growsThere(
  publicEntry: ParserAdapter,
  property: Extract<Property, { chunks: unknown }>,
): Promise<Confirmation["confirmed"]> {
  if (publicEntry.outside === true || property.needs.includes("open")) return unseen;
  const { problem, refused } = await checkGrowth(publicEntry, property);
  return refused === undefined ? problem !== undefined : unseen;
}

// What an entry has to read before its word counts: one whose API has changed is wrong about every stream.
const plain: Case = { text: "event: a\ndata: 1\n\n", cuts: [] };
// The first use of a package loads it.
const loadingShare = 4;
// An entry that is read over a connection gets its chunks one by one.
const perChunkMs = 20;

async function showsThere(
  adapter: ParserAdapter,
  publicEntry: ParserAdapter,
  property: StreamProperty,
  found: Case,
  timeLimitMs: number,
): Promise<Confirmation["confirmed"]> {
  const view = shownBy(publicEntry);
  const given = (candidate: Case): Case =>
    view.payload === undefined ? candidate : withPayloads(candidate, view.payload);
  const candidate = given(found);
  if (!canShow(interpretEventStream(toBytes(candidate.text)), view)) return unseen;
  const works = await tryCase(publicEntry, { ...property, judge: "events" }, given(plain), loadingShare * timeLimitMs);
  if (works !== undefined) return unseen;
  const limit = timeLimitMs + perChunkMs * candidate.cuts.length;
  const there = await tryCase(publicEntry, property, candidate, limit);
  if (there === "unseen") return unseen;
  // Ids of another kind (the last one, the block's own) cannot be compared.
  const ids = view.id === false || shownBy(adapter).id === view.id;
  const below = await tryCase(through(adapter, ids ? view : { ...view, id: false }), property, candidate, timeLimitMs);
  // Right there: a contradiction if what is wrong below were to be seen there.
  if (there === undefined) return isMismatch(below) ? false : unseen;
  // Wrong there too, but in another way than below: that says nothing about this finding.
  if (there.failed === true || !ids || property.judge === "prompt" || property.judge === "not-early") return true;
  return isMismatch(below) && sameRows(below, there) ? true : unseen;
}

const isMismatch = (verdict: CaseVerdict): verdict is Mismatch => verdict !== undefined && verdict !== "unseen";

const sameRows = (one: Mismatch, other: Mismatch): boolean =>
  one.actual.length === other.actual.length && one.actual.every((row, index) => row === other.actual[index]);

/** The adapter with as much to be seen of it as in that view. */
function through(adapter: ParserAdapter, view: View): ParserAdapter {
  const { payload, hides, ...shows } = view;
  const facts = { name: adapter.name, shows, ...(payload && { payload }), ...(hides && { hides }) };
  const passes = ({ type }: ShownEvent): boolean =>
    hides?.(type === undefined || type === "" ? "message" : type) !== true;
  if ("open" in adapter) {
    return {
      ...facts,
      open: (sink) =>
        adapter.open({
          event: (event) => {
            if (passes(event)) sink.event(event);
          },
          retry: (milliseconds) => sink.retry(milliseconds),
        }),
    };
  }
  if ("read" in adapter) {
    return {
      ...facts,
      async *read(chunks, sink) {
        for await (const event of adapter.read(chunks, sink)) if (passes(event)) yield event;
      },
    };
  }
  return { ...adapter, ...facts };
}
