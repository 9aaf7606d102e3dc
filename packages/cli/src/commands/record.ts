import { record } from "@ssert/record";
import type { Command } from "commander";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { addExample, collect } from "../help.ts";
import { findProtocol } from "../protocols.ts";
import { seconds, size } from "../quantities.ts";
import { createWatch } from "../record/watch.ts";
import { type RequestFlags, requestParts } from "../request.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { tool } from "../version.ts";

interface RecordFlags extends RequestFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly print?: boolean;
  readonly protocol?: string;
  readonly maxTime?: number;
  readonly idleTimeout?: number;
  readonly maxBytes?: number;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: ask a question, watch the answer come, keep it

  export POKEE_KEY=…
  ssert record https://api.example.com/v1/sessions/s1/messages -o hi.sse \\
    -H 'Authorization: Bearer \${POKEE_KEY}' -d '{"message":"hi"}' --print

\${NAME} in a header is read from the environment, so write it in single quotes.
Keys and cookies are never written to a tape. Ctrl-C ends it and keeps the tape.
Exit codes: 0 a 200 event stream that ended well; 1 any other answer, or errors
found; 2 could not run.
`;

export const define: Define = (command, terminal, finish) => {
  describe(command);
  command.action(async (url: string, flags: RecordFlags) => {
    finish(await recordOne(url, flags, terminal));
  });
};

function describe(command: Command): void {
  command
    .description(
      "Sends one request and keeps the response as a tape: NAME.sse has its exact bytes, NAME.sse.tape says when they came.",
    )
    .argument("<url>", "where to send the request, http://… or https://…")
    .option("-X, --request <method>", "method; GET, or POST with -d")
    .option("-H, --header <header>", "'Name: value', or @FILE with one a line; repeatable", collect)
    .option("-d, --data <data>", "request body: text, @FILE, or - for stdin")
    .option("-o, --output <name.sse>", "the tape to write")
    .option("--force", "overwrite the tape if it exists")
    .option("--print", "show the events as they come")
    .option("--protocol <protocol>", "check while recording: a name or a protocol file")
    .option("--max-time <time>", "stop after 30, 30s, 500ms, 2m …", seconds)
    .option("--idle-timeout <time>", "stop when nothing has come for this long", seconds)
    .option("--max-bytes <size>", "stop after 4096, 10MB, 1GiB …", size)
    .option("--json", "print JSON, one object a line");
  addExample(command, EXAMPLE);
}

async function recordOne(url: string, flags: RecordFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.output === undefined) {
    throw new CommandError(
      "usage",
      "record needs -o NAME.sse to know where to keep the tape; add for example -o stream.sse",
    );
  }
  const protocol = flags.protocol === undefined ? undefined : await findProtocol(flags.protocol);
  const request = await requestParts(flags, terminal);
  const watch = createWatch(terminal, { print: flags.print ?? false, json: flags.json ?? false, protocol });
  const stopped = new AbortController();
  const off = terminal.onStop(() => stopped.abort());
  try {
    const recording = await record({
      url,
      method: request.method,
      headers: request.headers,
      ...(request.body && { body: request.body }),
      output: flags.output,
      force: flags.force ?? false,
      tool,
      ...(protocol && { protocol: protocol.name }),
      signal: stopped.signal,
      ...(flags.maxTime !== undefined && { maxTimeMs: flags.maxTime }),
      ...(flags.idleTimeout !== undefined && { idleTimeoutMs: flags.idleTimeout }),
      ...(flags.maxBytes !== undefined && { maxBytes: flags.maxBytes }),
      onResponse: watch.response,
      onChunk: watch.chunk,
    });
    return watch.end(recording);
  } finally {
    off();
  }
}
