import { readFile } from "node:fs/promises";
import { CommandError } from "./errors.ts";
import type { Terminal } from "./terminal.ts";

export interface RequestFlags {
  readonly request?: string;
  readonly header?: readonly string[];
  readonly data?: string;
}

export interface RequestParts {
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | undefined;
}

/** What curl's flags `-X`, `-H` and `-d` say about a request. A request with data is a POST unless `-X` says otherwise. */
export async function requestParts(flags: RequestFlags, terminal: Terminal): Promise<RequestParts> {
  const headers = new Map<string, string>();
  for (const flag of flags.header ?? []) {
    const lines = flag.startsWith("@") ? (await readArgumentFile(flag, "-H")).toString("utf8").split(/\r?\n/) : [flag];
    for (const line of lines.filter((text) => text.trim() !== "")) {
      const [name, value] = parseHeader(line, flag);
      headers.set(name, fillIn(name, value, terminal.env));
    }
  }
  const body = await readData(flags.data, terminal);
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", contentType(body));
  const method = flags.request?.toUpperCase() ?? (body === undefined ? "GET" : "POST");
  return { method, headers: Object.fromEntries(headers), body };
}

function parseHeader(line: string, flag: string): [name: string, value: string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):(.*)$/s.exec(line.trim()) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value.trim()];
  // The line itself may be a secret: a file of headers is named, not quoted.
  const came = flag.startsWith("@") ? `a line of ${flag.slice(1)} is none` : `got "${line}"`;
  throw new CommandError("usage", `-H expects 'Name: value' or @FILE with one header a line; ${came}`);
}

/** `${NAME}` is read from the environment, so that a key stands neither in the shell's history nor in the process list. */
function fillIn(header: string, value: string, env: Terminal["env"]): string {
  return value.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
    const found = env[variable];
    if (found !== undefined && found !== "") return found;
    throw new CommandError(
      "unset-variable",
      `the header ${header} needs the environment variable ${variable}, which is not set; export it first`,
    );
  });
}

async function readData(data: string | undefined, terminal: Terminal): Promise<Uint8Array | undefined> {
  if (data === undefined) return undefined;
  if (data === "-") {
    const chunks: Uint8Array[] = [];
    for await (const chunk of terminal.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  return data.startsWith("@") ? await readArgumentFile(data, "-d") : Buffer.from(data);
}

async function readArgumentFile(argument: string, flag: string): Promise<Buffer> {
  const path = argument.slice(1);
  try {
    return await readFile(path);
  } catch (error) {
    throw CommandError.because(error, "unreadable", `${flag} ${argument}: cannot read the file`);
  }
}

/** JSON says so; everything else is what curl sends. */
function contentType(body: Uint8Array): string {
  try {
    JSON.parse(Buffer.from(body).toString("utf8"));
    return "application/json";
  } catch {
    return "application/x-www-form-urlencoded";
  }
}
