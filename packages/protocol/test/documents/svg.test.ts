import { describe, expect, test } from "vitest";
import { layOut } from "../../../cli/src/protocol/layout.ts";
import { statesOf } from "../../src/documents/diagram/states.ts";
import { type Box, type Drawing, drawGraph } from "../../src/documents/picture/boxes.ts";
import { linesHeight, linesWidth } from "../../src/documents/picture/text.ts";
import { type Protocol, svgOf } from "../../src/index.ts";
import { noChromium, withPage } from "../chromium.ts";
import { odd } from "./odd.ts";
import { shipped } from "./shipped.ts";

const all: readonly Protocol[] = [...shipped, odd];

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function area({ x, y }: { readonly x: number; readonly y: number }, width: number, height: number): Area {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

const within = (inner: Area, width: number, height: number): boolean =>
  inner.left >= -0.5 && inner.top >= -0.5 && inner.right <= width + 0.5 && inner.bottom <= height + 0.5;

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;

/** What is wrong with the places of a drawing, itself and all in it. */
function faults(drawing: Drawing): readonly string[] {
  const found: string[] = [];
  const areas = drawing.boxes.map(({ box, centre }) => ({ id: box.state.id, at: area(centre, box.width, box.height) }));
  const labels = drawing.arrows
    .filter(({ lines }) => lines.length > 0)
    .map(({ arrow, lines, label }) => ({
      id: `label of ${arrow.from} → ${arrow.to}`,
      at: area(label, linesWidth(lines), linesHeight(lines)),
    }));
  for (const [index, { id, at }] of [...areas, ...labels].entries()) {
    if (!within(at, drawing.width, drawing.height)) found.push(`${id} is not in its region`);
    for (const other of [...areas, ...labels].slice(index + 1)) {
      if (overlap(at, other.at)) found.push(`${id} overlaps ${other.id}`);
    }
  }
  return [...found, ...drawing.boxes.flatMap(({ box }) => boxFaults(box))];
}

function boxFaults(box: Box): readonly string[] {
  const found: string[] = [];
  if (linesWidth(box.lines) > box.width) found.push(`text is wider than ${box.state.id}`);
  for (const { at, drawing } of box.regions) {
    const region = { left: at.x, top: at.y, right: at.x + drawing.width, bottom: at.y + drawing.height };
    if (!within(region, box.width, box.height)) found.push(`a region is not in ${box.state.id}`);
    if (at.y < linesHeight(box.lines)) found.push(`a region covers the text of ${box.state.id}`);
    found.push(...faults(drawing));
  }
  return found;
}

describe.each(all.map((protocol) => [protocol.id, protocol] as const))("the picture of %s", (_, protocol) => {
  test("has every text and every state in its box, and none over another", () => {
    expect(faults(drawGraph(statesOf(protocol.definition), layOut))).toEqual([]);
  });

  test("is the same every time", () => {
    expect(svgOf(protocol, layOut)).toBe(svgOf(protocol, layOut));
  });

  test("needs nothing from elsewhere", () => {
    const svg = svgOf(protocol, layOut);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|@import|@font-face|<image|<script|href/,
    );
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

interface Seen {
  readonly error: string | undefined;
  readonly title: string | undefined;
  readonly outside: readonly string[];
  readonly page: string;
}

/** Runs in the page: is it XML, and is every text where it belongs, with the fonts that there are? */
const LOOK = `(text) => {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = parsed.documentElement;
  document.body.replaceChildren(svg);
  const frame = svg.getBoundingClientRect();
  const outside = [...svg.querySelectorAll("text")].filter((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const fits = left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
    return !fits || Math.abs(right - left - Number(element.getAttribute("textLength"))) >= 2;
  });
  return {
    error: parsed.querySelector("parsererror")?.textContent,
    title: svg.querySelector("title")?.textContent,
    outside: outside.map((element) => element.textContent),
    page: getComputedStyle(svg.querySelector(".page")).fill,
  };
}`;

test("a browser takes the pictures as XML, and fits each text to its place, in light and dark", async ({ skip }) => {
  skip(noChromium !== undefined, noChromium);
  await withPage(new Map(), async (page) => {
    const look = async (protocol: Protocol): Promise<Seen> =>
      await page.evaluate<Seen>(`(${LOOK})(${JSON.stringify(svgOf(protocol, layOut))})`);
    for (const protocol of all) {
      await page.emulateMedia({ colorScheme: "light" });
      expect(await look(protocol)).toEqual({
        error: undefined,
        title: `${protocol.id}: the states of a stream`,
        outside: [],
        page: "rgb(255, 255, 255)",
      });
      await page.emulateMedia({ colorScheme: "dark" });
      expect((await look(protocol)).page).toBe("rgb(18, 21, 28)");
    }
  });
}, 60_000);
