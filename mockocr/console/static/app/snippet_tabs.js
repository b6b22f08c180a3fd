/** The code that sends a request, by language, with copy buttons. */
import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { CopyButton } from "./copy_button.js";
import { folded } from "./json_view.js";
import { Tabs } from "./tabs.js";
import { t } from "./preferences.js";
import { ask, attempt } from "./server.js";

const TITLES = { curl: "curl", python: "Python", java: "Java", node: "Node", go: "Go" };

/** @param {{request: string}} props the id of a request */
export function SnippetTabs({ request }) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  const [language, setLanguage] = useState("curl");
  useEffect(() => {
    setFound(null);
    attempt(async () => setFound(await ask(`requests/${request}/snippets`))).then((done) => setFailed(!done));
  }, [request]);
  if (failed) return html`<p class="dim">${t("There is no code for this request.")}</p>`;
  if (!found) return html`<p class="dim" role="status">${t("Writing the code…")}</p>`;
  const shown = found.snippets.filter((snippet) => snippet.language === language);
  return html`<div class="snippets">
    <${Tabs} label=${t("Language")} chosen=${language} choose=${setLanguage} tabs=${TITLES} />
    ${shown.map((snippet) => html`<div key=${snippet.title}>
      <p class="snippet-title">${snippet.title}</p>
      <div class="code">
        <${CopyButton} text=${snippet.code} what=${snippet.title} />
        <pre tabindex="0" aria-label=${snippet.title}>${folded(snippet.code)}</pre>
      </div>
    </div>`)}
    ${found.body && shown.some((snippet) => snippet.code.includes("body.bin")) && html`<p>
      <a download="body.bin" href=${`data:application/octet-stream;base64,${found.body}`}>${t("Save body.bin")}</a>
      <span class="dim"> ${t("The plain code reads the body from this file.")}</span>
    </p>`}
  </div>`;
}
