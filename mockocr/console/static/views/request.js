/** One request: its picture and lines, answer, raw parts, signature, replay and code. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { JsonView } from "../app/json_view.js";
import { LineList, PictureSheet } from "../app/picture_sheet.js";
import { SnippetTabs } from "../app/snippet_tabs.js";
import { Tabs } from "../app/tabs.js";
import { t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";
import { AnswerEditor } from "./answer_editor.js";
import { Evidence } from "./evidence.js";
import { Replay } from "./replay.js";

/** @param {{id: string, number: number, picture: any, request: any}} props */
function Picture({ id, number, picture, request }) {
  const [lit, light] = useState(-1);
  const [editing, setEditing] = useState(false);
  const source = `requests/${id}/pictures/${number}`;
  const caption = `${picture.format} · ${picture.size} ${t("bytes")}`;
  if (editing) {
    return html`<${AnswerEditor} picture=${picture} source=${source} request=${request} close=${() => setEditing(false)} />`;
  }
  return html`<div class="columns wide-left">
    <div>
      <${PictureSheet} source=${source} width=${picture.width} height=${picture.height} lines=${picture.lines} lit=${lit} light=${light} />
      <p class="dim">${caption}</p>
    </div>
    <div>
      <${LineList} lines=${picture.lines} lit=${lit} light=${light} />
      <button type="button" onClick=${() => setEditing(true)}>${t("Answer this picture so from now on…")}</button>
    </div>
  </div>`;
}

/** Some operations look at a picture twice; it is shown once. @param {any[]} pictures @param {number} number */
const isFirst = (pictures, number) => pictures.findIndex((each) => each.digest === pictures[number].digest) === number;

/** @param {string[][]} pairs */
const headerText = (pairs) => pairs.map(([name, value]) => `${name}: ${value}`).join("\n");

/** @param {{request: any}} props */
function Parts({ request }) {
  const [tab, setTab] = useState("answer");
  const tabs = { answer: t("Answer"), raw: t("Raw"), code: t("Copy as…"), replay: t("Send again") };
  return html`<section>
    <${Tabs} label=${t("Parts of the request")} chosen=${tab} choose=${setTab} tabs=${tabs} />
    <div role="tabpanel" aria-label=${tabs[tab]}>
      ${tab === "answer" && html`<p>HTTP ${request.status || t("cut")} · ${request.answer.size} ${t("bytes")}
        ${request.answer.wire !== "whole" ? ` · ${t("broken by a fault: {wire}", { wire: request.answer.wire })}` : ""}</p>
        <${JsonView} value=${request.answer.body} label=${t("The answer")} />`}
      ${tab === "raw" && html`
        <h2>${t("What the client sent")}</h2>
        <${JsonView} value=${`${request.method} ${request.target}\n${headerText(request.headers)}`} label=${t("Head of the request")} />
        <${JsonView} value=${request.parameters} label=${t("Parameters of the request")} />
        <h2>${t("What the server sent")}</h2>
        <${JsonView} value=${headerText(request.answer.headers)} label=${t("Head of the answer")} />`}
      ${tab === "code" && html`<${SnippetTabs} request=${request.id} />`}
      ${tab === "replay" && html`<${Replay} request=${request} />`}
    </div>
  </section>`;
}

/** @param {{id: string}} props */
export function RequestView({ id }) {
  const [request, setRequest] = useState(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    attempt(async () => setRequest(await ask(`requests/${id}`))).then((done) => setFailed(!done));
  }, [id]);
  if (failed) return html`<h1>${t("Request")}</h1><p><a href="#/requests">${t("All requests")}</a></p>`;
  if (!request) return html`<h1>${t("Request")}</h1><p role="status">${t("Loading…")}</p>`;
  const name = request.operation ? `${request.vendor}.${request.operation}` : `${request.method} ${request.target}`;
  const bad = Boolean(request.problem) || request.status === 0;
  return html`
    <p><a href="#/requests">← ${t("All requests")}</a></p>
    <h1>${name} <span class=${bad ? "pill bad" : "pill good"}>${request.status || t("cut")}${request.code ? ` · ${request.code}` : ""}</span></h1>
    ${(request.why || request.fault) && html`<p class=${bad ? "reason bad" : "reason"}>${request.fault && html`<b>${t("fault")} ${request.fault} </b>`}${request.why}</p>`}
    <p class="dim">${request.at} · ${request.account || t("no account")} · ${(request.seconds * 1000).toFixed(1)} ms · ${request.billed ? t("billed") : t("not billed")}${request.console ? ` · ${t("sent by this console")}` : ""}</p>
    ${request.evidence && html`<${Evidence} evidence=${request.evidence} />`}
    ${request.pictures.map((picture, number) => isFirst(request.pictures, number) && html`<${Picture} key=${number} id=${id} number=${number} picture=${picture} request=${request} />`)}
    ${request.pictures.length === 0 && html`<p class="dim">${t("No picture was read for this request.")}</p>`}
    <${Parts} request=${request} />`;
}
