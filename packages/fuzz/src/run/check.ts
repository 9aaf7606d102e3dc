import { type ParserAdapter, type Shows, shownBy, shownFacts } from "../adapters/adapter.ts";
import type { Case } from "../case/case.ts";
import { hasFeatureOf } from "../properties/features.ts";
import type { Needs, Property } from "../properties/property.ts";
import { selectProperties } from "../properties/select.ts";
import { checkGrowth, type GrowthOutcome } from "./check-growth.ts";
import { type Counterexample, checkStream, type StreamRun } from "./check-stream.ts";
import { type Confirmation, confirmFinding } from "./confirm.ts";

export interface CheckOptions {
  /** How many cases a property is tried with. Default 1,000. */
  readonly runs?: number;
  /** Seed of all that is drawn; a whole number of 32 bits. Default: another one each time, named in the result. */
  readonly seed?: number;
  /** Names of properties, or of groups (`bom`). Default: all. */
  readonly properties?: readonly string[];
  /** With one property and the seed: goes straight to a counterexample that was found before. */
  readonly path?: string;
  /** Cases by property that are tried before any is drawn: what earlier runs found. */
  readonly saved?: readonly SavedCase[];
  /** For one case of an asynchronous parser, in milliseconds. Default 1,000. */
  readonly timeLimitMs?: number;
  /** Whether the parser gets fields without a space after the colon right. Default: that is tried first. */
  readonly spaceless?: boolean;
  /** Told of each result as it comes. */
  readonly onResult?: (result: PropertyResult) => void;
  /** Told of each property before it starts. */
  readonly onProperty?: (property: Property) => void;
  /** Told of each case before the parser gets it. */
  readonly onCase?: (candidate: Case) => void;
}

/** A case that was kept, and the property that it is a case of. */
export interface SavedCase {
  readonly property: string;
  readonly case: Case;
  /** The tape that it was read from. */
  readonly file?: string;
}

/**
 * `pass`; `bug`; `declared`: differs, and the adapter says that this is meant; `internal-only`: differs where the adapter
 * drives it, and the package's public entry contradicts that; `not-observable`: the parser's API does not show what the
 * property is about.
 */
export type Verdict = "pass" | "bug" | "declared" | "internal-only" | "not-observable";

export interface PropertyResult {
  readonly property: string;
  readonly verdict: Verdict;
  /** Cases that were judged. */
  readonly runs: number;
  /** For `declared` the adapter's reason, for `not-observable` what is not shown, for `pass` a declaration without need. */
  readonly reason?: string;
  /** The tape that was played, where only that was judged. */
  readonly saved?: string;
  readonly counterexample?: Counterexample;
  /** For properties of work and memory. */
  readonly growth?: GrowthOutcome;
  /** For a bug or `internal-only`, where the adapter drives a part of its package: what the public entry says to it. */
  readonly publicEntry?: Confirmation;
}

export interface CheckResult {
  readonly adapter: {
    readonly name: string;
    readonly version: string | undefined;
    /** What its API tells of events. */
    readonly shows?: Shows;
  };
  /** What the command line calls it; only `runFuzz` knows. */
  readonly target?: string;
  /** What the run was told that the target's API shows, if anything. */
  readonly told?: Partial<Shows>;
  readonly seed: number;
  /** No property has the verdict `bug`. */
  readonly ok: boolean;
  readonly results: readonly PropertyResult[];
}

const defaultRuns = 1000;
const defaultTimeLimitMs = 1000;

/** Tries a parser against the properties of the standard, and returns what it found. */
export async function checkParser(adapter: ParserAdapter, options: CheckOptions = {}): Promise<CheckResult> {
  const seed = options.seed ?? Math.floor(Math.random() * 0x7fff_ffff);
  const spaceless = options.spaceless ?? (await passesSpaceless(adapter, options));
  const results: PropertyResult[] = [];
  for (const property of selectProperties(options.properties, options.path)) {
    options.onProperty?.(property);
    const failed = results.filter(isDifferent).map(({ property: name }) => name);
    const avoid = property.name.startsWith("mixed/") ? hasFeatureOf(failed) : undefined;
    const checked = await checkProperty(adapter, property, { ...options, seed, spaceless, avoid });
    const result = await confirm(adapter, property, declare(adapter, checked), options);
    await timersRun();
    results.push(result);
    options.onResult?.(result);
  }
  const ok = results.every(({ verdict }) => verdict !== "bug");
  return { adapter: { name: adapter.name, version: adapter.version, shows: shownFacts(adapter) }, seed, ok, results };
}

/** Whether the parser reads fields without a space after the colon: a counterexample may only use what it gets right. */
async function passesSpaceless(adapter: ParserAdapter, options: CheckOptions): Promise<boolean> {
  const { runs = defaultRuns, timeLimitMs = defaultTimeLimitMs } = options;
  for (const property of selectProperties(["field/no-space"])) {
    if ("chunks" in property) continue;
    const { counterexample } = await checkStream(adapter, property, {
      seed: 1,
      // Every case of it has the field: a client, whose cases are few and slow, need not be asked more often than that.
      runs: Math.min(20, runs),
      timeLimitMs,
      spaceless: false,
    });
    if (counterexample !== undefined) return false;
  }
  return true;
}

async function checkProperty(
  adapter: ParserAdapter,
  property: Property,
  options: CheckOptions & Pick<StreamRun, "seed" | "spaceless" | "avoid">,
): Promise<PropertyResult> {
  const { name } = property;
  const hidden = hiddenNeed(adapter, property);
  if (hidden !== undefined) return notObservable(name, hidden);

  if ("chunks" in property) {
    if (adapter.outside === true) return notObservable(name, "the parser runs in another process");
    const growth = await checkGrowth(adapter, property);
    if (growth.refused !== undefined) return notObservable(name, `the parser refuses to read on: ${growth.refused}`);
    return { property: name, verdict: growth.problem === undefined ? "pass" : "bug", runs: 1, growth };
  }
  const { judged, counterexample } = await checkStream(adapter, property, {
    seed: options.seed,
    spaceless: options.spaceless,
    avoid: options.avoid,
    saved: options.saved?.filter((each) => each.property === name),
    runs: Math.ceil((options.runs ?? defaultRuns) * (property.share ?? 1)),
    path: options.path,
    timeLimitMs: options.timeLimitMs ?? defaultTimeLimitMs,
    onCase: options.onCase,
  });
  if (counterexample !== undefined) return { property: name, verdict: "bug", runs: judged, counterexample };
  if (judged === 0) return notObservable(name, "no case of it comes through this API");
  return { property: name, verdict: "pass", runs: judged };
}

// What a parser left to a timer and throws there is thrown under the property that it belongs to, not under the next.
const timersRun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

const isDifferent = ({ verdict }: PropertyResult): boolean => verdict !== "pass" && verdict !== "not-observable";

/** Why this parser's API cannot show what a property is about; undefined where it can. */
export function hiddenNeed(adapter: ParserAdapter, { needs }: Property): string | undefined {
  const hidden = needs.find((need) => !isShown(adapter, need));
  return hidden && hiddenReasons[hidden];
}

export function notObservable(property: string, reason: string): PropertyResult {
  return { property, verdict: "not-observable", runs: 0, reason };
}

/** A bug that the adapter declares is `declared`, with its reason. */
export function declare(adapter: ParserAdapter, result: PropertyResult): PropertyResult {
  const deviation = adapter.deviations?.find(({ property }) => property === result.property);
  if (deviation === undefined) return result;
  if (result.verdict === "bug") return { ...result, verdict: "declared", reason: deviation.reason };
  if (result.verdict === "pass")
    return { ...result, reason: `declared as a deviation, but passes: ${deviation.reason}` };
  return result;
}

/** A bug is one only if the package's public entry does not contradict it. */
async function confirm(
  adapter: ParserAdapter,
  property: Property,
  result: PropertyResult,
  { timeLimitMs = defaultTimeLimitMs }: CheckOptions,
): Promise<PropertyResult> {
  if (result.verdict !== "bug") return result;
  const publicEntry = await confirmFinding(adapter, property, result.counterexample?.case, timeLimitMs);
  if (publicEntry === undefined) return result;
  return { ...result, verdict: publicEntry.confirmed === false ? "internal-only" : "bug", publicEntry };
}

const hiddenReasons: Readonly<Record<Needs, string>> = {
  text: "the API shows data as parsed JSON only",
  type: "the API does not show types",
  id: "the API does not show ids",
  "last-id": "the API does not show the last event ID",
  "own-id": "the API does not show a block's own id",
  "empty-id": "the API shows no difference between no id and an empty one",
  retry: "the API does not show retry",
  moment: "the API answers only when the stream has ended",
  open: "the API has no parser that could be left open",
  reset: "the API has no reset",
  resume: "this is no client that connects again",
};

function isShown(adapter: ParserAdapter, need: Needs): boolean {
  const shows = shownBy(adapter);
  switch (need) {
    case "text":
      return shows.data === "text";
    case "type":
      return shows.type;
    case "id":
      return shows.id !== false;
    case "last-id":
      return shows.id === "last";
    case "own-id":
      return shows.id === "own" || shows.id === "own-or-empty";
    case "empty-id":
      return shows.id === "own" || shows.id === "last";
    case "retry":
      return shows.retry !== false;
    case "moment":
      return !("parse" in adapter);
    case "open":
      return "open" in adapter;
    case "resume":
      return "resume" in adapter;
    case "reset":
      return "open" in adapter && adapter.open(nowhere).reset !== undefined;
  }
}

const nowhere = { event: (): void => {}, retry: (): void => {} };
