// Expressions for a page to evaluate. They are text, since the types of a page are not those of tests.

/**
 * The texts whose contrast is under 4.5:1 (WCAG 2.2, 1.4.3),
 * disabled controls and the picture aside.
 */
export const FAINT_TEXTS: string = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim() !== "");
    if (!own || element.matches("script, noscript, option, :disabled, svg *") || !element.checkVisibility()) continue;
    const pair = [luminance(channels(getComputedStyle(element).color)), luminance(groundOf(element))];
    const [light, dark] = pair.sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.push(contrast.toFixed(2) + " " + element.className + " " + element.textContent);
  }
  return faint;
})()`;

/** Controls, landmarks and pictures that a screen reader has no name for. */
export const NAMELESS: string = `
  [...document.querySelectorAll("button, input, select, [role=listbox], [role=img], nav, section")]
    .filter((element) => {
      const label = element.getAttribute("aria-label") ?? element.textContent;
      const labelledBy = document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent ?? "";
      return label.trim() === "" && labelledBy.trim() === "";
    })
    .map((element) => element.outerHTML)`;

export const REPEATED_IDS: string = `
  [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index)`;
