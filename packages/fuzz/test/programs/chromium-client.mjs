// Chromium as an `http:` target: a page of the browser at CHROMIUM_ENDPOINT (playwright's `launchServer`) reads the stream
// with its own EventSource and prints what is dispatched.
import { chromium } from "playwright-core";

const browser = await chromium.connect(process.env.CHROMIUM_ENDPOINT);
const page = await browser.newPage();
// A page of the stream's origin that the fuzzer's server is not asked for, since it counts connections.
const address = new URL("/page", process.env.SSERT_URL).href;
await page.route(address, (route) =>
  route.fulfill({ contentType: "text/html", body: "<!doctype html><title>client</title>" }),
);
await page.exposeFunction("print", (line) => console.log(line));
await page.goto(address);
await page.evaluate((url) => {
  const source = new EventSource(url);
  for (const type of ["message", "a", "b", "c", "d"]) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      print(JSON.stringify({ event: type, data, id: lastEventId }));
    });
  }
}, process.env.SSERT_URL);
