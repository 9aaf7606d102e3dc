import { el } from "./dom.ts";

type Theme = "light" | "dark";
const KEY = "ssert-theme";

/** Follows the system until the button is used; the choice is kept where the browser lets a file keep something. */
export function createThemeButton(): HTMLButtonElement {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const button = el("button", { type: "button", class: "round", id: "theme", onclick: turn });

  function current(): Theme {
    const chosen = root.dataset["theme"];
    if (chosen === "light" || chosen === "dark") return chosen;
    return dark.matches ? "dark" : "light";
  }

  function turn(): void {
    const next = current() === "dark" ? "light" : "dark";
    root.dataset["theme"] = next;
    keep(next);
    name();
  }

  function name(): void {
    const next = current() === "dark" ? "light" : "dark";
    button.textContent = next === "dark" ? "☾" : "☀";
    button.setAttribute("aria-label", `Use ${next} colours`);
    button.title = `Use ${next} colours (t)`;
  }

  const kept = keptTheme();
  if (kept !== undefined) root.dataset["theme"] = kept;
  dark.addEventListener("change", name);
  name();
  return button;
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // a page opened from a file may have no storage: then the choice lasts as long as the page
  }
}

function keptTheme(): Theme | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : undefined;
  } catch {
    return undefined;
  }
}
