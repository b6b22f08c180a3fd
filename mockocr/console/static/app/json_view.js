/** Shows JSON with long base64 texts folded, and a button that copies all of it. */
import { html } from "./html.js";
import { CopyButton } from "./copy_button.js";
import { t } from "./preferences.js";

const BASE64 = /^[A-Za-z0-9+/=_-]{200,}/;

/** @param {string} text */
export function folded(text) {
  return text.replace(/[A-Za-z0-9+/=_-]{200,}/g, (long) => `${long.slice(0, 32)}… ${t("({count} characters)", { count: long.length })}`);
}

/** @param {unknown} value */
export function pretty(value) {
  if (typeof value === "string") return value;
  // corners and boxes are easier to read in one line
  return JSON.stringify(value, null, 2)?.replace(/\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]/g, (_, numbers) => `[${numbers.replace(/\s+/g, " ")}]`);
}

/** @param {{value: unknown, label: string}} props */
export function JsonView({ value, label }) {
  const whole = pretty(value) ?? "";
  const shown = typeof value === "string" && BASE64.test(value) ? folded(value) : folded(whole);
  return html`<div class="code">
    <${CopyButton} text=${whole} what=${label} />
    <pre tabindex="0" aria-label=${label}>${shown}</pre>
  </div>`;
}
