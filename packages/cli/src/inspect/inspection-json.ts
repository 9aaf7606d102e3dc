import type { Inspection } from "@ssert/validate";

/** An inspection as JSON: times in milliseconds from the response's headers, sizes in bytes. */
export function inspectionJson({ tape, report, ...facts }: Inspection): object {
  const { path, state, bytes, header, trailer } = tape;
  return {
    path,
    state,
    bytes,
    recordedAt: header?.recordedAt ?? null,
    tool: header?.tool ?? null,
    provenance: header?.provenance ?? null,
    boundaries: header?.boundaries ?? null,
    request: header?.request ?? null,
    response: header?.response ?? null,
    end: trailer?.end ?? null,
    redacted: trailer?.redacted ?? null,
    report,
    ...facts,
  };
}
