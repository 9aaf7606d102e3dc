import type { RuleSeverity } from "@ssert/protocol";

/** What `ssert.config.ts` exports as its default. Flags of the command line come before it. */
export interface Config {
  /** The protocol of streams whose tape names none: a built-in one's name, or the path of a protocol file. */
  readonly protocol?: string;
  /** Severities by rule: `{ "timing/gap": "off", "sse/id": "error" }`. */
  readonly rules?: Readonly<Record<string, RuleSeverity>>;
  /** The file of known findings. */
  readonly baseline?: string;
  /** More warnings than this fail. */
  readonly maxWarnings?: number;
  /** Nothing of what streams hold is shown. */
  readonly private?: boolean;
}

/** For completion in editors: returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}
