import type { Steps } from "./steps.ts";

/**
 * The workflow for GitHub Actions. `below`: the folder of the streams relative to the top of the repository, with slashes;
 * empty at the top.
 */
export function workflowFile(steps: Steps, below: string): string {
  const { setUp, install, validate, annotate, sarif } = steps;
  const all = [
    ["name: Check out", "uses: actions/checkout@v6", "with:", "  persist-credentials: false"],
    ...setUp,
    ...(install === undefined ? [] : [["name: Install", `run: ${install}`]]),
    ["name: Validate", "run: |", `  ${validate}`],
    // Also after findings: that is when there is something to show.
    ["name: Annotate", `if: \${{ !cancelled() }}`, "run: |", `  ${annotate}`],
  ];
  // Not further down: code scanning takes the paths of the report for paths from the top.
  const upload = below === "" ? uploadStep(sarif) : undefined;
  return `\
# Holds recorded streams against their protocol. Written by "ssert init", yours to change.
# ci/ssert.sh has the same steps for any other CI.
name: ssert

on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read
${upload === undefined ? "" : "  # security-events: write # for the upload below\n"}
jobs:
  validate:
    runs-on: ubuntu-latest
    timeout-minutes: 15
${below === "" ? "" : `    defaults:\n      run:\n        working-directory: '${below.replaceAll("'", "''")}'\n`}\
    steps:
${all.map(step).join("\n")}${upload === undefined ? "" : commented(upload)}`;
}

function uploadStep(sarif: string): readonly string[] {
  return [
    "name: Upload to code scanning",
    `if: \${{ !cancelled() }}`,
    "uses: github/codeql-action/upload-sarif@v4",
    "with:",
    `  sarif_file: ${sarif}`,
  ];
}

function commented(upload: readonly string[]): string {
  const why = `\
      # Findings in the "Security" tab, too (public repositories, or with GitHub Code Security).
      # It warns of "inconsistent" fingerprints: ssert's are not those of lines, since they outlive a new recording.
`;
  return `\n${why}${step(upload).replaceAll(/^ {6}/gm, "      # ")}`;
}

/** One item of the list of steps. */
function step([first = "", ...more]: readonly string[]): string {
  return [`      - ${first}`, ...more.map((line) => `        ${line}`)].map((line) => `${line}\n`).join("");
}
