/** A button for a step that cannot be undone: it asks once more. */
import { useState } from "preact/hooks";
import { html } from "./html.js";

/** @param {{label: string, sure: string, run: () => unknown}} props */
export function Confirmed({ label, sure, run }) {
  const [asked, setAsked] = useState(false);
  function click() {
    if (asked) run();
    setAsked(!asked);
  }
  return html`<button type="button" class=${asked ? "danger" : ""} onClick=${click} onBlur=${() => setAsked(false)}>${asked ? sure : label}</button>`;
}
