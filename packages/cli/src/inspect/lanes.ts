import type { Inspection, LaneFacts } from "@ssert/validate";
import { visible } from "../visible.ts";
import { duration, type Page } from "./words.ts";

const HEIGHTS = " ▁▂▃▄▅▆▇█";
const MOST_NAME = 20;

/** When the events of each lane came, a line a lane, under a scale of time; of a bare stream under one of event numbers. */
export function drawLanes({ lanes, times, tape, report }: Inspection, { style, width }: Page): string {
  if (lanes.length === 0) return "";
  const timed = tape.header !== undefined;
  const endOfEvents = Math.max(...lanes.map(lastPlace));
  const end = timed ? Math.max(times.endMs ?? 0, endOfEvents) : report.events;
  const name = Math.min(MOST_NAME, Math.max(...lanes.map((lane) => lane.name.length)));
  const columns = Math.max(20, Math.min(width, 120) - name - 14);
  const scale = timed ? ["0", duration(end)] : ["event 1", `event ${report.events}`];
  const [left = "", right = ""] = scale;
  const head = `  ${" ".repeat(name)}  ${left}${right.padStart(columns - left.length)}`;
  const rows = lanes.map((lane) => {
    const title = visible(lane.name).slice(0, MOST_NAME).padEnd(name);
    return `  ${title}  ${style("cyan", bar(lane, end, columns))}  ${style("dim", String(lane.events))}`;
  });
  return `${[style("dim", head), ...rows].join("\n")}\n`;
}

/** Where the last of a lane's events came. */
function lastPlace({ activity: { counts, width } }: LaneFacts): number {
  return (counts.findLastIndex((count) => count > 0) + 1) * width;
}

/** Higher where more came; never empty where something did. */
function bar({ activity }: LaneFacts, end: number, columns: number): string {
  const heights = new Array<number>(columns).fill(0);
  for (const [place, count] of activity.counts.entries()) {
    const column = Math.min(columns - 1, Math.floor((place * activity.width * columns) / Math.max(end, 1)));
    heights[column] = (heights[column] ?? 0) + count;
  }
  const most = Math.max(...heights);
  const level = (count: number): number => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * 8)));
  return heights.map((count) => HEIGHTS[level(count)] ?? " ").join("");
}
