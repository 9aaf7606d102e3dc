// The main job before your eyes: record a live session, validate it, replay it.
//
//   node tools/tour.ts [--folder DIR] [--pace MS] [--sources]        (`npm start`, after a build)
//
// Every step is a real `ssert` process and a real HTTP exchange between real servers on loopback. The tour ends by itself,
// with an exit code other than 0 if anything is not as it should be, and takes its processes with it, whatever happens.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createPrograms } from "./tour/processes.ts";
import { bad } from "./tour/screen.ts";
import { tour } from "./tour/steps.ts";

const { values: flags } = parseArgs({
  options: {
    /** Where the tapes go; the folder is emptied first. */
    folder: { type: "string", default: ".ssert/tour" },
    /** Milliseconds between the events of the mock's answers. */
    pace: { type: "string" },
    /** Run the command from its TypeScript sources instead of the build. */
    sources: { type: "boolean", default: false },
  },
});

const SOURCES = ["--conditions=@ssert/source", "--no-warnings", "packages/cli/src/main.ts"] as const;
const BUILT = ["packages/cli/bin/ssert.js"] as const;
const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

const programs = createPrograms([process.execPath, ...(flags.sources ? SOURCES : BUILT)], root);
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort(signal));

try {
  const whenInterrupted = new Promise<never>((_, reject) => {
    interrupted.signal.addEventListener("abort", () => reject(new Error("interrupted")));
  });
  await Promise.race([tour(programs, { folder: flags.folder, pace: flags.pace }), whenInterrupted]);
} catch (error) {
  // Ctrl-C reaches the programs as well as the tour: whichever ends first, it is Ctrl-C that is told.
  await programs.stopAll();
  const reason = error instanceof Error ? error.message : String(error);
  const { aborted, reason: signal } = interrupted.signal;
  bad(aborted ? `the tour was ended by ${signal}` : `the tour failed: ${reason}`);
  process.exitCode = aborted ? 130 : 1;
} finally {
  await programs.stopAll();
}
