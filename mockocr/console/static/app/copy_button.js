/** A button that copies a text and says that it did. */
import { useState } from "preact/hooks";
import { html } from "./html.js";
import { t } from "./preferences.js";
import { report } from "./server.js";

/** @param {string} text */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // pages from http addresses of other machines have no clipboard
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** @param {{text: string | (() => string), label?: string, what?: string}} props */
export function CopyButton({ text, label = t("Copy"), what = "" }) {
  const [done, setDone] = useState(false);
  async function click() {
    try {
      await copy(typeof text === "function" ? text() : text);
      setDone(true);
      setTimeout(() => setDone(false), 1500);
    } catch (error) {
      report(error);
    }
  }
  return html`<button type="button" class="small" onClick=${click} aria-label=${what ? `${label}: ${what}` : undefined}>
    ${done ? t("Copied") : label}
  </button>`;
}
