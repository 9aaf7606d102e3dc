/** Calls what a key stands for, unless it belongs to a field or to the browser. */
export function listenToKeys(actions: Readonly<Record<string, () => void>>): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions[event.key];
    if (action === undefined || belongsTo(event.target, event.key) || document.querySelector("dialog[open]") !== null)
      return;
    event.preventDefault();
    action();
  });
}

/** Escape leaves the search; every other key is the field's. What scrolls is scrolled by the arrows while it has the focus. */
function belongsTo(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) {
    if (key === "Escape") target.blur();
    return key !== "Escape";
  }
  return key.startsWith("Arrow") && target instanceof Element && target.closest("[tabindex='0']") !== null;
}
