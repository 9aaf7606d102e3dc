import { el } from "./dom.ts";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["j", "k"], "next and previous event (or ↓ ↑)"],
  [["n", "p"], "next and previous finding"],
  [["]", "["], "next and previous stream"],
  [["/"], "search"],
  [["x"], "timeline by time or by event"],
  [["h"], "raw bytes as text or as hex"],
  [["+", "−"], "zoom the timeline"],
  [["t"], "light or dark"],
  [["Esc"], "close this, clear search and filters"],
  [["?"], "this help"],
];

export function createHelp(): HTMLDialogElement {
  const dialog = el(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title" }, "Keyboard"),
    el(
      "dl",
      {},
      ...KEYS.flatMap(([keys, does]) => [
        el("dt", {}, ...keys.flatMap((key) => [el("kbd", {}, key), " "])),
        el("dd", {}, does),
      ]),
    ),
    el(
      "p",
      { class: "note" },
      "Diamonds are errors, triangles warnings; a ring is the other place of the finding that is selected.",
    ),
    el("button", { type: "button", onclick: () => dialog.close() }, "Close"),
  );
  return dialog;
}
