import { startMock } from "@ssert/replay";
import type { Define } from "../define.ts";
import { addExample } from "../help.ts";
import { milliseconds, port } from "../quantities.ts";
import { logExchange } from "../serve/exchanges.ts";
import { serve } from "../serve/serve.ts";
import type { Terminal } from "../terminal.ts";

interface MockFlags {
  readonly port?: number;
  readonly pace?: number;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: talk to an agent that runs on this machine

  ssert mock --port 8080

  # in another terminal; the first answer names the session, ID
  curl http://127.0.0.1:8080/v1/sessions -H 'Authorization: Bearer x' -d '{}'
  curl -N http://127.0.0.1:8080/v1/sessions/ID/messages \\
    -H 'Authorization: Bearer x' -d '{"message":"Write a short poem"}'

Any key will do. Words in the message choose the answer: poem, think, tools,
long, unicode, fail. A session runs one message at a time (409 while busy), and
goes on when its client leaves.
The first line on stdout is "listening on http://127.0.0.1:PORT"; exchanges are
told on stderr. Ctrl-C ends it.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Serves the PokeePokee API on this machine: sessions, messages that stream, and its errors.")
    .argument("[tapes...]", "answer messages with these tapes (files, folders) instead of the built-in script")
    .option("--port <port>", "port to listen on; 0 (default) takes a free one", port)
    .option("--pace <time>", "wait this long between events: 40, 40ms, 1s; 0 for none", milliseconds)
    .option("--json", "print each exchange as one line of JSON on stdout")
    .action(async (inputs: readonly string[], flags: MockFlags) => {
      await runMock(inputs, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function runMock(inputs: readonly string[], flags: MockFlags, terminal: Terminal): Promise<void> {
  const tapes = inputs.length === 0 ? undefined : await (await import("../serve/tapes.ts")).openTapes(inputs);
  await serve(terminal, () =>
    startMock({
      ...(tapes && { tapes }),
      port: flags.port ?? 0,
      ...(flags.pace !== undefined && { pace: flags.pace }),
      onExchange: logExchange(terminal, flags.json ?? false),
    }),
  );
}
