import { FuzzError } from "../error.ts";
import { type Breach, Claims } from "./claims.ts";
import type { Consumer, ConsumerFinding, ConsumerOptions, ConsumerResult } from "./consumer.ts";
import { describeConsumer } from "./describe.ts";
import { saveConsumerFinding } from "./save.ts";
import { Search } from "./search.ts";

const RUNS = 100;
/** Of a rule's broken streams one shows as much as the next; there are some fifty rules. */
const FEWER_BROKEN = 10;
/**
 * Feeds valid and minimally broken streams of a protocol to the code that turns a stream into something, under every
 * chunking, and says what of this does not hold: valid streams are accepted, chunking changes nothing, broken streams are
 * noticed as declared, and whatever the user asserts. Each finding is shrunk to the smallest stream that shows it.
 */
export async function checkConsumer<Result>(
  consume: Consumer<Result>,
  options: ConsumerOptions<Result>,
): Promise<ConsumerResult> {
  const { protocol, runs = RUNS, seed = 1 } = options;
  const search = new Search(new Claims(consume, options), options, seed);
  const breaches = [await search.valid(runs)];
  const untried: string[] = [];
  for (const rule of options.rules ?? brokenByBytes(options)) {
    const before = search.broken;
    breaches.push(await search.ofRule(rule, Math.max(1, Math.ceil(runs / FEWER_BROKEN))));
    if (search.broken === before) untried.push(rule);
  }
  const findings: ConsumerFinding[] = [];
  for (const breach of breaches.filter((found) => found !== undefined)) {
    findings.push(await toFinding(breach, options, seed));
  }
  const streams = { valid: search.accepted, broken: search.broken };
  return { ok: findings.length === 0, protocol: protocol.id, seed, streams, findings, untried };
}

/** For a test suite: throws a FuzzError `counterexample` that tells every finding. */
export async function assertConsumer<Result>(
  consume: Consumer<Result>,
  options: ConsumerOptions<Result>,
): Promise<ConsumerResult> {
  const result = await checkConsumer(consume, options);
  if (!result.ok) throw new FuzzError("counterexample", describeConsumer(result));
  return result;
}

/** Errors that a consumer can see: about the exchange, the time and the monitor's own memory it knows nothing. */
function brokenByBytes<Result>({ protocol }: ConsumerOptions<Result>): readonly string[] {
  return protocol.rules
    .filter(({ id, severity }) => severity === "error" && !/^(?:http|timing)\//.test(id))
    .map(({ id }) => id);
}

async function toFinding<Result>(
  { claim, message, chunks, mutant }: Breach,
  { protocol, save }: ConsumerOptions<Result>,
  seed: number,
): Promise<ConsumerFinding> {
  const finding = { claim, rule: mutant?.rule, message, change: mutant?.change, chunks, path: undefined };
  if (save === undefined) return finding;
  return { ...finding, path: await saveConsumerFinding(finding, { ...save, protocol: protocol.name, seed }) };
}
