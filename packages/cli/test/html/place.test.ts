import { writeFileSync } from "node:fs";
import { createReport, renderHtml } from "@ssert/report";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { block, COMPLETED, CREATED, ORPHANED_RESULT, TRUNCATED, text, VALID, WARNED } from "../pokee.ts";
import { openReport, useChromium } from "./report-page.ts";

const browser = useChromium();

/** Two findings at one event, the second. */
const TWICE = `${CREATED}id: 7\n${block("text.delta", { content: "x" })}${COMPLETED}`;
const STREAMS = {
  "a/orphan.sse": ORPHANED_RESULT,
  "a/truncated.sse": TRUNCATED,
  "b/twice.sse": TWICE,
  "b/valid.sse": VALID,
  "b/warned.sse": WARNED,
};

const stream = async (page: Page): Promise<string | null> => await page.locator(".stream-head h2").textContent();
const event = async (page: Page): Promise<string | null> =>
  await page.locator(".events .row[aria-selected=true] .number").textContent();
const finding = (page: Page): Locator => page.locator(".finding-card.selected");
/** The address follows a moment later than what is shown. */
const addressHas = async (page: Page, part: string): Promise<void> =>
  await page.waitForURL((url) => url.hash.includes(part));
const names = async (page: Page): Promise<readonly string[]> =>
  await page.getByRole("listbox", { name: "Streams" }).locator(".file").allTextContents();

describe("after a reload", () => {
  it("the same stream, event and finding are shown", async () => {
    const { page, noise } = await openReport(browser(), { streams: STREAMS, hash: "stream=3" });
    await page.locator(".finding-card", { hasText: "block/not-open" }).click();
    await addressHas(page, "event=2&finding=2");
    await page.reload();
    await finding(page).waitFor();
    expect([await finding(page).locator(".rule").textContent(), await event(page)]).toEqual(["block/not-open", "2"]);
    expect(noise).toEqual([]);
  });

  it("search and filters are as they were", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    await page.getByRole("searchbox").fill("b/");
    await page.getByRole("button", { name: "valid 2", exact: true }).click();
    await page.getByLabel("Severity").selectOption("warning");
    await page.getByLabel("Rule").selectOption("event/unknown-type");
    await addressHas(page, "rule=");
    await page.reload();
    await page.locator(".stream-head h2").waitFor();
    expect(await names(page)).toEqual(["warned.sse"]);
    expect(await page.getByRole("searchbox").inputValue()).toBe("b/");
    expect(await page.getByRole("button", { name: "valid 2", exact: true }).getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByLabel("Severity").inputValue()).toBe("warning");
    expect(await page.getByLabel("Rule").inputValue()).toBe("event/unknown-type");
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !/search|verdict|severity|rule/.test(url.hash));
  });
});

describe("Back and Forward", () => {
  it("lead through the streams that were opened, each as it was left", async () => {
    const { page, noise } = await openReport(browser(), { streams: STREAMS, hash: "stream=1" });
    await page.keyboard.press("j");
    const left = await event(page);
    await page.keyboard.press("]");
    await page.getByRole("option", { name: /warned\.sse/ }).click();
    expect(await stream(page)).toContain("warned.sse");
    await page.goBack();
    expect(await stream(page)).toContain("truncated.sse");
    await page.goBack();
    expect([await stream(page), await event(page)]).toEqual([expect.stringContaining("orphan.sse"), left]);
    await page.goForward();
    expect(await stream(page)).toContain("truncated.sse");
    expect(noise).toEqual([]);
  });

  it("lead from the other place of a finding back to where it was followed", async () => {
    const { page } = await openReport(browser(), {
      streams: { "x.sse": CREATED + block("text.start", {}) + text("b") },
    });
    const first = await event(page);
    const card = page.locator(".finding-card", { has: page.locator("dd .place") }).first();
    await card.locator("dd .place").click();
    const other = await event(page);
    expect(other).not.toBe(first);
    await page.goBack();
    expect(await event(page)).toBe(first);
    await page.goForward();
    expect(await event(page)).toBe(other);
  });
});

describe("an address", () => {
  it("of what the report does not have leads to what is worst, without a rule that it does not know", async () => {
    const hash = "stream=99&event=0&finding=x&verdict=good&severity=fatal&rule=no/such";
    const { page, noise } = await openReport(browser(), { streams: STREAMS, hash });
    expect(await stream(page)).toContain("orphan.sse");
    expect(await names(page)).toHaveLength(5);
    expect(noise).toEqual([]);
  });

  it("is not written for each event that a key held down passes", async () => {
    const { page, noise } = await openReport(browser(), {
      streams: { "x.sse": CREATED + text("x").repeat(200) + COMPLETED },
    });
    await page.evaluate(`globalThis.writes = 0;
      for (const name of ["pushState", "replaceState"]) {
        const write = history[name].bind(history);
        history[name] = (...words) => { writes++; write(...words); };
      }
      for (let presses = 0; presses < 400; presses++)
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));`);
    await addressHas(page, "event=401");
    expect(await page.evaluate("writes")).toBe(1);
    expect(noise).toEqual([]);
  });
});

it("a report without streams says so", async () => {
  const { page, file, noise } = await openReport(browser(), { streams: { "x.sse": VALID } });
  writeFileSync(file, await renderHtml(createReport([])));
  await page.reload();
  await page.locator(".absent").waitFor();
  expect(await page.getByRole("main").textContent()).toBe("This report has no streams.");
  expect(await page.locator(".page-head .result").textContent()).toBe("no streams");
  for (const key of ["j", "n", "]", "x", "+", "/", "Escape", "?"]) await page.keyboard.press(key);
  expect(await page.getByRole("dialog").isVisible()).toBe(true);
  expect(noise).toEqual([]);
});
