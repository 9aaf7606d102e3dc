import { fileURLToPath } from "node:url";
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
          // Many tests start the command from its sources as a process of its own: with the compiled code kept, that takes half.
          env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) },
          testTimeout: 30_000, // a guard against hanging, generous enough for processes started on a busy machine
          benchmark: { include: ["packages/*/bench/**/*.bench.ts"] },
        },
      },
      { extends: true, test: { name: "installed", include: ["test/installed.test.ts"] } },
    ],
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts"], reporter: ["text-summary", "json-summary"] },
  },
});
