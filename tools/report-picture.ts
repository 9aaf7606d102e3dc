// Takes the pictures of the HTML report that the README shows, in Debian's Chromium:
//
//   pnpm picture
//
// Look at them before they are committed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { writeRecordings } from "./report-picture/recordings.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ssert-picture-"));

async function picture(browser: Browser, colorScheme: "light" | "dark", file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1180 }, colorScheme });
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
  await page.locator(".finding-card.selected").waitFor();
  await page.screenshot({ path: join(root, "docs", file) });
  console.log(`docs/${file}`);
}

try {
  await writeRecordings(join(folder, "recordings"));
  const command = [
    join(root, "packages/cli/bin/ssert.js"),
    "validate",
    "recordings",
    "--format",
    "html",
    "--output",
    "report.html",
  ];
  try {
    execFileSync(process.execPath, command, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    // Findings are what the picture is about.
    if (!(error instanceof Error) || !("status" in error) || error.status !== 1) throw error;
  }
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  await picture(browser, "light", "report.png");
  await picture(browser, "dark", "report-dark.png");
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
}
