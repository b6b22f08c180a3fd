/** Talks to the control API: requests, the stream of events, and whether the server is there. */
import { signal } from "@preact/signals";

/** Errors that stay until the reader dismisses them. @type {import("@preact/signals").Signal<{id: number, text: string}[]>} */
export const errors = signal([]);
/** False while the server does not answer. */
export const online = signal(true);
/** Grows with each event, so that views can load anew. */
export const news = signal(0);

let lastError = 0;

/** @param {unknown} error */
export function report(error) {
  const text = error instanceof Error ? error.message : String(error);
  if (errors.value.some((each) => each.text === text)) return;
  errors.value = [...errors.value, { id: ++lastError, text }];
}

/** @param {number} id */
export function dismiss(id) {
  errors.value = errors.value.filter((each) => each.id !== id);
}

/** The server could not be reached; the banner says so, so this is no further error. */
export class ServerGoneError extends Error {}

/**
 * The document of a control route; an Error with its sentence if it is refused.
 * @param {string} path below /_mockocr/
 * @param {string} [method]
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(path, method = "GET", body = undefined) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  let text;
  try {
    answer = await fetch(path, options);
    text = await answer.text();
  } catch {
    online.value = false;
    throw new ServerGoneError("the server does not answer");
  }
  online.value = true;
  const isJson = (answer.headers.get("content-type") ?? "").includes("json");
  const document = isJson ? JSON.parse(text) : text;
  if (!answer.ok && !(answer.status === 503 && document.status)) {
    throw new Error(document.error ?? `HTTP ${answer.status}`);
  }
  return document;
}

/**
 * Runs a step and shows its error. True if it succeeded.
 * @param {() => unknown} step
 */
export async function attempt(step) {
  try {
    await step();
    return true;
  } catch (error) {
    if (!(error instanceof ServerGoneError)) report(error);
    return false;
  }
}

let waiting = 0;

/** Lets views load anew, at most every 300 ms. */
function announce() {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    news.value += 1;
  }, 300);
}

/** Listens to events while the page is visible, and tells when the server is gone. */
export function listen() {
  /** @type {EventSource | null} */
  let source = null;

  function open() {
    if (document.hidden || source) return;
    source = new EventSource("events");
    source.onopen = () => {
      online.value = true;
      announce();
    };
    source.addEventListener("request", announce);
    source.addEventListener("missed", announce);
    source.onerror = () => {
      close();
      ask("livez").catch(() => {});
      setTimeout(open, 2000);
    };
  }

  function close() {
    source?.close();
    source = null;
  }

  // a stream may survive what a request did not
  setInterval(() => online.value || ask("livez").then(announce, () => {}), 2000);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
}
