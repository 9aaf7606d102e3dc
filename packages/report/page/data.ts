import type { PageData } from "../src/html/page-data.ts";

/** What the file carries. It was written by the same version of the program that wrote this script. */
export function readData(): PageData {
  const text = document.getElementById("data")?.textContent ?? "";
  const data: PageData = JSON.parse(text);
  return data;
}
