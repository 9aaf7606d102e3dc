import type { Reporter } from "vitest/node";

/** Says of every skipped test why it was: vitest's own summary only counts them. */
export const skippedReporter: Reporter = {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = result.state === "skipped" ? result.note : undefined;
        console.log(`skipped: ${module.relativeModuleId} > ${test.fullName}: ${reason ?? "NO REASON GIVEN"}`);
      }
    }
  },
};
