/** Where the reader is: the part of the address after #, as a view, an argument and fields. */
import { signal } from "@preact/signals";

/**
 * @typedef {{view: string, argument: string, fields: URLSearchParams}} Route
 */

/** @returns {Route} */
function read() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  let [view, argument = ""] = path.split("/");
  if (view === "request") view = "requests";
  return { view: view || "playground", argument, fields: new URLSearchParams(query) };
}

export const route = signal(read());

addEventListener("hashchange", () => {
  route.value = read();
});

/**
 * Changes fields of the address without a step in the history; empty ones leave it.
 * @param {Record<string, string>} changes
 */
export function setFields(changes) {
  const fields = new URLSearchParams(route.value.fields);
  for (const [name, value] of Object.entries(changes)) {
    if (value) fields.set(name, value);
    else fields.delete(name);
  }
  const query = fields.toString();
  const { view, argument } = route.value;
  const path = argument ? `${view}/${argument}` : view;
  history.replaceState(null, "", `#/${path}${query ? `?${query}` : ""}`);
  route.value = read();
}
