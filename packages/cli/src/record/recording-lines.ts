import type { Recording } from "@ssert/record";
import type { Finding } from "@ssert/report";
import type { TapeResponse } from "@ssert/tape";
import type { WireEvent } from "@ssert/wire";
import { counted, jsonLine, seconds } from "../phrases.ts";
import { type Style, styleFor } from "../style.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";
import { describeRecording } from "./describe-recording.ts";

/** What `record --protocol` says of the stream in the end. */
export interface Judgement {
  readonly protocol: string | null;
  readonly verdict: string;
  readonly events: number;
  readonly errors: number;
  readonly warnings: number;
}

/** How `record` shows what it does. */
export interface Lines {
  event(event: WireEvent, atUs: number): void;
  finding(finding: Finding): void;
  response(response: TapeResponse): void;
  end(recording: Recording, opening: Uint8Array, judgement: Judgement | undefined): void;
}

/** For a person. */
export function plainLines(terminal: Terminal): Lines {
  const style = styleFor(terminal.outColor);
  return {
    event({ number, type, data }, atUs) {
      const when = style("dim", `${String(number).padStart(4)} ${seconds(atUs).padStart(9)}`);
      terminal.out(`${when}  ${style("cyan", visible(type ?? "message"))}  ${visible(data)}\n`);
    },
    finding: (finding) => terminal.out(`${describeFinding(finding, style)}\n`),
    response({ status, headers }) {
      terminal.err(
        `${status} ${visible(headers["content-type"] ?? "without a content type")}, recording (Ctrl-C ends it and keeps the tape)\n`,
      );
    },
    end(recording, opening, judgement) {
      terminal.out(`${describeRecording(recording)}\n`);
      if (!recording.eventStream && opening.length > 0) {
        const more = recording.bytes > opening.length ? " …" : "";
        terminal.out(`  ${visible(Buffer.from(opening).toString("utf8").trim())}${more}\n`);
      }
      if (judgement === undefined) return;
      const { protocol, verdict, events, errors, warnings } = judgement;
      const found =
        errors + warnings === 0 ? "no findings" : `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
      terminal.out(`${style("bold", verdict)} by ${protocol ?? "wire rules"}: ${counted(events, "event")}, ${found}\n`);
      if (errors + warnings > 0) terminal.out(`To see them in place: ssert validate ${recording.path}\n`);
    },
  };
}

function describeFinding({ severity, rule, message, event, location }: Finding, style: Style): string {
  const color = severity === "error" ? "red" : "yellow";
  const where = [location && `line ${location.line}`, event && `event ${event.number}`].filter(Boolean).join(", ");
  return `${style(color, severity)}  ${style("bold", rule)}${where === "" ? "" : `  (${where})`}  ${visible(message)}`;
}

/** For a program: NDJSON on stdout, one of `event`, `finding` and `recording` a line. */
export function jsonLines(terminal: Terminal): Lines {
  return {
    event: ({ number, type, id, data }, atUs) =>
      terminal.out(jsonLine({ event: { number, type: type ?? null, id, data, atUs } })),
    finding: (finding) => terminal.out(jsonLine({ finding })),
    response: () => {},
    end: (recording, _opening, judgement) => terminal.out(jsonLine({ recording, ...(judgement && { judgement }) })),
  };
}
