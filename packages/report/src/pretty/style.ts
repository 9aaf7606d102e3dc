/** The names of Node's `styleText` that the pretty report uses. */
export type StyleFormat = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/**
 * Colours a text, or returns it as it is. A host on Node passes
 * `(format, text) => styleText(format, text, { stream: process.stdout })`, which honours NO_COLOR.
 */
export type Style = (format: StyleFormat, text: string) => string;

export const plain: Style = (_format, text) => text;
