import { styleText } from "node:util";

export type Style = (format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string) => string;

/** `color` is what the terminal says of the stream that the text goes to. */
export function styleFor(color: boolean): Style {
  return (format, text) => (color ? styleText(format, text, { validateStream: false }) : text);
}
