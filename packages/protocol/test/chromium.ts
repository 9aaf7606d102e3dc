import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";

const PATH = "/usr/bin/chromium";

/** Why a test cannot run here; undefined if it can. */
export const noChromium: string | undefined = existsSync(PATH)
  ? undefined
  : "Chromium is not here (apt-get install chromium)";

/** Debian's Chromium, without what it would do on the network by itself. */
async function startChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  return await chromium.launch({ executablePath: PATH, args });
}

/** What a server has at a path. */
export interface Served {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** A page of a server that has these files, and an empty page at `/`. */
export async function withPage<Result>(
  files: ReadonlyMap<string, Served>,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const server = createServer(({ url = "" }, response) => {
    const { type, body } = files.get(url) ?? { type: "text/html", body: "<!doctype html><title>page</title>" };
    response.setHeader("content-type", type).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port }: AddressInfo = Object(server.address());
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    return await work(page);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
