import { describe, expect, test } from "vitest";
import { Agent } from "../src/mock/agent.ts";
import { Session, Sessions } from "../src/mock/session.ts";
import type { Steps } from "../src/steps.ts";
import { ManualTimer } from "./support/manual-timer.ts";

describe("a session", () => {
  test("takes one message at a time", () => {
    const session = new Session("s", false);
    expect(session.busy).toBe(false);
    expect(session.begin()).toBe(true);
    expect(session.busy).toBe(true);
    expect(session.begin()).toBe(false);
    session.finish();
    expect(session.begin()).toBe(true);
  });

  test("that is idle and the oldest is forgotten when there are too many", () => {
    const sessions = new Sessions(2);
    sessions.open("busy", false).begin();
    sessions.open("idle", false);
    sessions.open("new", false);
    expect(["busy", "idle", "new"].map((id) => sessions.find(id)?.id)).toEqual(["busy", undefined, "new"]);
  });
});

describe("the agent", () => {
  const nobody = { flush() {}, cork() {}, uncork() {}, write: () => true, drained: () => Promise.resolve() };

  test("frees the session before the client sees the end", async () => {
    const session = new Session("s", false);
    let busyAtEnd: boolean | undefined;
    async function* steps(): Steps {
      yield [{ atUs: 0, end: "eof" }];
    }
    const client = {
      ...nobody,
      end() {
        busyAtEnd = session.busy;
      },
    };
    await new Agent(new ManualTimer()).run(session, steps(), client);
    expect(busyAtEnd).toBe(false);
  });

  test("does not end the next message when it tidies up after the last", async () => {
    const session = new Session("s", false);
    async function* steps(): Steps {
      yield [{ atUs: 0, end: "eof" }];
    }
    await new Agent(new ManualTimer()).run(session, steps(), { ...nobody, end: () => void session.begin() });
    expect(session.busy).toBe(true);
  });

  test("frees the session when its answer cannot be read", async () => {
    const session = new Session("s", false);
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give
    async function* steps(): Steps {
      throw new Error("disk");
    }
    await expect(new Agent(new ManualTimer()).run(session, steps(), { ...nobody, end() {} })).rejects.toThrow("disk");
    expect(session.busy).toBe(false);
  });
});
