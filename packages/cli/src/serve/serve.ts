import type { StopSignal, Terminal } from "../terminal.ts";

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Runs a server until the user or the system ends it. The first line on stdout is `listening on URL`, once connections are
 * accepted: scripts wait for it and read the port from it. Returns the closed server, for a last word about it.
 */
export async function serve<S extends Server>(terminal: Terminal, start: () => Promise<S>): Promise<S> {
  // Listen for the end before the server starts: a signal in between must not be lost.
  const { promise: stopped, resolve: stop } = Promise.withResolvers<StopSignal>();
  const off = terminal.onStop(stop);
  try {
    const server = await start();
    terminal.out(`listening on ${server.url}\n`);
    await stopped;
    await server.close();
    return server;
  } finally {
    off();
  }
}
