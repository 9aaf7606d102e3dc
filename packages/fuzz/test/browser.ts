import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { type Case, toChunks } from "../src/case/case.ts";

/** What a page's `EventSource` dispatched: type, data, last event ID. */
export type BrowserEvent = readonly [string, string, string];

// Debian's Chromium, without what it would do on the network by itself.
export const chromiumPath = "/usr/bin/chromium";
export const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** Serves each case as an event stream to a page and returns what its `EventSource` dispatched, of these types. */
export async function browserEvents(
  cases: readonly Case[],
  types: readonly (readonly string[])[],
): Promise<readonly (readonly BrowserEvent[])[]> {
  const server = createServer((request, response) => {
    const candidate = cases[Number(request.url?.slice("/case/".length))];
    if (candidate === undefined) {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>cases</title>");
      return;
    }
    response.setHeader("content-type", "text/event-stream");
    for (const chunk of toChunks(candidate)) if (chunk.length > 0) response.write(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port }: AddressInfo = Object(server.address());
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...quiet, "--disable-sync"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    return await page.evaluate(readAll, types);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Runs in the page. The end of a stream is an error to an `EventSource`, which would connect again. */
async function readAll(types: readonly (readonly string[])[]): Promise<BrowserEvent[][]> {
  const read = (index: number, listened: readonly string[]): Promise<BrowserEvent[]> =>
    new Promise((resolve) => {
      const events: BrowserEvent[] = [];
      const source = new EventSource(`/case/${index}`);
      for (const type of listened) {
        source.addEventListener(type, (event) => {
          const { data, lastEventId }: { data: string; lastEventId: string } = Object(event);
          events.push([event.type, data, lastEventId]);
        });
      }
      source.onerror = () => {
        source.close();
        resolve(events);
      };
    });
  const all: BrowserEvent[][] = [];
  let next = 0;
  // As many at once as a browser opens connections to one host.
  const reader = async (): Promise<void> => {
    for (let index = next++; index < types.length; index = next++) all[index] = await read(index, types[index] ?? []);
  };
  await Promise.all(Array.from({ length: 6 }, reader));
  return all;
}
