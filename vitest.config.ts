import { defineConfig } from "vitest/config";
import { skippedReporter } from "./tools/skipped-reporter.ts";

export default defineConfig({
  // Tests import the packages by name and run their TypeScript sources: no build, no stale dist.
  ssr: { resolve: { conditions: ["@ssert/source", "node", "import", "default"] } },
  test: {
    reporters: ["default", skippedReporter],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/test/**/*.test.ts", "test/*.test.ts"],
          exclude: ["test/installed.test.ts"],
          testTimeout: 30_000, // a guard against hanging, generous enough for processes started on a busy machine
          benchmark: { include: ["packages/*/bench/**/*.bench.ts"] },
        },
      },
      { extends: true, test: { name: "installed", include: ["test/installed.test.ts"] } },
    ],
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts"], reporter: ["text-summary", "json-summary"] },
  },
});
