/** The reader's language and theme, which the browser remembers. */
import { effect, signal } from "@preact/signals";
import { CHINESE } from "./chinese.js";

/** @param {string} name @param {string} otherwise */
function remembered(name, otherwise) {
  try {
    return localStorage.getItem(`mockocr-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** "en" or "zh" */
export const language = signal(remembered("language", navigator.language.startsWith("zh") ? "zh" : "en"));
/** "auto", "light" or "dark" */
export const theme = signal(remembered("theme", "auto"));

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem("mockocr-language", language.value);
    localStorage.setItem("mockocr-theme", theme.value);
  } catch {
    // a browser may forbid it: the choice then lasts as long as the page
  }
});

/**
 * The text in the reader's language; `{name}` is replaced by the value of that name.
 * @param {string} english
 * @param {Record<string, string | number>} [values]
 */
export function t(english, values = {}) {
  const text = language.value === "zh" ? (CHINESE[english] ?? english) : english;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
