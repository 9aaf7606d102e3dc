import type { ParserAdapter } from "../adapters/adapter.ts";
import { loadKnownParser } from "../parsers/load.ts";
import { clientAdapter } from "./client-target.ts";
import { commandAdapter } from "./command-target.ts";
import { loadModule } from "./module-target.ts";
import type { Target } from "./target.ts";

/** The adapter of a target, and what has to be closed when it is done with. */
export interface LoadedTarget {
  readonly adapter: ParserAdapter;
  close(): void;
}

export async function loadTarget(target: Target, timeLimitMs: number): Promise<LoadedTarget> {
  switch (target.kind) {
    case "package":
      return { adapter: await loadKnownParser(target.name, target.folder, target.installedAs), close: () => {} };
    case "module":
      return { adapter: await loadModule(target.path), close: () => {} };
    case "client": {
      const adapter = clientAdapter(target.command, target.folder, timeLimitMs);
      return { adapter, close: () => adapter.close() };
    }
    case "command": {
      const adapter = commandAdapter(target.command, target.folder, timeLimitMs);
      return { adapter, close: () => adapter.close() };
    }
  }
}
