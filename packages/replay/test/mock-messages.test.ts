import { once } from "node:events";
import { connect } from "node:net";
import type { Exchange } from "@ssert/replay";
import { describe, expect, test } from "vitest";
import { nextChunk, receive } from "./support/http.ts";
import { ManualTimer } from "./support/manual-timer.ts";
import { eventsOf, PokeeClient, textOf } from "./support/pokee.ts";
import { mocking } from "./support/servers.ts";

async function slowApi(): Promise<{ timer: ManualTimer; api: PokeeClient; session: string; told: Promise<Exchange> }> {
  const timer = new ManualTimer();
  let tell: (exchange: Exchange) => void = () => {};
  const told = new Promise<Exchange>((resolve) => {
    tell = resolve;
  });
  const onExchange = (exchange: Exchange): void => {
    if (exchange.target.endsWith("/messages")) tell(exchange);
  };
  const { url } = await mocking({ timer, onExchange });
  const api = new PokeeClient(url);
  return { timer, api, session: await api.open(), told };
}

describe("a message", () => {
  test("is answered with an event stream that nothing buffers", async () => {
    const { url } = await mocking({ pace: 0 });
    const api = new PokeeClient(url);
    const answer = await api.say(await api.open(), "Write a short poem about persistent storage.");
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/event-stream");
    expect(answer.headers["x-accel-buffering"]).toBe("no");
    expect(answer.complete).toBe(true);
    expect(textOf(eventsOf(answer.text))).toContain("asked for “Write a short poem about persistent storage.”");
  });

  test("gives one write an event, without a pace too", async () => {
    const { url } = await mocking({ pace: 0 });
    const api = new PokeeClient(url);
    const { chunks, text } = await api.say(await api.open(), "tools");
    expect(chunks.map((chunk) => eventsOf(chunk).length)).toEqual(eventsOf(text).map(() => 1));
  });

  test("comes at the pace of 35 ms an event", async () => {
    const { timer, api, session } = await slowApi();
    const answer = await api.begin(session, "Hello");
    expect(eventsOf(await nextChunk(answer))[0]?.type).toBe("message.created");
    expect(await timer.next()).toBe(35);
    expect(eventsOf(await nextChunk(answer))[0]?.type).toBe("text.start");
    expect(await timer.next()).toBe(70);
    const rest = await timer.runUntil(receive(answer));
    expect(eventsOf(rest.text).at(-1)?.type).toBe("message.completed");
  });

  test("keeps the session busy: 409 until its end, then the next one works", async () => {
    const { timer, api, session } = await slowApi();
    expect(await api.busy(session)).toBe(false);
    const answer = await api.begin(session, "Hello");
    expect(await api.busy(session)).toBe(true);
    const refused = await api.say(session, "Are you there?");
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.text).error).toContain(`GET /v1/sessions/${session}`);
    const other = await api.begin(await api.open(), "Hello");
    expect(other.statusCode).toBe(200);
    other.destroy();
    await timer.runUntil(receive(answer));
    expect(await api.busy(session)).toBe(false);
    expect((await timer.runUntil(api.say(session, "Again"))).status).toBe(200);
  });

  test("is worked on to its end although the client has left", async () => {
    const { timer, api, session, told } = await slowApi();
    const answer = await api.begin(session, "Hello");
    await nextChunk(answer);
    answer.destroy();
    expect(await told).toMatchObject({ status: 200, end: "client", tape: undefined });
    for (let event = 0; event < 10; event += 1) await timer.next();
    expect(await api.busy(session)).toBe(true);
    expect((await api.say(session, "Are you there?")).status).toBe(409);
    // As many events as the whole answer has: only then is the session free.
    const left = eventsOf((await wholeAnswer("Hello")).text).length - 1 - 10;
    for (let event = 0; event < left; event += 1) {
      expect(await api.busy(session)).toBe(true);
      await timer.next();
    }
    expect(await api.busy(session)).toBe(false);
    expect((await timer.runUntil(api.say(session, "Again"))).status).toBe(200);
  });

  test("frees its session when it fails, too", async () => {
    const { url } = await mocking({ pace: 0 });
    const api = new PokeeClient(url);
    const session = await api.open();
    expect(eventsOf((await api.say(session, "fail")).text).at(-1)?.type).toBe("message.error");
    expect(await api.busy(session)).toBe(false);
  });

  test("may be sent the moment that the last event is there", async () => {
    const { timer, api, session } = await slowApi();
    const answer = await api.begin(session, "Hello");
    const done = new Promise<number>((resolve) => {
      answer.on("data", (bytes: Buffer) => {
        if (bytes.toString().includes("message.completed"))
          resolve(api.say(session, "Next").then(({ status }) => status));
      });
    });
    expect(await timer.runUntil(done)).toBe(200);
  });

  test("that breaks off before it is complete leaves the server alive", async () => {
    const { url, port } = await mocking({ pace: 0 });
    const api = new PokeeClient(url);
    const session = await api.open();
    const socket = connect(port, "127.0.0.1");
    socket.write(
      `POST /v1/sessions/${session}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\ncontent-length: 100\r\n\r\n{"mess`,
      () => socket.resetAndDestroy(),
    );
    await once(socket, "close");
    expect(await api.busy(session)).toBe(false);
    expect((await api.say(session, "Hello")).status).toBe(200);
  });
});

async function wholeAnswer(message: string): Promise<{ text: string }> {
  const { url } = await mocking({ pace: 0 });
  const api = new PokeeClient(url);
  return api.say(await api.open(), message);
}

describe("closing the mock", () => {
  test("ends open streams and stops the agent", async () => {
    const timer = new ManualTimer();
    const server = await mocking({ timer });
    const api = new PokeeClient(server.url);
    const answer = await api.begin(await api.open(), "Hello");
    await nextChunk(answer);
    const received = receive(answer);
    expect(timer.waiting).toBe(1);
    await server.close();
    expect((await received).complete).toBe(false);
    expect(timer.waiting).toBe(0);
    await expect(api.open()).rejects.toThrow(/ECONNREFUSED/);
  });
});
