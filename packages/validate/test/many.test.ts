import { setImmediate as turn } from "node:timers/promises";
import type { StreamReport } from "@ssert/report";
import {
  createThreads,
  findInputs,
  type Input,
  type ManyOptions,
  type ManyResult,
  validateMany,
} from "@ssert/validate";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPool, type Pool } from "../src/many/pool.ts";
import { sharedWork } from "../src/many/shared-work.ts";
import { shardOf } from "../src/shard.ts";
import { folderOf, put } from "./folder.ts";
import { putTape, TRUNCATED, VALID } from "./tapes.ts";

const chosen = { kind: "builtin", name: "pokee" } as const;

async function run(
  inputs: readonly Input[],
  options: Partial<ManyOptions> = {},
): Promise<ManyResult & { reports: StreamReport[] }> {
  const reports: StreamReport[] = [];
  const result = await validateMany(inputs, { onStream: (report) => reports.push(report), ...options });
  return { ...result, reports };
}

async function manyFiles(number: number): Promise<string> {
  const folder = await folderOf();
  const kinds = [VALID, TRUNCATED, VALID.replace("{}", "{"), "", "data: x\n\n"];
  for (let n = 0; n < number; n++) await put(folder, `${1000 + n}.sse`, kinds[n % kinds.length] ?? "");
  return folder;
}

describe("many streams", () => {
  test("are reported in the order of the inputs and the same, whatever the number of threads", async () => {
    const folder = await manyFiles(200);
    await putTape(folder, "1100.sse", VALID, { header: { protocol: "pokee" } });
    await putTape(folder, "1150.sse", VALID, { header: { protocol: "nobody's" } });
    const inputs = await findInputs([folder]);
    for (const choice of [{}, { chosen }]) {
      const alone = await run(inputs, { jobs: 1, ...choice });
      expect(alone.reports.map(({ source }) => source)).toEqual(inputs.map(({ source }) => source));
      for (const jobs of [2, 4]) expect(await run(inputs, { jobs, ...choice })).toEqual(alone);
    }
  });

  test("by tapes' own protocols: which were used and which are not known", async () => {
    const folder = await folderOf();
    for (const protocol of ["pokee", "b", "a", "b"]) {
      await putTape(folder, `${protocol}${Math.random()}.sse`, VALID, { header: { protocol } });
    }
    const { unknown, protocols } = await run(await findInputs([folder]), { jobs: 2 });
    expect(unknown).toEqual(["a", "b"]);
    expect(protocols.map(({ id }) => id)).toEqual(["pokee@1"]);
  });

  test("with standard input and a URL among them: those are read here, in their turn", async () => {
    const folder = await manyFiles(30);
    const files = await findInputs([folder]);
    const others: Input[] = [
      { kind: "stdin", source: "-" },
      { kind: "url", source: "http://x/" },
    ];
    const inputs = [...files.slice(0, 20), ...others, ...files.slice(20)];
    async function* stdin(): AsyncIterable<Uint8Array> {
      yield Buffer.from(VALID);
    }
    const { reports } = await run(inputs, { jobs: 2, chosen, stdin: stdin() });
    expect(reports.map(({ source }) => source)).toEqual(inputs.map(({ source }) => source));
    expect(reports[20]).toMatchObject({ verdict: "valid", protocol: "pokee@1" });
    expect(reports[21]).toMatchObject({ verdict: "unreadable", reason: "URLs are not fetched here" });
  });

  test("that are interrupted: what is done is told, in order, nothing more is begun, and no thread is left", async () => {
    const files = await findInputs([await manyFiles(300)]);
    const last: Input = { kind: "url", source: "http://x/" };
    const inputs = [...files.slice(0, 100), last, ...files.slice(100)];
    const interrupt = new AbortController();
    const openUrl = (): never => {
      interrupt.abort();
      throw new Error("interrupted");
    };
    const { signal } = interrupt;
    const { reports } = await run(inputs, { jobs: 3, chosen, signal, openUrl: async () => openUrl() });
    const places = reports.map(({ source }) => inputs.findIndex((input) => input.source === source));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.at(-1)).toBe(100);
  });

  test("in one thread let an interrupt in, although small files wait for nothing", async () => {
    const inputs = await findInputs([await manyFiles(300)]);
    const interrupt = new AbortController();
    setImmediate(() => interrupt.abort());
    const { reports } = await run(inputs, { jobs: 1, chosen, signal: interrupt.signal });
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.length).toBeLessThan(inputs.length);
  });

  test("a protocol file works in threads as it does here", async () => {
    const text = JSON.stringify({
      protocol: "mine",
      version: "3",
      type: "event",
      events: { a: { schema: "a.json" }, b: {} },
      scopes: { all: { open: "a", close: "b" } },
    });
    const files = { "a.json": { type: "object", required: ["id"] } };
    const folder = await folderOf();
    for (let n = 0; n < 20; n++)
      await put(folder, `${n}.sse`, `event: a\ndata: {}\n\nevent: ${n % 2 ? "a" : "b"}\ndata: {"id":1}\n\n`);
    const options = { chosen: { kind: "file", path: "mine.json", text, files } } as const;
    const inputs = await findInputs([folder]);
    const alone = await run(inputs, { jobs: 1, ...options });
    expect(alone.reports[0]?.protocol).toBe("mine@3");
    expect(alone.reports[0]?.findings.length).toBeGreaterThan(0);
    expect(await run(inputs, { jobs: 2, ...options })).toEqual(alone);
  });
});

describe("threads that start while inputs are being found", () => {
  test("serve the run that they are given to, and are left to whoever made them", async () => {
    const inputs = await findInputs([await manyFiles(200)]);
    const alone = await run(inputs, { jobs: 1, chosen });
    const threads = createThreads(2);
    onTestFinished(() => threads.close());
    threads.found(100_000);
    for (const _ of [1, 2]) expect(await run(inputs, { jobs: 2, threads, chosen })).toEqual(alone);
  });

  test("are not needed for a run that is too small, nor by one thread", async () => {
    const inputs = await findInputs([await manyFiles(3)]);
    for (const jobs of [1, 2]) {
      const threads = createThreads(jobs);
      threads.found(100_000);
      expect((await run(inputs, { threads, chosen })).reports).toHaveLength(3);
      await threads.close();
    }
  });
});

describe("a thread that dies", () => {
  function pool(): Pool {
    const made = createPool(1, new URL("crashing-worker.mjs", import.meta.url));
    onTestFinished(() => made.close());
    return made;
  }

  test("makes the file that killed it unreadable, and no other", async () => {
    const folder = await folderOf({ "a.sse": VALID, "deadly.sse": VALID, "z.sse": TRUNCATED });
    const sources = ["a", "deadly", "z"].map((name) => `${folder}/${name}.sse`);
    const { reports } = await pool().run({ settings: { chosen }, sources });
    expect(reports.map(({ source }) => source)).toEqual(sources);
    expect(reports.map(({ verdict }) => verdict)).toEqual(["valid", "unreadable", "truncated"]);
    expect(reports[1]?.reason).toBe(
      "the thread that read it died (out of memory); validate it alone, with --jobs 1, to see more",
    );
  });

  test("leaves the pool able to go on", async () => {
    const folder = await folderOf({ "deadly.sse": VALID, "z.sse": VALID });
    const threads = pool();
    const settings = { chosen };
    await threads.run({ settings, sources: [`${folder}/deadly.sse`] });
    expect((await threads.run({ settings, sources: [`${folder}/z.sse`] })).reports).toMatchObject([
      { verdict: "valid" },
    ]);
  });
});

describe("work that is shared", () => {
  interface Task {
    readonly turns: number;
    readonly portable: boolean;
  }

  test("gives results in the order of the tasks, however long each takes and wherever it is done", async () => {
    const tasks = fc.array(fc.record({ turns: fc.nat(5), portable: fc.boolean() }), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 4 }), async (list, slots) => {
        let away = 0;
        const others = {
          slots,
          takes: ({ portable }: Task) => portable,
          async run(task: Task): Promise<Task> {
            expect(++away).toBeLessThanOrEqual(slots);
            for (let n = 0; n < task.turns; n++) await turn();
            away--;
            return task;
          },
        };
        const results: object[] = [];
        for await (const result of sharedWork(list, async (task): Promise<object> => task, others))
          results.push(result);
        expect(results).toEqual(list);
      }),
      { numRuns: 30 },
    );
  });

  test("waits for a task that takes long before results pile up", async () => {
    let release = (): void => {};
    const long = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    function* tasks(): Generator<number> {
      for (; begun < 10_000; begun++) yield begun;
    }
    const others = { slots: 1, takes: () => true, run: (): Promise<void> => long };
    const results = sharedWork(tasks(), async () => {}, others);
    const first = results.next();
    while (begun < 64) await turn();
    for (let n = 0; n < 100; n++) await turn();
    expect(begun).toBeLessThan(100);
    release();
    await first;
    await results.return(undefined);
  });
});

describe("a share of the inputs", () => {
  const inputsOf = (names: readonly string[]): Input[] => names.map((source) => ({ kind: "file", source }));

  test("is the same each time; all shares together are the inputs, and differ by one at most", () => {
    const names = fc.uniqueArray(fc.string(), { maxLength: 40 });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 9 }), (list, count) => {
        const shares = Array.from({ length: count }, (_, at) => shardOf(inputsOf(list), { index: at + 1, count }));
        expect(shares).toEqual(shares.map((_, at) => shardOf(inputsOf(list), { index: at + 1, count })));
        const sizes = shares.map(({ inputs }) => inputs.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(shares.flatMap(({ inputs }) => inputs.map(({ source }) => source)).sort()).toEqual(list.toSorted());
        expect(new Set(shares.map(({ sha256 }) => sha256)).size).toBe(1);
      }),
    );
  });

  test("of other inputs is told apart", () => {
    const mark = (...names: string[]): string => shardOf(inputsOf(names), { index: 1, count: 2 }).sha256;
    expect(new Set([mark("a", "b"), mark("b", "a"), mark("a"), mark("a b"), mark("a", "c")]).size).toBe(5);
  });
});
