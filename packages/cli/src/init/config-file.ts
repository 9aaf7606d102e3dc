const KEYS = `\
  // The protocol of streams whose tape names none: "ssert protocol list" has the built-in ones;
  // or the path of a protocol file. Without one, only the framing of such streams is checked.
  // protocol: "pokee",

  // Severities of rules: "error", "warning" or "off". "ssert protocol show NAME" lists the rules.
  // rules: { "timing/gap": "off" },

  // The file of known findings, which do not fail. "ssert validate --help" says how it is written.
  // baseline: "ssert.baseline.json",

  // More warnings than this fail.
  // maxWarnings: 0,

  // true: nothing of what streams hold is shown. For logs that anybody can read.
  // private: true,
`;

const INTRODUCTION = `\
// What ssert does in this folder unless a flag says otherwise. Every key is optional: take away
// the slashes before those that you want. Paths are relative to this file.
`;

/**
 * The configuration, with every key shown. Types are imported only as types, so that the file can be loaded where
 * `ssert` is not among the dependencies.
 */
export function typescriptConfig(): string {
  return `${INTRODUCTION}import type { Config } from "ssert/config";\n\nexport default {\n${KEYS}} satisfies Config;\n`;
}

/** The same for a CommonJS package, where Node takes `.ts` for CommonJS. */
export function javascriptConfig(): string {
  return `${INTRODUCTION}\n/** @type {import("ssert/config").Config} */\nexport default {\n${KEYS}};\n`;
}
