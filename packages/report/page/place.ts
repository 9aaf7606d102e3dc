/** What is selected, as the address has it behind its `#`, so that a link can point at an event. */
export interface Place {
  /** Counted from 1. */
  readonly stream: number | undefined;
  readonly event: number | undefined;
}

export function readPlace(): Place {
  const words = new URLSearchParams(location.hash.slice(1));
  return { stream: numberOf(words.get("stream")), event: numberOf(words.get("event")) };
}

export function writePlace({ stream, event }: Place): void {
  const words = [stream === undefined ? "" : `stream=${stream}`, event === undefined ? "" : `event=${event}`];
  history.replaceState(null, "", `#${words.filter((word) => word !== "").join("&")}`);
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
