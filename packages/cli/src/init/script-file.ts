import type { Steps } from "./steps.ts";

/** The workflow's steps as a plain shell script, run from anywhere. */
export function scriptFile({ needs, install, validate, annotate }: Steps): string {
  return `\
#!/bin/sh
# Holds recorded streams against their protocol, in any CI and on any machine: sh ci/ssert.sh
# Written by "ssert init", yours to change. The same steps as .github/workflows/ssert.yml.
# It needs ${needs}. GitLab, Jenkins and others read --format junit.
# Exit codes: 0 every stream is valid; 1 findings; 2 an input could not be read.
set -eu
cd "$(dirname "$0")/.."

${install === undefined ? "" : `${install}\n\n`}\
status=0
${validate} || status=$?

# Only GitHub reads annotations.
if [ "\${GITHUB_ACTIONS:-}" = true ]; then
  ${annotate}
fi
exit "$status"
`;
}
