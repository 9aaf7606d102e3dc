// Bundled for a browser by browser.test.ts: watches the streams that the page's own EventSource reads.
import { type BrowserEvent, createMonitor, loadBuiltinProtocol } from "@ssert/protocol";

/** What came of one stream: findings and typed events, as lines. */
async function watch(path: string, types: readonly string[]): Promise<readonly string[]> {
  const told: string[] = [];
  const monitor = createMonitor(await loadBuiltinProtocol("pokee"), {
    onFinding: ({ severity, rule, event }) => told.push(`${severity} ${rule}@${event?.number ?? "end"}`),
    onEvent: (event) => {
      if (event.type === "text.delta") told.push(`text ${event.data.content}`);
    },
  });
  const source = new EventSource(path);
  await new Promise((resolve) => {
    for (const type of types) {
      source.addEventListener(type, (event) => {
        const message: BrowserEvent = Object(event); // Node's types do not say that it is one
        monitor.event(message);
      });
    }
    source.addEventListener("error", resolve);
  });
  source.close();
  monitor.end();
  return [...told, `errors ${monitor.errors}`];
}

Object.assign(globalThis, { watch });
