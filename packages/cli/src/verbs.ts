import type { Verb } from "./mount.ts";

/** In the order in which a newcomer needs them. */
export const verbs: readonly Verb[] = [
  {
    name: "record",
    summary: "send one request and keep the live stream as a tape",
    load: () => import("./commands/record.ts"),
  },
  {
    name: "proxy",
    summary: "stand before a server, record what any client receives",
    load: () => import("./commands/proxy.ts"),
  },
  {
    name: "validate",
    summary: "say where streams break their protocol",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "replay",
    summary: "serve tapes over HTTP, byte for byte",
    load: () => import("./commands/replay.ts"),
  },
  {
    name: "mock",
    summary: "serve the whole PokeePokee API on this machine",
    load: () => import("./commands/mock.ts"),
  },
  {
    name: "diff",
    summary: "say whether the API has moved since it was recorded",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "inspect",
    summary: "show what a tape holds, when it came, and in what state it is",
    load: () => import("./commands/inspect.ts"),
  },
  {
    name: "fuzz",
    summary: "find the bugs of an SSE parser or client",
    load: () => import("./commands/fuzz.ts"),
  },
  {
    name: "protocol",
    summary: "list the protocols that ssert knows, show their rules",
    load: () => import("./commands/protocol.ts"),
  },
];
