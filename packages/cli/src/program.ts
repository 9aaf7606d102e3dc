import { Command, CommanderError } from "commander";
import { explain } from "./errors.ts";
import { mount } from "./mount.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import { verbs } from "./verbs.ts";
import { version } from "./version.ts";

const EXAMPLE = `
Example: record a live stream, check it, and serve it to your tests

  ssert record https://api.example.com/chat -d '{"message":"hi"}' -o chat.sse
  ssert validate chat.sse
  ssert replay chat.sse --port 8080

"ssert COMMAND --help" explains a command and shows an example.
Exit codes: 0 clean, 1 findings, 2 could not run.
`;

/** Runs one command line (without node and script) and returns its exit code; what a command throws is told on stderr. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command("ssert")
    .description("Records Server-Sent Events streams, replays them, and proves that they conform.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .usage("COMMAND [options]")
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: () => {}, // told once, below
      getOutHasColors: () => terminal.outColor,
      getErrHasColors: () => terminal.errColor,
    })
    .exitOverride()
    .addHelpText("after", EXAMPLE);

  const wanted = args[0];
  await mount(program, verbs, args, terminal, (result) => {
    code = result;
  });

  if (wanted === undefined) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Commander ends --help and --version by throwing, too.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { SSERT_DEBUG } = terminal.env;
    const help = verbs.some(({ name }) => name === wanted) ? `ssert ${wanted} --help` : "ssert --help";
    terminal.err(explain(error, SSERT_DEBUG === "1", help));
    return 2;
  }
}
