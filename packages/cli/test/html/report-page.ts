import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTape, type TapeWriter } from "@ssert/tape";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { ssert } from "../in-process.ts";
import { folder } from "../places.ts";

/** Debian's. */
const CHROMIUM = "/usr/bin/chromium";

/** Why there is no browser to test in; undefined if there is one. */
const noChromium: string | undefined = existsSync(CHROMIUM)
  ? undefined
  : `${CHROMIUM} is not there: apt-get install chromium`;

/** A browser for the tests of a file, which are skipped where there is none. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (noChromium !== undefined) return;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => await browser?.close());
  beforeEach(({ skip }) => skip(noChromium !== undefined, noChromium));
  return () => {
    if (browser === undefined) throw new Error("the browser is there within tests only");
    return browser;
  };
}

export interface OpenReport {
  readonly page: Page;
  readonly file: string;
  /** What the page said on its console, what it failed at, and what it asked the network for. */
  readonly noise: readonly string[];
}

interface Opening {
  /** By path below the folder that is validated; text, or chunks 100 ms apart in a tape. */
  readonly streams: Readonly<Record<string, string | Uint8Array | readonly string[]>>;
  /** Of `ssert validate`, beside Pokee's rules. */
  readonly flags?: readonly string[];
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  /** Without the `#`. */
  readonly hash?: string;
}

/** Validates streams by Pokee's rules, and opens the report from its file. */
export async function openReport(browser: Browser, opening: Opening): Promise<OpenReport> {
  const where = folder();
  for (const [name, body] of Object.entries(opening.streams)) await put(join(where, "streams", name), body);
  const file = join(where, "report.html");
  const flags = ["--protocol", "pokee", ...(opening.flags ?? []), "--format", "html", "--output", file];
  await ssert(["validate", join(where, "streams"), ...flags]);
  const page = await browser.newPage({
    viewport: { width: opening.width ?? 1280, height: 900 },
    colorScheme: opening.colorScheme ?? "light",
  });
  onTestFinished(async () => await page.close());
  const noise: string[] = [];
  page.on("console", (message) => noise.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = `${pathToFileURL(file).href}${opening.hash === undefined ? "" : `#${opening.hash}`}`;
  page.on("request", (request) => {
    if (!request.url().startsWith(pathToFileURL(file).href)) noise.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  await page.locator(".stream-head h2").waitFor();
  return { page, file, noise };
}

async function put(path: string, body: string | Uint8Array | readonly string[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof body === "string" || body instanceof Uint8Array) writeFileSync(path, body);
  else await tape(path, body);
}

async function tape(path: string, chunks: readonly string[]): Promise<void> {
  const writer: TapeWriter = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "ssert 0.0.0",
    provenance: "recorded",
    boundaries: "exact",
    response: { status: 200, headers: { "content-type": "text/event-stream" } },
  });
  for (const chunk of chunks) writer.append(new TextEncoder().encode(chunk), 100_000);
  await writer.finish("eof", (chunks.length + 1) * 100_000);
}
