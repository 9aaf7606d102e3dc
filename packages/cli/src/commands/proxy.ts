import { type Recording, startProxy } from "@ssert/record";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import { jsonLine } from "../phrases.ts";
import { findProtocol } from "../protocols.ts";
import { port } from "../quantities.ts";
import { describeRecording } from "../record/describe-recording.ts";
import { serve } from "../serve/serve.ts";
import type { Terminal } from "../terminal.ts";
import { tool } from "../version.ts";

interface ProxyFlags {
  readonly dir?: string;
  readonly port?: number;
  readonly all?: boolean;
  readonly protocol?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: record what your own program receives

  ssert proxy https://api.example.com --dir tapes --port 8080

  # in another terminal
  API_URL=http://127.0.0.1:8080 python my_client.py

The first line on stdout is "listening on http://127.0.0.1:PORT"; recordings are
told on stderr. Ctrl-C ends it, after the tapes in progress are finished.
Keys and cookies pass through, and are never written.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Stands before a server: passes everything on, and keeps every event stream as a tape in a folder.")
    .argument("<origin>", "the server to stand before, http://HOST or https://HOST")
    .option("--dir <folder>", "where the tapes go")
    .option("--port <port>", "port to listen on; 0 (default) takes a free one", port)
    .option("--all", "record every response, not only event streams")
    .option("--protocol <protocol>", "what the tapes say they follow: a name or a protocol file")
    .option("--json", "print each recording as one line of JSON on stdout")
    .action(async (origin: string, flags: ProxyFlags) => {
      await runProxy(origin, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function runProxy(origin: string, flags: ProxyFlags, terminal: Terminal): Promise<void> {
  const { dir } = flags;
  if (dir === undefined) {
    throw new CommandError(
      "usage",
      "proxy needs --dir FOLDER to know where to keep the tapes; add for example --dir tapes",
    );
  }
  const protocol = flags.protocol === undefined ? undefined : await findProtocol(flags.protocol);
  await serve(terminal, () =>
    startProxy({
      origin,
      dir,
      port: flags.port ?? 0,
      all: flags.all ?? false,
      tool,
      ...(protocol && { protocol: protocol.name }),
      onRecording: (recording: Recording) => {
        if (flags.json) terminal.out(jsonLine({ recording }));
        else terminal.err(`${describeRecording(recording)}\n`);
      },
      onError: (error) => terminal.err(`ssert: ${error.message}\n`),
    }),
  );
}
