import type { Protocol } from "../../src/index.ts";
import { define, ev, type Sent } from "./streams.ts";

/**
 * A protocol that has nothing to do with agents: files are uploaded side by side in a session, and rights are granted, used
 * and revoked. It has what Pokee lacks: numbered keys, compound keys, kinds by subtype, counters, steps in the stream's
 * scope, something after the end.
 */
export const upload: Protocol = define(
  "manifest checkpoint chunk checksum thumbnail file_end grant use revoke done failed bye",
  {
    session: {
      open: "begin",
      inner: [{ manifest: "once" }, { checkpoint: "any" }],
      close: "done",
      abort: "failed",
      after: "bye",
      constant: { user: { begin: "/user", done: "/user" } },
      counters: { seq: { of: { "*": "/seq" }, from: 0 } },
    },
    file: {
      in: "session",
      key: "/file",
      numbered: { from: 1 },
      open: "file",
      inner: { chunk: "any" },
      close: "file_end",
      kinds: {
        text: {
          open: "file[text]",
          inner: [{ chunk: "any" }, { checksum: "once" }],
          joined: { content: { of: { chunk: "/bytes" }, at: { checksum: "/content" }, match: "equal" } },
        },
        image: { open: "file[image]", inner: { chunk: "some", thumbnail: "optional" } },
      },
    },
    right: {
      in: "session",
      key: ["/user", "/right"],
      reuse: false,
      open: "grant",
      inner: { use: "any" },
      close: "revoke",
      mustClose: ["use"],
    },
  },
  {
    events: {
      begin: { schema: { required: ["user"] } },
      file: { subtype: "/kind", schema: { required: ["file"], properties: { file: { type: "integer" } } } },
    },
  },
);

/** A stream with everything in it; `seq` is filled in. */
export const uploaded: readonly Sent[] = numbered([
  ["begin", { user: "ann" }],
  ["manifest", {}],
  ["file", { file: 1, kind: "text" }],
  ["grant", { user: "bob", right: "read" }],
  ["chunk", { file: 1, bytes: "to be " }],
  ["file", { file: 2, kind: "image" }],
  ["chunk", { file: 2, bytes: "…" }],
  ["chunk", { file: 1, bytes: "or not" }],
  ["use", { user: "bob", right: "read" }],
  ["checksum", { file: 1, content: "to be or not" }],
  ["thumbnail", { file: 2 }],
  ["file_end", { file: 1 }],
  ["checkpoint", {}],
  ["file_end", { file: 2 }],
  ["file", { file: 3, kind: "movie" }],
  ["chunk", { file: 3, bytes: "?" }],
  ["file_end", { file: 3 }],
  ["revoke", { user: "bob", right: "read" }],
  ["grant", { user: "bob", right: "write" }],
  ["done", { user: "ann" }],
]);

/** Events with `seq` counted up from 0. */
export function numbered(events: readonly (readonly [string, Readonly<Record<string, unknown>>])[]): readonly Sent[] {
  return events.map(([type, data], seq) => ev(type, { ...data, seq }));
}

/** A stream with `seq` counted anew: after an event was taken out or put in. */
export function renumbered(events: readonly Sent[]): readonly Sent[] {
  return events.map(({ data }, seq) => ({ data: JSON.stringify({ ...JSON.parse(data), seq }) }));
}
