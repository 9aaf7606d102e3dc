/** Calls what a key stands for, unless it belongs to a field or to the browser. */
export function listenToKeys(actions: Readonly<Record<string, () => void>>): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions[event.key];
    if (action === undefined || isTyping(event.target, event.key) || document.querySelector("dialog[open]") !== null)
      return;
    event.preventDefault();
    action();
  });
}

/** Escape leaves a field; every other key is the field's. */
function isTyping(target: EventTarget | null, key: string): boolean {
  const field = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  if (!field) return false;
  if (key === "Escape" && target instanceof HTMLElement) target.blur();
  return key !== "Escape";
}
