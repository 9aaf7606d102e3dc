import type { Exchange } from "@ssert/replay";
import { counted, jsonLine } from "../phrases.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible.ts";

/** Tells each exchange of a server when it is over: a line on stderr, or JSON on stdout. */
export function logExchange(terminal: Terminal, json: boolean): (exchange: Exchange) => void {
  return (exchange) => {
    if (json) terminal.out(jsonLine({ exchange }));
    else terminal.err(`${describe(exchange)}\n`);
  };
}

/** `POST /v1/sessions/s1/messages → 200, 1,234 bytes of tapes/poem.sse` */
function describe({ method, target, status, tape, bytes, end }: Exchange): string {
  const from = tape === undefined ? "" : ` of ${tape}`;
  const how = end === "client" ? "; the client went away before the end" : "";
  return `${method} ${visible(target)} → ${status}, ${counted(bytes, "byte")}${from}${how}`;
}
