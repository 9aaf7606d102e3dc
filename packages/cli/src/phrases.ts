/** `1 byte`, `2,048 bytes` */
export function counted(number: number, noun: string): string {
  // Not toLocaleString: the tables that it loads take 10 ms.
  const grouped = String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${grouped} ${noun}${number === 1 ? "" : "s"}`;
}

/** Microseconds as `3.104 s`. */
export function seconds(us: number): string {
  return `${(us / 1e6).toFixed(3)} s`;
}

/** What `--json` prints: one value, indented. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** One line of NDJSON. DEL and C1 are escaped too, so that a line is safe on a terminal. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit)}\n`;
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
