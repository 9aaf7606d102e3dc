import {
  type FrameSource,
  type Report,
  type RuleDescription,
  renderGithub,
  renderHtml,
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

const RENDERERS: Readonly<
  Record<Exclude<Format, "json">, (report: Report, context: FormatContext) => string | Promise<string>>
> = {
  pretty: (report, { frames, style, width }) =>
    renderPretty(report, { style, ...(frames && { frames }), ...(width !== undefined && { width }) }),
  ndjson: renderNdjson,
  junit: renderJunit,
  sarif: (report, { rules }) => renderSarif(report, { rules, version }),
  github: renderGithub,
  html: async (report, { rules, timelines }) =>
    await renderHtml(report, { rules, version, timelines: await timelines(report) }),
};

/** In parts where the format has them: a large report need not be in memory as a whole. */
export async function render(format: Format, report: Report, context: FormatContext): Promise<Iterable<string>> {
  return format === "json" ? renderJsonParts(report) : [await RENDERERS[format](report, context)];
}

/** A reader of flag values, for commander: `--format` may be given more than once. */
export function collectFormat(value: string, previous: readonly Format[] = []): readonly Format[] {
  const format = FORMATS.find((known) => known === value);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(", ")}.`);
  return [...previous, format];
}
