/** A field for a number that says at once what is wrong with it. */
import { useId } from "preact/hooks";
import { html } from "./html.js";
import { t } from "./preferences.js";

/**
 * What is wrong with a text, empty if nothing is.
 * @param {string} text
 * @param {{min?: number, max?: number, fraction?: boolean, optional?: boolean}} rule
 */
export function numberProblem(text, { min = 0, max = 1e9, fraction = false, optional = false }) {
  const bare = text.trim();
  if (!bare) return optional ? "" : t("A number is needed.");
  if (!(fraction ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(bare)) {
    return fraction ? t("This must be a number.") : t("This must be a whole number.");
  }
  if (Number(bare) < min) return t("The least is {min}.", { min });
  if (Number(bare) > max) return t("The most is {max}.", { max });
  return "";
}

/**
 * @param {{label: string, value: string, set: (text: string) => void, rule: object, hint?: string}} props
 */
export function NumberField({ label, value, set, rule, hint = "" }) {
  const id = useId();
  const problem = value.trim() ? numberProblem(value, rule) : "";
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} inputmode="numeric" size="8" value=${value} onInput=${(event) => set(event.target.value)}
      aria-invalid=${problem ? "true" : "false"} aria-describedby=${`${id}-hint`} />
    <span id=${`${id}-hint`} class=${problem ? "bad" : "dim"}>${problem || hint}</span>
  </div>`;
}
