import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { block, COMPLETED, CREATED, text, VALID } from "../pokee.ts";
import { FAINT_TEXTS, NAMELESS } from "./in-page.ts";
import { openReport, useChromium } from "./report-page.ts";

const browser = useChromium();

const rows = (page: Page): Locator => page.locator(".hex tbody tr");
const note = (page: Page): Locator => page.locator(".odd-text");
const pressed = async (page: Page): Promise<string | null> =>
  await page.getByRole("group", { name: "Raw bytes as" }).locator("[aria-pressed=true]").textContent();
const hexOf = async (page: Page): Promise<string> =>
  (await rows(page).locator(".bytes").allTextContents()).join(" ").replaceAll(" ", "");

/** What is no UTF-8, a control, and U+FFFD as somebody may have sent it. */
const BINARY = Buffer.concat([
  Buffer.from(`${CREATED}event: text.start\ndata: {"x":"é😀\ufffd`),
  Buffer.from([0xff, 0xfe, 0xe2, 0x82, 0x01, 0x7f]),
  Buffer.from(`"}\n\n${COMPLETED}`),
]);
const SECOND = "stream=1&event=2";

describe("an event whose bytes are no plain text", () => {
  it("is shown as hex: where, every byte, and as ASCII", async () => {
    const { page, noise } = await openReport(browser(), { streams: { "x.sse": BINARY }, hash: SECOND });
    expect(await pressed(page)).toBe("Hex");
    expect(await note(page).textContent()).toBe(
      "Not plain text: 4 bytes that are no UTF-8; 2 control characters (U+0001, U+007F).",
    );
    const start = CREATED.length;
    const first = rows(page).first();
    expect(await first.getByRole("rowheader").textContent()).toBe(String(start));
    expect(await first.getByRole("cell").allTextContents()).toEqual(["65 76 65 6e 74 3a 20 74", "event: t"]);
    const end = BINARY.indexOf("\n\n", start);
    expect(await hexOf(page)).toBe(BINARY.subarray(start, end).toString("hex"));
    expect(await page.locator(".hex .ill-formed").allTextContents()).toEqual(["ff", "fe", "e2", "82"]);
    expect(await page.locator(".hex .odd").allTextContents()).toEqual(["01", "7f"]);
    expect(await page.locator(".hex .ill-formed").first().getAttribute("title")).toBe("not UTF-8");
    expect(noise).toEqual([]);
  });

  it("has its finding marked at the byte", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": BINARY }, hash: SECOND });
    await page.locator(".finding-card", { hasText: "sse/invalid-utf8" }).click();
    expect(await page.locator(".hex tr.marked mark.found.ill-formed").first().textContent()).toBe("ff");
  });

  it("is one with a byte order mark, whose data is parsed all the same", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": `\ufeff${VALID}` }, hash: "stream=1&event=1" });
    expect(await pressed(page)).toBe("Hex");
    expect(await note(page).textContent()).toBe("Not plain text: a byte order mark.");
    expect(await rows(page).first().allTextContents()).toEqual(["0ef bb bf 65 76 65 6e 74···event"]);
    expect(await page.locator(".hex .odd").allTextContents()).toEqual(["ef", "bb", "bf"]);
    expect(await page.locator(".json").textContent()).toContain('"session_id": "s1"');
    await page.keyboard.press("j");
    expect([await pressed(page), await note(page).isVisible()]).toEqual(["Text", false]);
  });

  it("of a mark before data alone is parsed, too", async () => {
    const data = JSON.stringify({ id: "m1" });
    const { page } = await openReport(browser(), { streams: { "x.sse": `\ufeffdata: ${data}\n\n${VALID}` } });
    await page.keyboard.press("k");
    expect(await page.locator(".json").textContent()).toContain('"id": "m1"');
  });
});

describe("an event of plain text", () => {
  it("is shown as text, and as hex when somebody asks, from then on", async () => {
    const { page, noise } = await openReport(browser(), { streams: { "x.sse": VALID }, hash: SECOND });
    expect([await pressed(page), await note(page).isVisible(), await rows(page).count()]).toEqual(["Text", false, 0]);
    await page.keyboard.press("h");
    expect([await pressed(page), await page.locator(".raw").count()]).toEqual(["Hex", 0]);
    await page.keyboard.press("j");
    expect(Buffer.from(await hexOf(page), "hex").toString()).toBe('event: text.delta\ndata: {"content":"Hello"}');
    await page.keyboard.press("h");
    expect([await pressed(page), await rows(page).count()]).toEqual(["Text", 0]);
    expect(noise).toEqual([]);
  });

  it("with CR at the ends of its lines is text that says so, and shows them as hex", async () => {
    const { page } = await openReport(browser(), {
      streams: { "crlf.sse": VALID.replaceAll("\n", "\r\n"), "cr.sse": VALID.replaceAll("\n", "\r") },
    });
    expect(await pressed(page)).toBe("Text");
    expect(await note(page).textContent()).toBe("Not plain text: lines that end in CR.");
    await page.keyboard.press("]");
    expect(await note(page).textContent()).toBe("Not plain text: lines that end in CR LF.");
    await page.getByRole("button", { name: "Hex" }).click();
    expect(await page.locator("*:focus").textContent()).toBe("Hex");
    expect(await page.locator(".hex .odd").allTextContents()).toEqual(["0d"]);
    expect(await page.locator(".hex .odd").getAttribute("title")).toBe("carriage return");
  });

  it("whose end is left out says so", async () => {
    const long = CREATED + text("é".repeat(4000)) + COMPLETED;
    const { page } = await openReport(browser(), { streams: { "x.sse": long }, hash: "stream=1&event=3" });
    await page.keyboard.press("h");
    expect(await page.locator(".hex .note").textContent()).toMatch(/^… [\d,]+ more bytes are not part of this page$/);
    expect((await hexOf(page)).length / 2).toBeLessThanOrEqual(4096);
  });
});

describe("for those who do not see it", () => {
  it("the dump is a table in a region that the keyboard reaches and scrolls", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": BINARY }, hash: SECOND });
    const region = page.getByRole("region", { name: "Raw bytes as hex" });
    expect(await region.getByRole("columnheader").allTextContents()).toEqual(["Offset", "Bytes", "ASCII"]);
    expect(await page.evaluate(NAMELESS)).toEqual([]);
    await page.getByRole("button", { name: "Hex" }).focus();
    await page.keyboard.press("Tab");
    expect(await page.locator("*:focus").getAttribute("aria-label")).toBe("Raw bytes as hex");
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").textContent()).toContain("raw bytes as text or as hex");
  });

  it.each(["light", "dark"] as const)("its text stands out from its ground: %s", async (colorScheme) => {
    const odd = Buffer.concat([Buffer.from("\ufeff"), BINARY, Buffer.from(block("x", {}).replaceAll("\n", "\r\n"))]);
    const { page } = await openReport(browser(), { streams: { "x.sse": odd }, hash: SECOND, colorScheme });
    expect(await page.locator(".hex .ill-formed").count()).toBe(4);
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
  });

  it.each([1280, 1000, 400])("is no wider than a window of %d", async (width) => {
    const { page } = await openReport(browser(), { streams: { "x.sse": BINARY }, hash: SECOND, width });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    const [hex, parsed] = [
      await page.locator(".hex").boundingBox(),
      await page.locator(".side-by-side > div").last().boundingBox(),
    ];
    expect(hex?.width).toBeGreaterThan(220);
    expect(parsed?.width).toBeGreaterThan(150);
  });
});
