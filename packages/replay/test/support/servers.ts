import {
  type MockOptions,
  type ReplayOptions,
  type ReplayServer,
  type RunningServer,
  startMock,
  startReplay,
} from "@ssert/replay";
import { onTestFinished } from "vitest";

/** Servers that a test need not close. */
export async function replaying(options: ReplayOptions): Promise<ReplayServer> {
  const server = await startReplay(options);
  onTestFinished(() => server.close());
  return server;
}

export async function mocking(options: MockOptions = {}): Promise<RunningServer> {
  const server = await startMock(options);
  onTestFinished(() => server.close());
  return server;
}
