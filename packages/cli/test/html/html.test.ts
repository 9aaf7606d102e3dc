import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { block, COMPLETED, CREATED, ORPHANED_RESULT, TRUNCATED, text, VALID, WARNED } from "../pokee.ts";
import { FAINT_TEXTS, NAMELESS, REPEATED_IDS } from "./in-page.ts";
import { openReport, useChromium } from "./report-page.ts";

const browser = useChromium();

/** A second text block begins before the first has ended: a finding with two places, events 2 and 4. */
const OVERLAPPING = CREATED + block("text.start", {}) + block("text.delta", { content: "a" }) + text("b") + COMPLETED;
const STREAMS = {
  "a/overlapping.sse": OVERLAPPING,
  "a/truncated.sse": TRUNCATED,
  "b/orphan.sse": ORPHANED_RESULT,
  "b/valid.sse": VALID,
  "b/warned.sse": WARNED,
};

const streams = (page: Page): Locator => page.getByRole("listbox", { name: "Streams" }).getByRole("option");
const names = async (page: Page): Promise<readonly string[]> => await streams(page).locator(".file").allTextContents();
const selectedEvent = async (page: Page): Promise<string | null> =>
  await page.locator(".events .row[aria-selected=true] .number").textContent();
/** As it is laid out, with line breaks between blocks. */
// biome-ignore lint/performance/useDomNodeTextContent: what a person reads is meant
const shown = async (locator: Locator): Promise<string> => await locator.innerText();
const detailTitle = async (page: Page): Promise<string | null> => await page.locator(".detail h4").textContent();

describe("opened from its file", () => {
  it("shows what is broken first, in silence", async () => {
    const { page, noise } = await openReport(browser(), { streams: STREAMS });
    expect(await page.title()).toBe("ssert: 3 of 5 streams broken");
    expect(await shown(page.locator(".page-head"))).toMatch(/3 of 5 streams broken\s+3 errors\s+1 warning/);
    expect(await names(page)).toEqual(["overlapping.sse", "truncated.sse", "orphan.sse", "valid.sse", "warned.sse"]);
    expect(await shown(page.locator(".stream-head"))).toMatch(/a\/overlapping\.sse\s+invalid\s+pokee@1 · 7 events/);
    expect(await shown(page.locator(".finding-card.selected"))).toContain("block/already-open");
    expect(noise).toEqual([]);
  });

  it("has a lane for each kind of block and one for the wire, against time where the tape knows it", async () => {
    const { page } = await openReport(browser(), { streams: { "timed.sse": [CREATED, text("x"), COMPLETED] } });
    expect(await page.locator(".lane-name").allTextContents()).toEqual(["stream", "text", "wire"]);
    expect(await page.getByRole("button", { name: "Time", exact: true }).getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator(".tick").first().textContent()).toBe("0 s");
    await page.keyboard.press("x");
    expect(await page.locator(".tick").allTextContents()).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("without a tape counts events, and does not offer times", async () => {
    const { page } = await openReport(browser(), { streams: { "bare.sse": VALID } });
    expect(await page.getByRole("button", { name: "Time", exact: true }).isDisabled()).toBe(true);
    expect(await page.locator(".lane-name").allTextContents()).toEqual(["stream", "text"]);
  });

  it("at the place that its address names", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS, hash: "stream=4&event=3" });
    expect(await page.locator(".stream-head h2").textContent()).toMatch(/b\/valid\.sse$/);
    expect(await selectedEvent(page)).toBe("3");
  });

  it("ends where a bound of the run ended the reading", async () => {
    const streams = { "x.sse": `data: small\n\ndata: ${"x".repeat(200)}\n\ndata: late\n\n` };
    const { page } = await openReport(browser(), { streams, flags: ["--max-event-bytes", "100"] });
    expect(await page.locator(".absent").textContent()).toMatch(/^Not read to its end/);
    expect(await page.locator("section.events").textContent()).not.toContain("late");
  });

  it("of a private report says why there are no events", async () => {
    const { page, noise } = await openReport(browser(), {
      streams: { "x.sse": ORPHANED_RESULT },
      flags: ["--private"],
    });
    expect(await page.locator(".absent").textContent()).toMatch(/^This report is private/);
    expect([await page.locator(".events").isVisible(), await page.locator(".finding-card").count()]).toEqual([
      false,
      1,
    ]);
    expect(noise).toEqual([]);
  });

  it("says of a finding that is in no event where it is", async () => {
    const bytes = Uint8Array.of(0xff, 0x0a, 0x0a, 0xfe, 0x0a);
    const { page } = await openReport(browser(), { streams: { "bytes.sse": bytes, "cut.sse": TRUNCATED } });
    expect(await page.locator(".absent").textContent()).toBe("This stream has no events.");
    const places = page.locator(".finding-card > header .place");
    expect(await places.allTextContents()).toEqual(["line 1", "line 3", "line 3"]);
    await page.keyboard.press("]");
    expect(await places.allTextContents()).toEqual(["end of the stream · line 13"]);
  });

  it("without findings has none to show", async () => {
    const { page, noise } = await openReport(browser(), { streams: { "valid.sse": VALID } });
    expect(await shown(page.locator(".page-head"))).toContain("no stream is broken");
    expect(await page.locator(".finding-card").count()).toBe(0);
    expect(noise).toEqual([]);
  });
});

describe("filtered", () => {
  it("by verdict", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    await page.getByRole("button", { name: "truncated 1" }).click();
    expect(await names(page)).toEqual(["truncated.sse"]);
    expect(await page.locator(".stream-head h2").textContent()).toMatch(/truncated\.sse$/);
    await page.getByRole("button", { name: "valid 2", exact: true }).click();
    expect(await names(page)).toEqual(["truncated.sse", "valid.sse", "warned.sse"]);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await names(page)).toHaveLength(5);
  });

  it("by severity and by rule", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    await page.getByLabel("Severity").selectOption("warning");
    expect(await names(page)).toEqual(["warned.sse"]);
    await page.getByLabel("Severity").selectOption("");
    await page.getByLabel("Rule").selectOption("tool_call/not-open");
    expect(await names(page)).toEqual(["orphan.sse"]);
  });

  it("by text in the name or in a finding", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    await page.keyboard.press("/");
    await page.keyboard.type("ORPHAN");
    expect(await names(page)).toEqual(["orphan.sse"]);
    await page.getByRole("searchbox").fill("vibes");
    expect(await names(page)).toEqual(["warned.sse"]);
    await page.getByRole("searchbox").fill("nowhere in it");
    expect(await page.getByRole("status").textContent()).toBe("No stream passes the filter");
    await page.keyboard.press("Escape");
    expect(await names(page)).toHaveLength(5);
  });
});

describe("a finding", () => {
  it("is followed to both of its places by click", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    const card = page.locator(".finding-card");
    await card.getByRole("button", { name: /^event 2 text\.start · line/ }).click();
    expect(await selectedEvent(page)).toBe("2");
    expect(await detailTitle(page)).toContain("Event 2 text.start");
    await card.getByRole("button", { name: /^event 4 text\.start · line/ }).click();
    expect(await selectedEvent(page)).toBe("4");
    expect(await shown(page.locator(".raw .line.marked"))).toMatch(/data: \{\}/);
    expect(await page.locator(".events .row[aria-selected=true]").isVisible()).toBe(true);
  });

  it("says what holds, what came, and where the rule is from", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    const card = await shown(page.locator(".finding-card"));
    expect(card).toContain("text.start while the text of event 2 is still open. Send text.stop first.");
    expect(card).toMatch(/What holds\s+A block is not opened again while it is open/);
    expect(card).toMatch(/Source\s+\S/);
  });

  it("is marked on the timeline, joined with its other place, and selected there by click", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": OVERLAPPING + TRUNCATED } });
    expect(await page.locator(".picture .mark").count()).toBeGreaterThan(1);
    await page.locator(".picture .mark").first().click();
    expect(await shown(page.locator(".finding-card.selected .rule"))).toBe("block/already-open");
    expect(await page.locator(".picture .other").count()).toBe(1);
  });

  it("is followed by keyboard, and events are stepped through", async () => {
    const { page, noise } = await openReport(browser(), { streams: STREAMS, hash: "stream=3" });
    const first = await selectedEvent(page);
    await page.keyboard.press("j");
    expect(Number(await selectedEvent(page))).toBe(Number(first) + 1);
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    expect(Number(await selectedEvent(page))).toBe(Number(first) - 1);
    await page.keyboard.press("n");
    expect(await selectedEvent(page)).toBe(first);
    await page.keyboard.press("]");
    expect(await page.locator(".stream-head h2").textContent()).toMatch(/valid\.sse$/);
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog", { name: "Keyboard" }).isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").isVisible()).toBe(false);
    expect(noise).toEqual([]);
  });

  it("of a link is reached with the tab key and Enter alone", async () => {
    const { page } = await openReport(browser(), { streams: { "x.sse": OVERLAPPING } });
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press("Tab");
      const focused = await page.locator("*:focus").textContent();
      if (focused?.startsWith("event 2 text.start")) break;
    }
    await page.keyboard.press("Enter");
    expect(await selectedEvent(page)).toBe("2");
  });
});

describe("what a stream holds", () => {
  const evil = "</script><img src=x onerror=alert(1)>\u202Etxt.exe\u2028";

  it("does nothing, wherever it stands", async () => {
    const { page, noise } = await openReport(browser(), {
      streams: {
        "<img src=x onerror=alert(1)>&amp;.sse":
          block("message.created", { id: evil, session_id: `${evil}\0`, status: "in_progress" }) +
          `event: ${evil}\ndata: {"__proto__": {"x": 1}, "<!--<script>": 1}\n\n` +
          block("text.delta", { content: evil }),
      },
    });
    for (let events = 0; events < 3; events++) await page.keyboard.press("j");
    expect(noise).toEqual([]);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator(".stream-head h2").textContent()).toContain("<img src=x onerror=alert(1)>&amp;.sse");
    const body = await shown(page.locator("body"));
    expect(body).toContain("<U+202E>txt.exe");
    expect(body).not.toMatch(/[\u202e\u2028\0]/u);
  });

  it("is shown as bytes where it is no UTF-8, in its text, too", async () => {
    const bytes = Buffer.from(`${CREATED}event: text.start\ndata: {"x":"\xff\xfe"}\n\n`, "latin1");
    const { page } = await openReport(browser(), { streams: { "x.sse": bytes }, hash: "stream=1&event=2" });
    await page.keyboard.press("h");
    expect(await shown(page.locator(".raw mark"))).toBe("ff fe");
  });

  it("is shown raw beside what it parses to, with the faulty value marked", async () => {
    const { page } = await openReport(browser(), {
      streams: { "x.sse": CREATED + block("text.start", {}) + block("text.delta", { content: 7 }) },
    });
    expect(await shown(page.locator(".raw"))).toContain('data: {"content":7}');
    expect(await shown(page.locator(".json .marked"))).toBe('"content": 7');
  });

  it("beyond the cap is left out, and the page says so", async () => {
    const deltas = Array.from({ length: 12_000 }, (_, n) => block("text.delta", { content: `${n}` }));
    const big = `${CREATED}${block("text.start", {})}${deltas.join("")}${block("text.stop", {})}${block("text.stop", {})}${COMPLETED}`;
    const { page, noise } = await openReport(browser(), { streams: { "big.sse": big } });
    expect(await shown(page.locator(".timeline .note"))).toMatch(/capped: it has [\d,]+ of 12,005 events/);
    expect(await detailTitle(page)).toContain("Event 12,004 text.stop");
    expect(await page.locator(".events .row").count()).toBeLessThan(60);
    expect(noise).toEqual([]);
  });
});

describe("for those who do not see it", () => {
  it("every control has a name, every heading its level, and the timeline a description", async () => {
    const { page } = await openReport(browser(), { streams: STREAMS });
    const nameless = await page.evaluate(NAMELESS);
    expect(nameless).toEqual([]);
    expect(await page.evaluate(REPEATED_IDS)).toEqual([]);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("ssert report");
    expect(await page.getByRole("heading", { level: 2 }).count()).toBe(1);
    expect(await page.locator("svg.picture").getAttribute("aria-label")).toBe(
      "7 events in the lanes stream, text; 1 finding",
    );
    expect(await page.getByRole("main").count()).toBe(1);
  });

  it.each(["light", "dark"] as const)("text stands out from its ground: %s", async (colorScheme) => {
    const { page } = await openReport(browser(), { streams: STREAMS, colorScheme });
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
  });
});
