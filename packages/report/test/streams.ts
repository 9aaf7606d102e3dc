import type { Finding, FrameLine, FrameSource, Report, StreamReport } from "@ssert/report";
import { createReport } from "@ssert/report";

/** A finding about event 17 at line 52, unless told otherwise. */
export function finding(facts: Partial<Finding> = {}): Finding {
  return {
    rule: "tool_call/not-open",
    severity: "error",
    message: "`tool_result` without an open tool_call b.",
    event: { number: 17, type: "tool_result" },
    location: { offset: 1203, line: 52, column: 7 },
    ...facts,
  };
}

export function stream(facts: Partial<StreamReport> = {}): StreamReport {
  return {
    source: "fixtures/x.sse",
    protocol: "pokee@1",
    verdict: "valid",
    events: 31,
    bytes: 2048,
    findings: [],
    heldBack: 0,
    ...facts,
  };
}

export function reportOf(...streams: Partial<StreamReport>[]): Report {
  return createReport(streams.map(stream));
}

export function invalid(...findings: Partial<Finding>[]): Partial<StreamReport> {
  return { verdict: "invalid", findings: findings.map(finding) };
}

/** A stream's lines held in memory: the line of the place and the one before it. */
export function framesOf(text: string): FrameSource {
  const lines = text.split("\n");
  return {
    lines: (_source, { line }) =>
      [line - 1, line].flatMap((number): FrameLine[] => {
        const at = lines[number - 1];
        return number < 1 || at === undefined ? [] : [{ number, text: at }];
      }),
  };
}
