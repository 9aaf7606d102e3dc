import { describe, expect, test } from "vitest";
import { encodeMockEvent } from "../src/mock/answers.ts";
import { nextChunk, receive } from "./support/http.ts";
import { ManualTimer } from "./support/manual-timer.ts";
import { PokeeClient } from "./support/pokee.ts";
import { mocking } from "./support/servers.ts";
import { tapeFolder } from "./support/tapes.ts";

const folder = tapeFolder();

function event(type: string): string {
  return Buffer.from(encodeMockEvent({ type, data: {} })).toString();
}

const request = { method: "POST", url: "https://api.example/v1/sessions/live/messages", body: '{"message":"Hi"}' };

describe("a mock with tapes", () => {
  test("answers messages with them, in order, then with the last again, byte for byte", async () => {
    const tapes = [
      await folder.record("first", {
        request,
        chunks: [
          [0, event("message.created")],
          [1, ": first\n\n"],
        ],
      }),
      await folder.bare("second", "data: second\r\n\r\n"),
    ];
    const { url } = await mocking({ tapes, pace: 0 });
    const api = new PokeeClient(url);
    const session = await api.open();
    const other = await api.open();
    expect((await api.say(session, "One")).text).toBe(`${event("message.created")}: first\n\n`);
    expect((await api.say(other, "Two")).text).toBe("data: second\r\n\r\n");
    expect((await api.say(session, "Three")).text).toBe("data: second\r\n\r\n");
  });

  test("passes over tapes that are no message streams", async () => {
    const tapes = [
      await folder.record("session", {
        response: { status: 200, headers: { "content-type": "application/json" } },
        chunks: [[0, "{}"]],
      }),
      await folder.record("busy", { response: { status: 409 }, chunks: [[0, "{}"]] }),
      await folder.record("stream", { request, chunks: [[0, "data: x\n\n"]] }),
    ];
    const api = new PokeeClient((await mocking({ tapes, pace: 0 })).url);
    expect((await api.say(await api.open(), "Hi")).text).toBe("data: x\n\n");
    await expect(mocking({ tapes: tapes.slice(0, 2) })).rejects.toMatchObject({ code: "no-tapes" });
  });

  test("plays them at the pace recorded, and is free with the last chunk", async () => {
    const tapes = [
      await folder.record("paced", {
        request,
        chunks: [
          [5, "data: a\n\n"],
          [700, "data: b\n\n"],
        ],
        elapsedMs: 60_000,
      }),
    ];
    const timer = new ManualTimer();
    const api = new PokeeClient((await mocking({ tapes, timer })).url);
    const session = await api.open();
    const answer = await api.begin(session, "Hi");
    expect(await timer.next()).toBe(5);
    expect(await nextChunk(answer)).toBe("data: a\n\n");
    expect(await api.busy(session)).toBe(true);
    expect(await timer.next()).toBe(705);
    expect(await receive(answer)).toMatchObject({ text: "data: b\n\n", complete: true });
    expect(await api.busy(session)).toBe(false);
  });

  test("breaks off where the recording did, and is free", async () => {
    const tapes = [await folder.record("broken", { request, chunks: [[5, "data: a\n\n"]], end: "cut" })];
    const api = new PokeeClient((await mocking({ tapes, pace: 0 })).url);
    const session = await api.open();
    expect(await api.say(session, "Hi")).toMatchObject({ text: "data: a\n\n", complete: false });
    expect(await api.busy(session)).toBe(false);
  });
});

test.each([-1, Number.NaN])("a pace of %d is refused", async (pace) => {
  await expect(mocking({ pace })).rejects.toMatchObject({ code: "bad-option" });
});
