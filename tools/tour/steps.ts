import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createClient, type Session } from "./client.ts";
import type { Ended, Programs } from "./processes.ts";
import { command, good, heading, note, output } from "./screen.ts";

export interface TourOptions {
  readonly folder: string;
  /** Milliseconds between events; undefined: the mock's own, a human pace. */
  readonly pace: string | undefined;
}

const MESSAGES = [
  { what: "plain text", message: "Write a short poem about persistent storage." },
  { what: "thinking, then text", message: "Why is the sky blue?" },
  { what: "two tools with their results", message: "Use your tools: what is the weather in Zürich?" },
] as const;

/** A tape, and the request that it was recorded from. */
interface Recorded {
  readonly tape: string;
  readonly path: string;
  readonly message: string;
}

export async function tour(programs: Programs, { folder, pace }: TourOptions): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tapes = `${folder}/tapes`;

  heading("An agent to talk to: the mock of the PokeePokee API");
  const mock = await serve(programs, ["mock", "--port", "0", ...(pace === undefined ? [] : ["--pace", pace])]);

  heading("A recorder before it: whatever goes through becomes a tape");
  const proxy = await serve(programs, ["proxy", mock.url, "--dir", tapes, "--port", "0", "--protocol", "pokee"]);

  heading("A session, over HTTP through the recorder");
  const session = await createClient(proxy.url).openSession();
  good(`POST /v1/sessions says ${session.id}`);
  const recorded: Recorded[] = [];
  for (const { what, message } of MESSAGES) {
    recorded.push(await sendMessage(session, message, what, proxy.recording));
  }

  heading("Do the streams keep to the protocol?");
  const report = await run(programs, ["validate", tapes]);
  expect(report.code === 0, `validate should find nothing, but it ended with exit code ${report.code}`);

  heading("The same session again, from the tapes: no agent needed");
  const replay = await serve(programs, ["replay", tapes, "--port", "0", "--speed", "instant"]);
  for (const [index, { path, message, tape }] of recorded.entries()) {
    const again = `${folder}/again/${index + 1}.sse`;
    const data = JSON.stringify({ message });
    const copy = await run(programs, ["record", `${replay.url}${path}`, "-d", data, "-o", again]);
    expect(copy.code === 0, `record should end well, but it ended with exit code ${copy.code}`);
    await compare(tape, again);
  }

  heading("A stream that breaks the protocol: a tool's result under an id that no tool has");
  const broken = await breakToolResult(recorded, `${folder}/broken.sse`);
  const found = await run(programs, ["validate", broken, "--protocol", "pokee"]);
  expect(found.code === 1, `validate should end with exit code 1, but it ended with ${found.code}`);
  expect(found.out.includes("tool_call/not-open"), "validate should name the rule tool_call/not-open");
  good("exit code 1: CI would fail here, and say why");

  heading("Where things are, and what to try next");
  farewell(folder, tapes);
}

interface Served {
  readonly url: string;
  /** The path of the next tape that the server tells of. */
  readonly recording: () => Promise<string>;
}

async function serve(programs: Programs, args: readonly string[]): Promise<Served> {
  command(["ssert", ...args]);
  const program = programs.start(args);
  const [, url = ""] = await program.line(/^listening on (http:\S+)$/);
  output(`listening on ${url}`);
  return {
    url,
    recording: async () => {
      const [, tape = "", what = ""] = await program.line(/^(.*?\.sse): (200 text\/event-stream.*)$/);
      good(`a tape: ${what}`);
      return tape;
    },
  };
}

async function run(programs: Programs, args: readonly string[]): Promise<Ended> {
  command(["ssert", ...args]);
  const ended = await programs.start(args).ended;
  output(ended.out === "" ? ended.err : ended.out);
  return ended;
}

async function sendMessage(
  session: Session,
  message: string,
  what: string,
  recording: () => Promise<string>,
): Promise<Recorded> {
  console.log();
  note(`${what}: “${message}”`);
  await session.send(message);
  return { tape: await recording(), path: session.messagesPath, message };
}

async function compare(tape: string, again: string): Promise<void> {
  const [first, second] = await Promise.all([tape, again].map(sha256));
  expect(first === second, `${again} should hold the bytes of ${tape}: sha256 ${second}, expected ${first}`);
  good(`the same bytes: sha256 ${first}`);
}

async function sha256(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** The session with tools, its first tool result under another id. */
async function breakToolResult(recorded: readonly Recorded[], path: string): Promise<string> {
  for (const { tape } of recorded) {
    const text = await readFile(tape, "utf8");
    const broken = text.replace(/(event: tool_result\ndata: \{"id":")[^"]*/, "$1nobody");
    if (broken === text) continue;
    await writeFile(path, broken);
    return path;
  }
  throw new Error("none of the tapes has a tool result");
}

function expect(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

function farewell(folder: string, tapes: string): void {
  note(`${tapes}/    the session: *.sse is the exact bytes, *.sse.tape beside it says when each chunk came`);
  note(`${folder}/again/    the same, recorded from the replay`);
  note(`${folder}/broken.sse    the broken stream`);
  console.log();
  note("Serve the session to your own tests, at the pace it was recorded:");
  command(["npx", "ssert", "replay", tapes, "--port", "8080"]);
  note("Record your own API: put the recorder before it, and point your client at the recorder:");
  command(["npx", "ssert", "proxy", "https://api.example.com", "--dir", "tapes", "--port", "8080"]);
  note("Everything else:");
  command(["npx", "ssert", "--help"]);
}
