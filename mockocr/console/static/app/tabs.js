/** Tabs that arrow keys move between. */
import { html } from "./html.js";

/** @param {{label: string, chosen: string, choose: (key: string) => void, tabs: Record<string, string>}} props */
export function Tabs({ label, chosen, choose, tabs }) {
  const keys = Object.keys(tabs);

  /** @param {KeyboardEvent} event */
  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = keys[(keys.indexOf(chosen) + step + keys.length) % keys.length];
    choose(next);
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    /** @type {HTMLElement} */ (list.children[keys.indexOf(next)]).focus();
  }

  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${move}>
    ${keys.map((key) => html`<button key=${key} type="button" role="tab" aria-selected=${key === chosen ? "true" : "false"}
      tabindex=${key === chosen ? 0 : -1} onClick=${() => choose(key)}>${tabs[key]}</button>`)}
  </div>`;
}
