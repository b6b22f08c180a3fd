/** The playground: one picture, and what every vendor answers. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { html } from "../app/html.js";
import { AccountSelect, OperationOptions, Select, playground } from "../app/choices.js";
import { JsonView } from "../app/json_view.js";
import { PictureSource } from "../app/picture_source.js";
import { LineList, PictureSheet } from "../app/picture_sheet.js";
import { SnippetTabs } from "../app/snippet_tabs.js";
import { language, t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";

/** What stays when the reader looks at another view and comes back. */
const picture = signal(/** @type {import("../app/picture_source.js").Picture | null} */ (null));
const answers = signal(/** @type {any[] | null} */ (null));
const lines = signal(/** @type {import("../app/picture_sheet.js").Line[]} */ ([]));
const scope = signal("");
const account = signal("dev");
const busy = signal(false);

/** @param {import("../app/picture_source.js").Picture} chosen */
function choose(chosen) {
  picture.value = chosen;
  answers.value = null;
  lines.value = [];
}

/** The operations that a choice stands for; none means the default of the server. */
function chosenOperations() {
  if (!scope.value) return undefined;
  if (!scope.value.endsWith(".*")) return [scope.value];
  const start = scope.value.slice(0, -1);
  return playground.value.operations.filter((each) => each.id.startsWith(start) && each.reads_text).map((each) => each.id);
}

async function send() {
  busy.value = true;
  await attempt(async () => {
    const body = { image: picture.value.base64, operations: chosenOperations(), account: account.value };
    answers.value = (await ask("playground", "POST", body)).answers;
    const read = answers.value.find((answer) => answer.lines.length) ?? answers.value[0];
    if (read) await showBoxes(read.request);
  });
  busy.value = false;
}

/** @param {string} request the id of a request */
async function showBoxes(request) {
  if (!request) return;
  const detail = await ask(`requests/${request}`);
  const [shown] = detail.pictures;
  if (!shown) return;
  lines.value = shown.lines;
  picture.value = { ...picture.value, width: shown.width, height: shown.height };
}

/** The short name of a vendor; in Chinese that in the brackets of its title, as in "Baidu (百度)". @param {string} title */
function vendorName(title) {
  const chinese = /\(([^()]*[\u4e00-\u9fff][^()]*)\)/.exec(title);
  return language.value === "zh" && chinese ? chinese[1] : title.split(/[,(]/)[0].trim();
}

/** @param {{answer: any}} props */
function Answer({ answer }) {
  const [code, setCode] = useState(false);
  const good = answer.status >= 200 && answer.status < 300;
  return html`<article class="card answer" aria-label=${answer.operation}>
    <header>
      <h2>${vendorName(answer.vendor)}</h2>
      <span class=${good ? "pill good" : "pill bad"}>${answer.status || t("cut")}${answer.code && answer.code !== String(answer.status) ? ` · ${answer.code}` : ""}</span>
      <span class="dim number">${Math.round(answer.seconds * 1000)} ms</span>
    </header>
    <p class="dim path">${answer.operation} · ${answer.example}</p>
    ${answer.lines.length
      ? html`<pre class="text" tabindex="0" aria-label=${t("Text in the answer of {operation}", { operation: answer.operation })}>${answer.lines.join("\n")}</pre>`
      : html`<p class=${good ? "dim" : "bad"}>${answer.why || t("The answer has no lines of text; see its JSON.")}</p>`}
    <details>
      <summary>${t("Answer as it was sent")}</summary>
      <${JsonView} value=${answer.body} label=${t("Answer of {operation}", { operation: answer.operation })} />
    </details>
    ${answer.request && html`<details onToggle=${(event) => setCode(event.target.open)}>
      <summary>${t("Code: curl, Python, Java, Node, Go")}</summary>
      ${code && html`<${SnippetTabs} request=${answer.request} />`}
    </details>
    <p class="row">
      <a href=${`#/requests/${answer.request}`}>${t("Open the request")}</a>
      ${answer.lines.length > 0 && html`<button type="button" class="small" onClick=${() => attempt(() => showBoxes(answer.request))}>${t("Show its boxes")}</button>`}
    </p>`}
  </article>`;
}

export function PlaygroundView() {
  const [lit, light] = useState(-1);
  const namespaces = [...new Set(playground.value.operations.map((each) => each.id.split(".")[0]))];
  return html`<h1>${t("Playground")}</h1>
    <p class="lead">${t("Send one picture to every vendor and compare the answers. Each request is signed and really checked: it counts in quotas and the bill, and the journal marks it.")}</p>
    <div class="playground">
      <section aria-label=${t("Picture")}>
        <${PictureSource} choose=${choose} first=${picture.value ? "" : "sample:hello.png"} />
        ${picture.value && html`
          <form class="row" onSubmit=${(event) => { event.preventDefault(); send(); }}>
            <${Select} label=${t("Send to")} value=${scope.value} set=${(value) => (scope.value = value)}>
              <option value="">${t("every service")}</option>
              ${namespaces.map((name) => html`<option key=${name} value=${`${name}.*`}>${name}.*</option>`)}
              <${OperationOptions} ids=${playground.value.operations.map((each) => each.id)} />
            <//>
            <${AccountSelect} label=${t("As account")} value=${account.value} set=${(value) => (account.value = value)} />
            <button class="primary" disabled=${busy.value}>${busy.value ? t("Sending…") : t("Send")}</button>
          </form>
          <${PictureSheet} source=${picture.value.url} width=${picture.value.width} height=${picture.value.height}
            lines=${lines.value} lit=${lit} light=${light} />
          ${answers.value && html`<${LineList} lines=${lines.value} lit=${lit} light=${light} />`}`}
      </section>
      <section aria-label=${t("Answers")} aria-busy=${busy.value ? "true" : "false"}>
        ${answers.value
          ? html`<div class="answers">${answers.value.map((answer) => html`<${Answer} key=${answer.operation} answer=${answer} />`)}</div>`
          : html`<div class="empty">
              <h2>${t("No answer yet")}</h2>
              <p>${t("Press Send. Every service then answers here, side by side, with its text, its JSON, a signed curl line and the code of its SDKs.")}</p>
              <p>${t("To see a refusal, queue a fault first, or choose an account whose credential is disabled.")}</p>
            </div>`}
      </section>
    </div>`;
}
