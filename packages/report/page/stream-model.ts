import type { EventReference, Finding, Location } from "../src/finding.ts";
import type { PageData } from "../src/html/page-data.ts";
import type { StreamReport } from "../src/report.ts";
import type { RuleDescription } from "../src/rule-description.ts";
import type { Timeline, TimelineEvent } from "../src/timeline.ts";

/** One stream of the report with what the page looks up in it. */
export interface StreamModel {
  readonly report: StreamReport;
  readonly timeline: Timeline | undefined;
  readonly events: readonly TimelineEvent[];
  readonly timed: boolean;
  /** The page shows nothing of what streams hold. */
  readonly private: boolean;
  readonly findingsAt: ReadonlyMap<number, readonly Finding[]>;
  readonly rules: ReadonlyMap<string, RuleDescription>;
  /** The class that colours a lane: the same in every stream of the page. */
  hueOf(lane: string): string;
  /** The event that a place is about: for one at the end of the stream the last one. Undefined if it is not in the page. */
  eventAt(event: EventReference | undefined, location: Location | undefined): TimelineEvent | undefined;
}

/** The models of a page's streams, each made when it is first asked for. */
export function createStreamModels(data: PageData): (index: number) => StreamModel | undefined {
  const models = new Map<number, StreamModel>();
  const hues = huesOf(data);
  return (index) => {
    const model = models.get(index) ?? createStreamModel(data, index, hues);
    if (model !== undefined) models.set(index, model);
    return model;
  };
}

const HUES = 7;

/** Grey for the stream's own lane, a hue each for the others; streams with the most lanes know their order best. */
function huesOf({ timelines }: PageData): ReadonlyMap<string, string> {
  const lists = timelines.flatMap((timeline) => (timeline === null ? [] : [timeline.lanes]));
  const lanes = new Set(lists.toSorted((a, b) => b.length - a.length).flat());
  lanes.delete("stream");
  return new Map([...lanes].map((lane, index) => [lane, `hue-${1 + (index % HUES)}`]));
}

function createStreamModel(
  { report, timelines, rules, private: hidden = false }: PageData,
  index: number,
  hues: ReadonlyMap<string, string>,
): StreamModel | undefined {
  const stream = report.streams[index];
  if (stream === undefined) return undefined;
  const timeline = timelines[index] ?? undefined;
  const events = timeline?.events ?? [];
  const byNumber = new Map(events.map((event) => [event.number, event]));
  const findingsAt = new Map<number, Finding[]>();
  for (const finding of stream.findings) {
    if (finding.event === undefined) continue;
    const at = findingsAt.get(finding.event.number) ?? [];
    at.push(finding);
    findingsAt.set(finding.event.number, at);
  }
  return {
    report: stream,
    timeline,
    events,
    timed: events.some(({ atUs }) => atUs !== undefined),
    private: hidden,
    findingsAt,
    hueOf: (lane) => hues.get(lane) ?? "hue-0",
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    eventAt(event, location) {
      if (event !== undefined) return byNumber.get(event.number);
      if (location === undefined) return undefined;
      return events.findLast(({ offset }) => offset <= location.offset);
    },
  };
}
