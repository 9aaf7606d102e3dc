import { createTape } from "ssert/tape";
import {
  event,
  executing,
  raw,
  result,
  text,
  thinking,
  tool,
  toolStart,
  turn,
  type Write,
} from "../fixtures/stream.ts";

const WEATHER =
  "Tomorrow will be sunny in Zürich with a high of 24.5 degrees, and a light wind from the west. On the day after it stays dry until the evening, when a front comes in over the Jura.";

/** What the report in the README's picture is about: recordings of a team whose server has two bugs. */
const RECORDINGS: Readonly<Record<string, readonly Write[]>> = {
  "agent/plan-a-trip.sse": turn(
    thinking("They want a plan for two days. First the weather in both cities, then the trains between them."),
    tool({ id: "toolu_01" }),
    result("toolu_01", {
      days: [
        { high: 24.5, sky: "sunny" },
        { high: 19, sky: "rain" },
      ],
    }),
    text("Zürich is sunny. Now the trains to Lugano."),
    toolStart({ id: "toolu_02", name: "find_trains", input: { from: "Zürich HB", to: "Lugano" } }),
    executing({ id: "toolu_02", name: "find_trains", input: { from: "Zürich HB", to: "Lugano" } }),
    event("tool_use.stop"),
    result("toolu_01", { departures: ["07:05", "07:33", "08:05"], changes: 0 }),
    thinking("Three trains, all direct."),
    text("Take the train at 07:33: it is direct, and you arrive before the rain."),
  ),
  "agent/two-answers.sse": turn(
    text("The first answer."),
    event("text.start"),
    event("text.delta", { content: "The second" }),
  ),
  "chat/cut-off.sse": turn(text(WEATHER)).slice(0, -5),
  "chat/greeting.sse": turn(text("Good morning! What shall we do today?")),
  "chat/odd-framing.sse": turn(
    text("One event more"),
    raw('id: 7\nevent: text.notice\ndata: {"content":\ndata: "x"}\n\n'),
  ),
  "chat/weather.sse": turn(
    thinking("A look at the forecast will do."),
    tool({ id: "toolu_01" }),
    result("toolu_01"),
    text(WEATHER),
  ),
  "chat/why-blue.sse": turn(thinking("Scattering."), text("Because air scatters blue light more than red.")),
};

/** Writes them with their tapes below a folder. */
export async function writeRecordings(folder: string): Promise<void> {
  for (const [path, writes] of Object.entries(RECORDINGS)) {
    const tape = await createTape(`${folder}/${path}`, {
      ssert: 1,
      recordedAt: "2026-01-01T00:00:00.000Z",
      tool: "ssert 0.1.0",
      provenance: "synthetic",
      boundaries: "exact",
      protocol: "pokee",
      response: { status: 200, headers: { "content-type": "text/event-stream" } },
    });
    let elapsedUs = 0;
    for (const write of writes) {
      const bytes = typeof write.text === "string" ? new TextEncoder().encode(write.text) : write.text;
      // No two writes of a server take the same time; the picture stays the same.
      const afterUs = Math.round(write.pauseMs * (700 + ((elapsedUs / 7) % 600)));
      elapsedUs += afterUs;
      tape.append(bytes, afterUs);
    }
    await tape.finish("eof", elapsedUs + 40_000);
  }
}
