import type { Finding } from "../src/finding.ts";
import type { TimelineEvent } from "../src/timeline.ts";
import { el } from "./dom.ts";
import { hexView } from "./hex-view.ts";
import { isBinary, oddities } from "./plain-text.ts";
import { rawView } from "./raw-view.ts";

type Form = "text" | "hex";

/** An event's block as text or as hex. */
export interface RawPane {
  readonly element: HTMLElement;
  show(event: TimelineEvent, findings: readonly Finding[]): void;
  /** From text to hex, or back. */
  turn(): void;
}

/** Hex where text would not show what is there, until somebody chooses one of them. `onForm`: told what is shown. */
export function createRawPane(onForm: (form: Form) => void): RawPane {
  let chosen: Form | undefined;
  let shown: readonly [event: TimelineEvent, findings: readonly Finding[]] | undefined;
  const body = el("div", {});
  const odd = el("p", { class: "note odd-text" });
  const button = (form: Form, label: string): HTMLButtonElement =>
    el("button", { type: "button", title: "Switch with h", onclick: () => choose(form) }, label);
  const buttons = { text: button("text", "Text"), hex: button("hex", "Hex") } as const;
  const element = el(
    "div",
    { class: "raw-pane" },
    el(
      "div",
      { class: "raw-head" },
      el("h5", {}, "Raw"),
      el("div", { class: "segments small", role: "group", "aria-label": "Raw bytes as" }, buttons.text, buttons.hex),
    ),
    odd,
    body,
  );

  function form(event: TimelineEvent): Form {
    return chosen ?? (isBinary(event) ? "hex" : "text");
  }

  function choose(next: Form): void {
    chosen = next;
    draw();
  }

  function draw(): void {
    if (shown === undefined) return;
    const [event, findings] = shown;
    const now = form(event);
    body.replaceChildren(now === "hex" ? hexView(event, findings) : rawView(event, findings));
    for (const name of ["text", "hex"] as const) buttons[name].setAttribute("aria-pressed", String(name === now));
    const told = oddities(event);
    odd.textContent = `Not plain text: ${told.join("; ")}.`;
    odd.hidden = told.length === 0;
    onForm(now);
  }

  return {
    element,
    show(event, findings) {
      shown = [event, findings];
      draw();
    },
    turn() {
      if (shown !== undefined) choose(form(shown[0]) === "hex" ? "text" : "hex");
    },
  };
}
