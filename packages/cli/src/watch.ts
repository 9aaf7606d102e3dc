import { createStreamCheck, type Protocol } from "@ssert/protocol";
import type { Recording } from "@ssert/record";
import type { Finding } from "@ssert/report";
import type { TapeResponse } from "@ssert/tape";
import { createDecoder, type WireEvent } from "@ssert/wire";
import { count, describeRecording, jsonLine, seconds } from "./phrases.ts";
import { type Style, styleFor } from "./style.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import { visible } from "./visible.ts";

export interface WatchOptions {
  /** Show events as they come. */
  readonly print: boolean;
  readonly json: boolean;
  /** Judge the stream as it comes; without it a recording is never judged. */
  readonly protocol: Protocol | undefined;
}

/** Follows one recording and shows it: events and findings as they come, at the end what was recorded. */
export interface Watch {
  response(response: TapeResponse): void;
  chunk(bytes: Uint8Array, atUs: number): void;
  end(recording: Recording): ExitCode;
}

/** What of an answer that is no event stream is shown: enough for the message of an error. */
const BODY_SHOWN = 500;

export function createWatch(terminal: Terminal, options: WatchOptions): Watch {
  const show = options.json ? jsonLines(terminal) : plainLines(terminal);
  let now = 0;
  const onEvent = (event: WireEvent): void => show.event(event, now);
  const check =
    options.protocol &&
    createStreamCheck({
      protocol: options.protocol,
      onFinding: show.finding,
      ...(options.print && { onEvent }),
    });
  let decoder = check === undefined && options.print ? createDecoder({ event: onEvent }) : undefined;
  let opening = Buffer.alloc(0);

  return {
    response(response) {
      check?.response?.({ status: response.status, headers: response.headers });
      show.response(response);
    },
    chunk(bytes, atUs) {
      now = atUs;
      if (opening.length < BODY_SHOWN)
        opening = Buffer.concat([opening, bytes.subarray(0, BODY_SHOWN - opening.length)]);
      check?.push(bytes, atUs);
      try {
        decoder?.push(bytes);
      } catch (error) {
        // Showing is a courtesy: an event too large to show must not cost the recording.
        decoder = undefined;
        terminal.err(`ssert: events are no longer shown: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    },
    end(recording) {
      const { response, eventStream, end } = recording;
      const judged = eventStream ? check?.end(recording.elapsedUs) : undefined;
      const findings = { errors: 0, warnings: 0 };
      for (const finding of judged?.findings ?? []) findings[finding.severity === "error" ? "errors" : "warnings"]++;
      show.end(
        recording,
        opening,
        judged && { ...findings, protocol: judged.protocol, verdict: judged.verdict, events: judged.events },
      );
      const well = response.status === 200 && eventStream && end === "eof";
      return well && findings.errors === 0 ? 0 : 1;
    },
  };
}

interface Judgement {
  readonly protocol: string | null;
  readonly verdict: string;
  readonly events: number;
  readonly errors: number;
  readonly warnings: number;
}

interface Lines {
  event(event: WireEvent, atUs: number): void;
  finding(finding: Finding): void;
  response(response: TapeResponse): void;
  end(recording: Recording, opening: Uint8Array, judgement: Judgement | undefined): void;
}

function plainLines(terminal: Terminal): Lines {
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
        errors + warnings === 0 ? "no findings" : `${count(errors, "error")}, ${count(warnings, "warning")}`;
      terminal.out(`${style("bold", verdict)} by ${protocol ?? "wire rules"}: ${count(events, "event")}, ${found}\n`);
      if (errors + warnings > 0) terminal.out(`To see them in place: ssert validate ${recording.path}\n`);
    },
  };
}

function describeFinding({ severity, rule, message, event, location }: Finding, style: Style): string {
  const color = severity === "error" ? "red" : "yellow";
  const where = [location && `line ${location.line}`, event && `event ${event.number}`].filter(Boolean).join(", ");
  return `${style(color, severity)}  ${style("bold", rule)}${where === "" ? "" : `  (${where})`}  ${visible(message)}`;
}

function jsonLines(terminal: Terminal): Lines {
  return {
    event: ({ number, type, id, data }, atUs) =>
      terminal.out(jsonLine({ event: { number, type: type ?? null, id, data, atUs } })),
    finding: (finding) => terminal.out(jsonLine({ finding })),
    response: () => {},
    end: (recording, _opening, judgement) => terminal.out(jsonLine({ recording, ...(judgement && { judgement }) })),
  };
}
