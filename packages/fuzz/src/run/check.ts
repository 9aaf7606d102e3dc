import { type ParserAdapter, shownFacts } from "../adapters/adapter.ts";
import type { Case } from "../case/case.ts";
import { hasFeatureOf } from "../properties/features.ts";
import type { Property } from "../properties/property.ts";
import { selectProperties } from "../properties/select.ts";
import { checkGrowth } from "./check-growth.ts";
import type { CheckResult, PropertyResult, SavedCase } from "./check-result.ts";
import { checkStream, type StreamRun } from "./check-stream.ts";
import { confirmFinding } from "./confirm.ts";
import { hiddenNeed, notObservable } from "./observable.ts";

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
