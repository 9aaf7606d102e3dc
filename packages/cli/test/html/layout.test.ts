import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { block, COMPLETED, CREATED, ORPHANED_RESULT, text, VALID } from "../pokee.ts";
import { openReport, useChromium } from "./report-page.ts";

const browser = useChromium();

/** A second text block begins before the first has ended: a finding with two places. */
const OVERLAPPING = CREATED + block("text.start", {}) + block("text.delta", { content: "a" }) + text("b") + COMPLETED;
const STREAMS = { "a/overlapping.sse": OVERLAPPING, "b/orphan.sse": ORPHANED_RESULT, "b/valid.sse": VALID };

describe("colours and widths", () => {
  /** What is wider than what it stands in, lists apart, whose rows end in `…`. */
  const WIDER = `[...document.querySelectorAll(".stream-head, .findings, .detail, .code, .timeline, .sidebar")]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => element.className)`;
  const ground = async (page: Page): Promise<unknown> =>
    await page.evaluate("getComputedStyle(document.documentElement).backgroundColor");

  it("follow the system until somebody chooses", async () => {
    const light = await openReport(browser(), { streams: { "x.sse": VALID } });
    const dark = await openReport(browser(), { streams: { "x.sse": VALID }, colorScheme: "dark" });
    expect(await ground(light.page)).not.toBe(await ground(dark.page));
    await light.page.getByRole("button", { name: "Use dark colours" }).click();
    expect(await ground(light.page)).toBe(await ground(dark.page));
    expect(light.noise).toEqual([]);
  });

  it("on paper it is light and as wide as the paper, whatever the window was", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": OVERLAPPING }, colorScheme: "dark" });
    await page.keyboard.press("t");
    await page.keyboard.press("t");
    const widths: string = `globalThis.widths = [];
      new MutationObserver(() => widths.push(document.querySelector(".picture").getAttribute("width")))
        .observe(document.querySelector(".picture"), { attributeFilter: ["width"] });`;
    await page.evaluate(widths);
    await page.pdf({ format: "A4" });
    expect(await page.evaluate("widths[0]")).toBe("560");
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("getComputedStyle(document.documentElement).colorScheme")).toBe("light");
  });

  it.each([1280, 400])("nothing is wider than a window of %d", async (width) => {
    const long = "a-name-that-is-longer-than-any-window-".repeat(4);
    const { page } = await openReport(browser(), { streams: { ...STREAMS, [`${long}.sse`]: OVERLAPPING }, width });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  it.each([1280, 400])(
    "no type, name or value of a stream is cut where nothing scrolls to it, at %d",
    async (width) => {
      const word = "w".repeat(700);
      const hostile = [CREATED, block(word, { [word]: word }), `event: ${word}\ndata: ${word}\n\n`, COMPLETED].join("");
      const { page } = await openReport(browser(), { streams: { "x.sse": hostile }, width, hash: "stream=1&event=2" });
      for (const shown of ["Event 2", "Event 3"]) {
        expect(await page.locator(".detail h4").textContent()).toContain(shown);
        expect(await page.evaluate(WIDER)).toEqual([]);
        await page.keyboard.press("j");
      }
    },
  );
});
