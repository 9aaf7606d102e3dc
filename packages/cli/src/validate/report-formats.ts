import {
  type FrameSource,
  type Report,
  type RuleDescription,
  renderGithub,
  renderHtmlParts,
  renderJsonParts,
  renderJunit,
  renderNdjson,
  renderPretty,
  renderSarif,
  type Timeline,
} from "@ssert/report";
import { InvalidArgumentError } from "commander";
import type { Style } from "../style.ts";
import { version } from "../version.ts";

/** In the order of the help. */
export const FORMATS = ["pretty", "json", "ndjson", "junit", "sarif", "github", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** What only some of the formats show. */
export interface FormatContext {
  /** Undefined: without the lines of the streams. */
  readonly frames: FrameSource | undefined;
  readonly style: Style;
  /** Nothing of what streams hold is to be shown. */
  readonly private: boolean;
  /** Terminal columns, where there is a terminal. */
  readonly width: number | undefined;
  /** Of the protocols that streams were judged by. */
  readonly rules: readonly RuleDescription[];
  /** What the streams held, read again when it is asked for. */
  readonly timelines: (report: Report) => Promise<ReadonlyMap<string, Timeline>>;
}

type FileFormat = Exclude<Format, "pretty">;

/** What `--output-dir` calls them. A pretty report is for the person who runs the command. */
export const FILE_NAMES: Readonly<Record<FileFormat, string>> = {
  json: "report.json",
  ndjson: "report.ndjson",
  junit: "report.junit.xml",
  sarif: "report.sarif",
  github: "report.github.txt",
  html: "report.html",
};

/** In parts where the format has them: a large report need not be in memory as a whole. */
const RENDERERS: Readonly<
  Record<Format, (report: Report, context: FormatContext) => Iterable<string> | Promise<Iterable<string>>>
> = {
  pretty: (report, { frames, style, width }) => [
    renderPretty(report, { style, ...(frames && { frames }), ...(width !== undefined && { width }) }),
  ],
  json: renderJsonParts,
  ndjson: (report) => [renderNdjson(report)],
  junit: (report) => [renderJunit(report)],
  sarif: (report, { rules }) => [renderSarif(report, { rules, version })],
  github: (report) => [renderGithub(report)],
  html: async (report, { rules, timelines, private: hidden }) =>
    await renderHtmlParts(report, { rules, version, private: hidden, timelines: await timelines(report) }),
};

export async function render(format: Format, report: Report, context: FormatContext): Promise<Iterable<string>> {
  return await RENDERERS[format](report, context);
}

/** A reader of flag values, for commander: `--format` may be given more than once. */
export function collectFormat(value: string, previous: readonly Format[] = []): readonly Format[] {
  const format = FORMATS.find((known) => known === value);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(", ")}.`);
  return [...previous, format];
}
