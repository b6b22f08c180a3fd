/** Sends a request again, with another operation, account, credential or picture. */
import { useState } from "preact/hooks";
import { html } from "../app/html.js";
import { AccountSelect, OperationOptions, Select, accounts, playground } from "../app/choices.js";
import { JsonView } from "../app/json_view.js";
import { PictureSource } from "../app/picture_source.js";
import { t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";

/** @param {{request: any}} props */
export function Replay({ request }) {
  const own = request.operation ? `${request.vendor}.${request.operation}` : "";
  const known = playground.value.operations.map((each) => each.id);
  const [operation, setOperation] = useState(known.includes(own) ? own : "");
  const [account, setAccount] = useState(accounts.value.includes(request.account) ? request.account : "dev");
  const [picture, setPicture] = useState(/** @type {any} */ (null));
  const [wrong, setWrong] = useState("");
  const [answer, setAnswer] = useState(/** @type {any} */ (null));
  const [name, value] = wrong.split(/=(.*)/s);
  const problem = wrong && value === undefined ? t("Write it as name=value.") : "";

  async function send(event) {
    event.preventDefault();
    if (problem) return;
    await attempt(async () => {
      const body = { operation: operation || undefined, account, image: picture?.base64, values: wrong ? { [name.trim()]: value } : undefined };
      setAnswer(await ask(`requests/${request.id}/replay`, "POST", body));
    });
  }

  return html`<form onSubmit=${send}>
    <div class="row">
      <${Select} label=${t("Operation")} value=${operation} set=${setOperation}>
        ${!operation && html`<option value="">—</option>`}
        <${OperationOptions} ids=${known} />
      <//>
      <${AccountSelect} label=${t("As account")} value=${account} set=${setAccount} />
      <div class="field">
        <label for="replaced">${t("Replace a credential field")}</label>
        <input id="replaced" placeholder="secret_key=wrong" value=${wrong} onInput=${(event) => setWrong(event.target.value)}
          aria-invalid=${problem ? "true" : "false"} aria-describedby="replaced-hint" />
        <span id="replaced-hint" class=${problem ? "bad" : "dim"}>${problem}</span>
      </div>
    </div>
    <details>
      <summary>${picture ? t("Another picture: {name}", { name: picture.name }) : t("With another picture")}</summary>
      <${PictureSource} choose=${setPicture} />
    </details>
    <p><button class="primary">${t("Send again")}</button></p>
    ${answer && html`<div class="card" role="status">
      <p><span class=${answer.status >= 200 && answer.status < 300 ? "pill good" : "pill bad"}>${answer.status || t("cut")}${answer.code ? ` · ${answer.code}` : ""}</span>
        ${" "}${answer.operation} ${answer.request && html`<a href=${`#/requests/${answer.request}`}>${t("Open the request")}</a>`}</p>
      ${answer.why && html`<p class="bad">${answer.why}</p>`}
      ${answer.lines.length > 0 && html`<pre class="text" tabindex="0" aria-label=${t("Text in the answer")}>${answer.lines.join("\n")}</pre>`}
      <${JsonView} value=${answer.body} label=${t("The answer")} />
    </div>`}
  </form>`;
}
