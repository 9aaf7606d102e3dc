import {
  type Coverage,
  type CoverageGroupName,
  type CoverageItem,
  type CoverageReport,
  createCoverage,
  createStreamCheck,
  type Protocol,
} from "@ssert/protocol";
import { type SentStream, sentInChunks } from "../sent/sent-stream.ts";
import { encodeSample, type SampleStream } from "../streams/sample.ts";

/** What a stream covers: items by group and id, as `keyOf` writes them. */
export type Covered = ReadonlySet<string>;

export function keyOf(group: string, { id }: Pick<CoverageItem, "id">): string {
  return `${group} ${id}`;
}

/** A pace at which nothing is buffered, and nobody waits. */
const EVENT_US = 10_000;

/** A valid stream, an event a chunk. */
export function sent({ events }: SampleStream): SentStream {
  const stream = sentInChunks(
    events.map((event) => encodeSample([event])),
    EVENT_US,
  );
  return { ...stream, closedAtUs: stream.closedAtUs + EVENT_US };
}

/** Tells what streams of one protocol cover. */
export class Probe {
  readonly protocol: Protocol;
  readonly #coverage: Coverage;

  constructor(protocol: Protocol) {
    this.protocol = protocol;
    this.#coverage = createCoverage(protocol);
  }

  coveredBy(stream: SentStream): Covered {
    return coveredIn(this.#measure(stream));
  }

  #measure({ bytes, response, chunks, closedAtUs }: SentStream): CoverageReport {
    const coverage = this.#coverage.fresh();
    const watcher = coverage.stream({ response: true, arrivals: true });
    const check = createStreamCheck({
      protocol: this.protocol,
      onEvent: (event) => watcher.event(event),
      onFinding: (finding) => watcher.finding(finding),
    });
    check.response(response);
    let start = 0;
    for (const { end, atUs } of chunks) {
      check.push(bytes.subarray(start, end), atUs);
      start = end;
    }
    check.end(closedAtUs);
    watcher.end();
    return coverage.report();
  }
}

/** Everything with a count. */
export function coveredIn(report: CoverageReport): Covered {
  return new Set(itemsOf(report).flatMap(({ group, item }) => (item.count > 0 ? [keyOf(group, item)] : [])));
}

export interface GroupItem {
  readonly group: CoverageGroupName;
  readonly item: CoverageItem;
}

export function itemsOf({ groups }: CoverageReport): readonly GroupItem[] {
  const { events, transitions, properties, rulesHeld, rulesBroken } = groups;
  const of = (group: CoverageGroupName, items: readonly CoverageItem[]): readonly GroupItem[] =>
    items.map((item) => ({ group, item }));
  return [
    ...of("events", events.items),
    ...of("transitions", transitions.items),
    ...of("properties", properties.items),
    ...of("rulesHeld", rulesHeld.items),
    ...of("rulesBroken", rulesBroken.items),
  ];
}
