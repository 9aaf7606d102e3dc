import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Define } from "../define.ts";
import { CommandError } from "../errors.ts";
import { addExample } from "../help.ts";
import type { Written } from "../init/files.ts";
import { type SetUp, setUp } from "../init/set-up.ts";
import { addCommand } from "../init/steps.ts";
import { counted, jsonText } from "../phrases.ts";
import { type Style, styleFor } from "../style.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";

interface InitFlags {
  readonly json?: boolean;
}

const EXAMPLE = `
Example: let CI hold the tapes of this project against their protocol

  ssert init .
  sh ci/ssert.sh

What it writes, and never overwrites:
  .gitattributes              keeps git from changing the bytes of tapes
  .gitignore                  .ssert/, where commands keep their own files
  ssert.config.ts             every key, explained (.mjs in a CommonJS package)
  .github/workflows/ssert.yml "ssert validate" on GitHub Actions
  ci/ssert.sh                 the same steps for any other CI
The commands in them are for the tapes and the package manager that it finds.
What stands in the way of a file is told, and the other files are written.
Exit codes: 0 done, also where everything was there; 2 a file cannot be written.
`;

export const define: Define = (command, terminal, finish) => {
  command
    .description("Prepares a project: git attributes, a configuration with comments, a workflow for CI.")
    .argument("[dir]", "the project's folder", ".")
    .option("--json", "print JSON");
  addExample(command, EXAMPLE);
  command.action(async (dir: string, flags: InitFlags) => {
    finish(await init(dir, flags, terminal));
  });
};

async function init(dir: string, flags: InitFlags, terminal: Terminal): Promise<ExitCode> {
  const stats = await stat(dir).catch(() => undefined);
  if (stats === undefined) {
    throw new CommandError("usage", `init: the folder ${dir} does not exist; make it first, or name another`);
  }
  if (!stats.isDirectory()) throw new CommandError("usage", `init: ${dir} is a file; name the project's folder`);
  const result = await setUp(resolve(dir));
  const print = flags.json ? printJson : printText;
  print(result, terminal);
  const failed = failures(result);
  if (failed.length === 0) return 0;
  const names = failed.map(({ path, reason = "" }) => visible(`${shown(path)} (${reason})`)).join(", ");
  throw new CommandError(
    "unwritable",
    `init: cannot write ${names}; ${failed.length < result.files.length ? "the other files are done; " : ""}mend that and run it again`,
  );
}

function failures({ files }: Pick<SetUp, "files">): readonly Written[] {
  return files.filter(({ status }) => status === "failed");
}

const shown = (path: string): string => relative("", path);

function printJson(result: SetUp, terminal: Terminal): void {
  const { streams, bare, input } = result.tapes;
  const told = {
    files: result.files.map(({ path, status, lines = [], reason }) => ({ path: shown(path), status, lines, reason })),
    tapes: { streams, bare, input },
    packageManager: result.project.manager === "berry" ? "yarn" : (result.project.manager ?? null),
    next: nextSteps(result),
  };
  terminal.out(jsonText(told));
}

function printText(result: SetUp, terminal: Terminal): void {
  const style = styleFor(terminal.outColor);
  for (const file of result.files) terminal.out(line(file, style));
  const { streams, input } = result.tapes;
  const found = streams === 0 ? "No tapes yet" : `Found ${counted(streams, "stream")}`;
  terminal.out(`\n${found}: the commands say ${style("bold", visible(input))}.\n\nNext:\n`);
  for (const step of nextSteps(result)) terminal.out(`  - ${visible(step)}\n`);
}

function line({ path, status, lines = [], reason }: Written, style: Style): string {
  const word = status.padEnd("appended".length);
  const coloured = status === "exists" ? word : style(status === "failed" ? "red" : "green", word);
  const more = reason ?? (status === "exists" ? "left alone" : lines.join(", "));
  return `${coloured}  ${visible(shown(path))}${more === "" ? "" : ` (${visible(more)})`}\n`;
}

/** What the reader does now, the most urgent first. */
function nextSteps({ tapes, project, repository, files }: SetUp): readonly string[] {
  const { manager, installed } = project;
  const workflow = files.find(({ path }) => path.endsWith(".yml"));
  const script = files.find(({ path }) => path.endsWith(".sh"));
  return [
    ...failures({ files }).map(
      ({ path }) => `put right what keeps ${shown(path)} from being written, and run ssert init again`,
    ),
    ...(manager === undefined || installed ? [] : [`${addCommand(manager)}: CI runs the version that you install`]),
    ...(tapes.streams > 0
      ? []
      : [`record a stream: ssert record URL -o ${tapes.input}/NAME.sse; until there is one, CI fails`]),
    ...(tapes.bare === 0
      ? []
      : [
          `${counted(tapes.bare, "stream")} without NAME.sse.tape: name the protocol in ssert.config, or only the framing is checked`,
        ]),
    ...(workflow?.differs ? [`${shown(workflow.path)} was there: compare its steps with ci/ssert.sh`] : []),
    ...(script?.status === "failed" ? [] : ["sh ci/ssert.sh: what CI will do"]),
    repository
      ? "commit the files"
      : "this is no git repository: .gitattributes and the workflow work once it is one (git init)",
  ];
}
