import { startReplay } from "@ssert/replay";
import type { Define } from "../define.ts";
import { addExample } from "../help.ts";
import { milliseconds, port, speed } from "../quantities.ts";
import { logExchange } from "../serve/exchanges.ts";
import { serve } from "../serve/serve.ts";
import { openTapes } from "../serve/tapes.ts";
import type { Terminal } from "../terminal.ts";

interface ReplayFlags {
  readonly port?: number;
  readonly speed?: "recorded" | "instant" | number;
  readonly maxGap?: number;
  readonly json?: boolean;
}

const EXAMPLE = `
Example: let your tests talk to a recorded session

  ssert replay tapes --port 8080 --speed instant

  # in another terminal
  curl -N http://127.0.0.1:8080/v1/sessions/s1/messages -d '{"message":"hi"}'

A tape answers the request that it was recorded from: same method, path, query
and body. The same request again gets the next tape recorded for it; when they
are used up, the last again. A stream without a NAME.sse.tape answers any.
The first line on stdout is "listening on http://127.0.0.1:PORT"; exchanges are
told on stderr. Ctrl-C ends it.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .description(
      "Serves recorded streams over HTTP: the same bytes in the same chunks, at the pace they were recorded.",
    )
    .argument("<tapes...>", "tapes (NAME.sse), and folders of them")
    .option("--port <port>", "port to listen on; 0 (default) takes a free one", port)
    .option("--speed <speed>", "recorded (default), instant, or a factor: 2 is twice as fast", speed)
    .option("--max-gap <time>", "never wait longer than this between chunks: 500, 500ms, 2s", milliseconds)
    .option("--json", "print each exchange as one line of JSON on stdout")
    .action(async (inputs: readonly string[], flags: ReplayFlags) => {
      await runReplay(inputs, flags, terminal);
      finish(0);
    });
  addExample(command, EXAMPLE);
};

async function runReplay(inputs: readonly string[], flags: ReplayFlags, terminal: Terminal): Promise<void> {
  const tapes = await openTapes(inputs);
  const server = await serve(terminal, () =>
    startReplay({
      tapes,
      port: flags.port ?? 0,
      speed: flags.speed ?? "recorded",
      ...(flags.maxGap !== undefined && { maxGapMs: flags.maxGap }),
      onExchange: logExchange(terminal, flags.json ?? false),
    }),
  );
  const unused = server.unused();
  if (unused.length > 0) terminal.err(`never asked for: ${unused.join(", ")}\n`);
}
