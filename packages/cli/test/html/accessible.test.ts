import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { block, COMPLETED, CREATED, ORPHANED_RESULT, TRUNCATED, text, VALID, WARNED } from "../pokee.ts";
import { openReport, useChromium } from "./report-page.ts";

const browser = useChromium();

/** A finding of two places, in a stream with a lane of each colour that text is set in. */
const LANES = CREATED + block("thinking.start", {}) + block("thinking.delta", { content: "x" });
const STREAMS = {
  "lanes.sse": [LANES, block("thinking.stop", {}), block("text.start", {}), text("b"), COMPLETED],
  "bytes.sse": Uint8Array.of(0xff, 0xfe, 0x0a, 0xff, 0x0a),
  "orphan.sse": ORPHANED_RESULT,
  "truncated.sse": TRUNCATED,
  "valid.sse": VALID,
  "warned.sse": WARNED,
};

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds, as `rule: element`. It is evaluated, since the page's policy lets no script but its own in. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations: found }: Found = await page.evaluate("axe.run(document)");
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe.each(["light", "dark"] as const)("axe has nothing against the page: %s", (colorScheme) => {
  it("with a list of streams, a finding followed, and the timeline zoomed", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS, colorScheme, hash: "stream=2" });
    expect(await page.locator(".lane-name").allTextContents()).toContain("thinking");
    expect(await violations(page)).toEqual([]);
    await page.locator(".finding-card dd .place").first().click();
    expect(await page.locator(".picture .other").count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("+");
    await page.keyboard.press("h");
    expect(await violations(page)).toEqual([]);
  });

  it("of a stream without an event, with the help open, and with nothing that passes the filter", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS, colorScheme, hash: "stream=1" });
    expect(await page.locator(".events").isVisible()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("?");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("nowhere in it");
    expect(await violations(page)).toEqual([]);
  });
});

describe("by keyboard alone", () => {
  const focused = async (page: Page): Promise<string> =>
    await page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");

  it("every control is reached in the order of the page, is seen to have the focus, and is left again", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS, hash: "stream=2&event=2" });
    const seen: string[] = [];
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate("document.activeElement === document.body")) === true) break;
      seen.push(await focused(page));
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), seen.at(-1)).not.toBe(
        "none",
      );
    }
    expect(seen.slice(0, 3)).toEqual([
      "Use dark colours",
      "Keyboard help",
      "Search in the streams' names and in findings",
    ]);
    for (const name of ["Severity", "Rule", "Streams", "Event", "Zoom in", "Events", "Hex", "Raw bytes", "Parsed data"])
      expect(seen).toContain(name);
    expect(await page.evaluate("document.activeElement === document.body")).toBe(true);
  });

  it("the arrows scroll what has the focus, and step through events elsewhere", async () => {
    const long = CREATED + text("word ".repeat(600)) + COMPLETED;
    const { page } = await openReport(browser(), { streams: { "x.sse": long }, hash: "stream=1&event=3" });
    const raw = page.getByRole("region", { name: "Raw bytes" });
    await raw.focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".detail h4").textContent()).toContain("Event 3 ");
    await page.getByRole("button", { name: "Hex" }).focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".detail h4").textContent()).toContain("Event 4 ");
    expect(await focused(page)).toBe("Hex");
  });

  it("Escape closes a menu before it clears the filters", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    await page.getByLabel("Severity").selectOption("warning");
    await page.getByLabel("Severity").focus();
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("Severity").inputValue()).toBe("warning");
    await page.getByRole("searchbox").focus();
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("Severity").inputValue()).toBe("");
  });
});

describe("with the system's own colours", () => {
  it("what is selected and what is pressed still differ from the rest", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS, hash: "stream=2" });
    await page.emulateMedia({ forcedColors: "active" });
    const outline = async (selector: string): Promise<unknown> =>
      await page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).outlineStyle`);
    expect(await outline('#stream .row[aria-selected="true"]')).toBe("solid");
    expect(await outline('#stream .row[aria-selected="false"]')).toBe("none");
    expect(await outline(".finding-card.selected")).toBe("solid");
    const ground = async (pressed: boolean): Promise<unknown> =>
      await page.evaluate(
        `getComputedStyle(document.querySelector(".timeline [aria-pressed=${pressed}]")).backgroundColor`,
      );
    expect(await ground(true)).not.toBe(await ground(false));
  });
});
